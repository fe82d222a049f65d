// Deleting with an undo: what is chosen leaves the page at once, and is deleted for good some seconds later, or when the page is left.
// Until then nothing has been sent: undo only puts the tiles back.
// @ts-check
import { bodiesOf, sendChosen } from "./gallery-send.js";

const SECONDS = 10;

/**
 * @param {HTMLFormElement} form
 * @param {import("./gallery-choose.js").Choosing} choosing
 * @returns {(words: string) => void} Tells something for some seconds, in the same place.
 */
export function acceptDeleting(form, choosing) {
  const button = form.querySelector("#delete");
  const address = button instanceof HTMLButtonElement ? button.formAction : "";
  const bar = document.createElement("div");
  bar.className = "undo";
  bar.hidden = true;
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Deletion");
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const undo = buttonOf("Undo", () => putBack());
  const now = buttonOf("Delete now", () => void finish());
  bar.append(words, undo, now);
  document.body.append(bar);

  /** @type {HTMLElement[]} In their places, hidden. */
  let tiles = [];
  let left = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  button?.addEventListener("click", (event) => {
    const ids = choosing.chosen();
    event.preventDefault();
    if (ids.length === 0) return tell("Choose a picture first.");
    // Two deletions do not wait at once.
    void finish().then(() => begin(ids));
  });

  /** @param {readonly string[]} ids */
  function begin(ids) {
    tiles = ids.flatMap((id) => document.getElementById(`p-${id}`) ?? []);
    for (const tile of tiles) hide(tile, true);
    choosing.changed();
    left = SECONDS;
    bar.hidden = false;
    undo.hidden = now.hidden = false;
    undo.focus();
    const them = tiles.length === 1 ? "it" : "them";
    words.textContent = `${inWords(tiles.length)} will be deleted for good in ${SECONDS} seconds. Until then links to ${them} work.`;
    timer = setInterval(tick, 1_000);
  }

  function tick() {
    // Who needs longer to read has it: time stands while a pointer or the keyboard rests here.
    if (
      bar.matches(":hover") ||
      (bar.contains(document.activeElement) && bar.querySelector(":focus-visible"))
    )
      return;
    left--;
    if (left <= 0) void finish();
  }

  function putBack() {
    clearInterval(timer);
    for (const tile of tiles) hide(tile, false);
    const back = tiles[0]?.querySelector("input");
    tell(`${inWords(tiles.length)} put back. Nothing was deleted.`);
    tiles = [];
    choosing.changed();
    back?.focus();
  }

  /** @returns {Promise<boolean>} Whether all is deleted that was to be. */
  async function finish() {
    clearInterval(timer);
    const doomed = tiles;
    tiles = [];
    if (doomed.length === 0) return true;
    const { problem } = await sendChosen(address, form, doomed.map(idOf), { sure: "1", answer: "tiles" });
    if (problem) for (const tile of doomed) hide(tile, false);
    else for (const tile of doomed) tile.remove();
    choosing.changed();
    tell(problem ? `Nothing was deleted: ${problem}` : `${inWords(doomed.length)} deleted.`);
    return problem === "";
  }

  /**
   * Where the next page shows what is there, or the session ends, the deletion comes first. One that fails is told, and goes no further.
   * @param {Event} event
   * @param {() => void} goOn
   */
  function deleteBefore(event, goOn) {
    if (tiles.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    void finish().then((isDone) => {
      if (isDone) goOn();
    });
  }

  addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target instanceof HTMLFormElement) deleteBefore(event, () => target.requestSubmit(submitter));
  });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link && isPlainClick(event)) deleteBefore(event, () => location.assign(link.href));
  });

  /** @param {string} told */
  function tell(told) {
    bar.hidden = false;
    undo.hidden = now.hidden = true;
    words.textContent = told;
    setTimeout(() => {
      if (words.textContent === told) bar.hidden = true;
    }, 6_000);
  }

  // A page that is left sends what it said that it would do.
  addEventListener("pagehide", () => {
    clearInterval(timer);
    for (const body of bodiesOf(form, tiles.map(idOf), { sure: "1" })) navigator.sendBeacon(address, body);
    for (const tile of tiles) tile.remove();
    tiles = [];
    bar.hidden = true;
  });

  return tell;
}

/** @param {HTMLElement} tile @param {boolean} isHidden What is hidden is not chosen, and not sent with a change. */
function hide(tile, isHidden) {
  tile.hidden = isHidden;
  const box = tile.querySelector("input");
  if (!box) return;
  box.disabled = isHidden;
  box.checked = !isHidden;
}

/** Others open the link beside this page. @param {MouseEvent} event */
const isPlainClick = ({ button, ctrlKey, metaKey, shiftKey, altKey }) =>
  button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;

/** @param {Element} tile */
const idOf = (tile) => tile.id.slice(2);

/** @param {number} count */
const inWords = (count) => (count === 1 ? "1 picture" : `${count} pictures`);

/** @param {string} label @param {() => void} onClick */
function buttonOf(label, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", onClick);
  return made;
}
