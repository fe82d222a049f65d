// Choosing pictures: a click, shift for a range, arrows from box to box, all that are shown, none.
// @ts-check

/**
 * @typedef {object} Choosing
 * @property {() => readonly string[]} chosen Ids.
 * @property {() => void} changed To be called when tiles came or went.
 */

/**
 * @param {HTMLFormElement} form
 * @param {Element} list
 * @returns {Choosing}
 */
export function acceptChoosing(form, list) {
  /** @type {HTMLInputElement | null} */
  let last = null;
  const boxes = () => [...list.querySelectorAll("input")];
  const count = form.querySelector(".count");
  const all = form.querySelector("#select-all");
  const button = form.querySelector("#delete");

  function changed() {
    const chosen = boxes().filter((box) => box.checked).length;
    form.classList.toggle("some", chosen > 0);
    if (count) count.textContent = chosen === 0 ? "" : `${chosen} chosen`;
    if (all) all.textContent = isAll() ? "Select none" : "Select all shown";
  }
  const isAll = () => boxes().length > 0 && boxes().every((box) => box.checked);

  /** @param {boolean} checked */
  function chooseAll(checked) {
    for (const box of boxes()) box.checked = checked;
    changed();
  }

  /** @param {HTMLInputElement} box From the last box that was set to this one. */
  function chooseRange(box) {
    const order = boxes();
    const from = last ? order.indexOf(last) : -1;
    const to = order.indexOf(box);
    if (from < 0) return;
    for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  }

  list.addEventListener("click", (event) => {
    const { target } = event;
    // By the space bar, too: it clicks.
    if (!(target instanceof HTMLInputElement) || !(event instanceof MouseEvent)) return;
    if (event.shiftKey || isShift) chooseRange(target);
    last = target;
    changed();
  });
  // A click that the space bar makes does not tell of the shift key in every browser.
  let isShift = false;
  list.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLInputElement)) return;
    isShift = event.shiftKey;
    if (event.key === "Escape") chooseAll(false);
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) chooseAll(true);
    else if (event.key === "Delete" && button instanceof HTMLButtonElement) button.click();
    else if (!step(event.key, event.target)) return;
    event.preventDefault();
  });
  list.addEventListener("keyup", () => {
    isShift = false;
  });
  all?.addEventListener("click", (event) => {
    event.preventDefault();
    chooseAll(!isAll());
  });

  /** @param {string} key @param {HTMLInputElement} from @returns {boolean} */
  function step(key, from) {
    const order = boxes();
    const tile = from.closest("li");
    const first = list.firstElementChild;
    if (!(tile instanceof HTMLElement) || !(first instanceof HTMLElement)) return false;
    const columns = [...list.children].filter(
      (one) => one instanceof HTMLElement && one.offsetTop === first.offsetTop,
    ).length;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
    if (by === undefined) return key === "Escape";
    order[order.indexOf(from) + by]?.focus();
    return true;
  }

  changed();
  return { chosen: () => boxes().flatMap(({ checked, value }) => (checked ? [value] : [])), changed };
}
