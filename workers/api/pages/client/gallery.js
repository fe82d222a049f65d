// The gallery with scripts: it scrolls on, ranges are chosen with shift and keyboard, and a deletion can be undone for some seconds.
// @ts-check
import { acceptChoosing } from "./gallery-choose.js";
import { acceptDeleting } from "./gallery-delete.js";
import { acceptMore, readPage, readTiles, show } from "./gallery-more.js";
import { acceptReturning } from "./gallery-place.js";
import { sendChosen } from "./gallery-send.js";

const form = document.getElementById("chosen");
const list = document.querySelector(".pictures");

if (form instanceof HTMLFormElement && list) {
  const choosing = acceptChoosing(form, list);
  for (const tile of list.children) show(tile);
  const more = acceptMore(form, list, choosing.changed);
  const tell = acceptDeleting(form, choosing);
  acceptReturning(list, choosing, more);
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || submitter.id !== "change") return;
    event.preventDefault();
    void change(form, submitter, choosing, tell);
  });
}

document.addEventListener("uploaded", () => void showNewest());

/**
 * What was changed is shown in its place: neither the choice nor the place is lost.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 * @param {import("./gallery-choose.js").Choosing} choosing
 * @param {(words: string) => void} tell
 */
async function change(form, button, choosing, tell) {
  const panel = button.closest("details");
  for (const old of form.querySelectorAll(".panel .problem")) old.remove();
  button.disabled = true;
  const { problem, pages } = await sendChosen(form.action, form, choosing.chosen(), { answer: "tiles" });
  button.disabled = false;
  const fresh = pages.flatMap(readTiles);
  for (const tile of fresh) replace(tile);
  choosing.changed();
  if (!problem) {
    for (const field of panel?.querySelectorAll("input, select") ?? []) empty(field);
    panel?.removeAttribute("open");
    return tell(fresh.length === 1 ? "1 picture changed." : `${fresh.length} pictures changed.`);
  }
  const told = document.createElement("p");
  told.className = "problem";
  told.setAttribute("role", "alert");
  told.textContent = problem;
  button.before(told);
}

/** @param {Element} tile */
function replace(tile) {
  const old = document.getElementById(tile.id);
  const [before, after] = [old?.querySelector("input"), tile.querySelector("input")];
  if (!old || !before || !after) return;
  after.checked = before.checked;
  old.replaceWith(tile);
  show(tile);
}

/** @param {Element} field */
function empty(field) {
  if (field instanceof HTMLSelectElement) field.selectedIndex = 0;
  else if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = false;
  else if (field instanceof HTMLInputElement) field.value = "";
}

/** What was uploaded just now, before all others. */
async function showNewest() {
  const answer = await fetch("/gallery").catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = await readPage(answer);
  // The first picture brings the whole form.
  if (!list) return document.querySelector(".nothing")?.replaceWith(...newForm(page));
  const fresh = readTiles(page).filter((tile) => !document.getElementById(tile.id));
  list.prepend(...fresh);
  for (const tile of fresh) show(tile);
}

/** @param {Document} page */
function newForm(page) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = "/gallery";
  link.textContent = "Show your pictures";
  return page.getElementById("chosen") ? [link] : [];
}
