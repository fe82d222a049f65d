// A Copy button for every snippet. It runs only where scripts do, so nobody sees a button that does nothing.
// @ts-check

/** @param {ParentNode} within */
export function addCopyButtons(within) {
  for (const input of within.querySelectorAll(".snippet input, .snippet textarea")) {
    if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) addCopyButton(input);
  }
}

/** @param {HTMLInputElement | HTMLTextAreaElement} input */
function addCopyButton(input) {
  const label = input.labels?.[0]?.textContent ?? "";
  input.addEventListener("focus", () => input.select());
  const select = () => {
    input.focus();
    input.select();
  };
  input.after(copyButton(label, () => input.value, select));
}

/**
 * @param {string} label What is copied, for those who hear the page.
 * @param {() => string} textOf
 * @param {() => void} select Where the clipboard is closed.
 */
export function copyButton(label, textOf, select) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${label}`);
  button.addEventListener("click", async () => {
    const copied = await copy(textOf(), select);
    button.textContent = copied ? "Copied" : "Press Ctrl+C";
    say(copied ? `${label} copied.` : `${label} selected, press Ctrl+C.`);
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
  return button;
}

/**
 * The clipboard is closed to plain http and to pages without permission; then the text is at least selected.
 * @param {string} text
 * @param {() => void} select
 */
async function copy(text, select) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select();
    return false;
  }
}

/**
 * For those who hear the page.
 * @param {string} words
 */
export function say(words) {
  const said = document.querySelector(".said");
  if (said) said.textContent = words;
}
