// Makes the reference handy: a Copy button for every piece of code, and one choice of language for all examples, which is remembered.
// @ts-check
import { copyButton } from "./copy.js";

const KEPT = "edgepix-language";

// On a narrow screen the navigation is one long row. `scrollIntoView` would let the keyboard begin there.
const row = document.querySelector(".docs-nav ul");
const current = row?.querySelector("[aria-current]");
if (row && current) row.scrollLeft = current.getBoundingClientRect().left - row.getBoundingClientRect().left;

for (const code of document.querySelectorAll(".code")) {
  if (code instanceof HTMLElement) addButton(code);
}

/** @type {HTMLInputElement[]} */
const choices = [];
for (const input of document.querySelectorAll(".example > input")) {
  if (input instanceof HTMLInputElement) choices.push(input);
}
choose(kept());
for (const input of choices) {
  input.addEventListener("change", () => {
    const { top } = input.getBoundingClientRect();
    choose(input.value);
    keep(input.value);
    // The examples above have grown or shrunk: the one in hand stays where it is.
    scrollBy({ top: input.getBoundingClientRect().top - top, behavior: "instant" });
  });
}

/** @param {HTMLElement} code */
function addButton(code) {
  const pre = code.querySelector("pre");
  if (!pre) return;
  const select = () => getSelection()?.selectAllChildren(pre);
  code.append(copyButton(code.dataset.label ?? "the code", () => pre.textContent ?? "", select));
}

/** @param {string | null} language */
function choose(language) {
  for (const input of choices) if (input.value === language) input.checked = true;
}

/** Storage may be closed to a page; then each visit begins with curl. */
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** @param {string} language */
function keep(language) {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Nobody is told: the choice holds on this page.
  }
}
