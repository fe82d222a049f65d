// The gallery with scripts: it scrolls on, ranges are chosen with shift and keyboard, and a deletion can be undone for some seconds.
// @ts-check
import { acceptChoosing } from "./gallery-choose.js";
import { acceptDeleting } from "./gallery-delete.js";
import { acceptMore, readPage, readTiles, show } from "./gallery-more.js";
import { sendChosen } from "./gallery-send.js";

const form = document.getElementById("chosen");
const list = document.querySelector(".pictures");

if (form instanceof HTMLFormElement && list) {
  const choosing = acceptChoosing(form, list);
  for (const tile of list.children) show(tile);
  acceptMore(form, list, choosing.changed);
  acceptDeleting(form, choosing);
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || submitter.id === "delete") return;
    event.preventDefault();
    void change(form, submitter, choosing.chosen());
  });
}

document.addEventListener("uploaded", () => void showNewest());

/** @param {HTMLFormElement} form @param {HTMLButtonElement} button @param {readonly string[]} ids */
async function change(form, button, ids) {
  button.disabled = true;
  const problem = await sendChosen(form.action, form, ids);
  button.disabled = false;
  if (!problem) return location.reload();
  const told = document.createElement("p");
  told.className = "problem";
  told.setAttribute("role", "alert");
  told.textContent = problem;
  for (const old of form.querySelectorAll(".panel .problem")) old.remove();
  button.before(told);
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
