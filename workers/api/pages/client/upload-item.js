// One line of the list of uploads: thumbnail, name, progress in bytes, and what became of it.
// @ts-check
import { inBytes } from "./bytes.js";
import { addCopyButtons, say } from "./copy.js";
import { keep } from "./kept.js";
import { openPlayground } from "./playground.js";
import { send } from "./send.js";

/**
 * @typedef {object} Wanted
 * @property {string} name What people call it.
 * @property {File | null} file Null where it is an address.
 * @property {string} to Where it is sent.
 * @property {() => FormData | URLSearchParams} body
 * @property {string | null} refusal Why it is not even sent.
 */

/**
 * Puts a line at the top of the list.
 * @param {Element} list
 * @param {Wanted} wanted
 * @returns {() => Promise<void>} Sends it; resolves when it is done or given up.
 */
export function addItem(list, wanted) {
  const item = document.createElement("li");
  const status = element("span", "status");
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", `Upload of ${wanted.name}`);
  const name = element("span", "name");
  name.textContent = wanted.name;
  const head = element("div", "head");
  const buttons = element("span", "buttons");
  head.append(thumbnailOf(wanted.file), name, status, buttons);
  item.append(head, progress);
  list.prepend(item);
  const key = crypto.randomUUID();

  /** @param {string} words @param {readonly HTMLElement[]} offered */
  const show = (words, ...offered) => {
    status.textContent = words;
    buttons.replaceChildren(...offered);
  };
  const remove = button("Remove", wanted.name, () => item.remove());

  /** @param {string} problem @param {boolean} mayRetry @param {{ href: string, label: string } | null} [wayOut] */
  const fail = (problem, mayRetry, wayOut) => {
    item.className = "failed";
    progress.hidden = true;
    const retry = button("Try again", wanted.name, () => void start());
    show(problem, ...(wayOut ? [linkTo(wayOut)] : []), ...(mayRetry ? [retry] : []), remove);
    say(`${wanted.name}: ${problem}`);
  };

  async function start() {
    if (wanted.refusal) return fail(wanted.refusal, false);
    item.className = "sending";
    progress.hidden = false;
    progress.removeAttribute("value");
    const { done, cancel } = send(wanted.to, wanted.body(), key, (sent, total) => {
      progress.max = total;
      progress.value = sent;
      status.textContent = sent < total ? `${inBytes(sent)} of ${inBytes(total)}` : "Looking at it …";
    });
    show("Sending …", button("Cancel", wanted.name, cancel));
    const { result, problem, wayOut, mayRetry } = await done;
    if (!result) return fail(problem, mayRetry, wayOut);
    item.className = "done";
    progress.hidden = true;
    show("");
    const shown = document.importNode(result, true);
    item.append(shown);
    addCopyButtons(shown);
    for (const details of shown.querySelectorAll("details")) openPlayground(details);
    if (shown instanceof HTMLElement) keep(shown.dataset);
    say(`${wanted.name} is uploaded.`);
    item.dispatchEvent(new CustomEvent("uploaded", { bubbles: true }));
  }

  show("Waiting …", remove);
  return async () => {
    if (item.isConnected) await start();
  };
}

/** @param {File | null} file */
function thumbnailOf(file) {
  const image = document.createElement("img");
  image.alt = "";
  image.className = "tiny";
  if (!file) return element("span", "tiny");
  const url = URL.createObjectURL(file);
  image.onload = () => URL.revokeObjectURL(url);
  // What this browser can't show is uploaded all the same.
  image.onerror = () => image.replaceWith(element("span", "tiny"));
  image.src = url;
  return image;
}

/** @param {string} label @param {string} of @param {() => void} onClick */
function button(label, of, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.setAttribute("aria-label", `${label}: ${of}`);
  made.addEventListener("click", onClick);
  return made;
}

/** @param {{ href: string, label: string }} to */
function linkTo({ href, label }) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = href;
  link.textContent = label;
  return link;
}

/** @param {string} tag @param {string} className */
function element(tag, className) {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
