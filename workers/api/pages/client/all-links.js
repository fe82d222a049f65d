// The links of all pages that came of this visit's uploads, to copy at once: from the second picture on.
// @ts-check
import { addCopyButtons } from "./copy.js";

/** @param {Element} list Of uploads; it says `uploaded` with each picture. */
export function addAllLinks(list) {
  const snippet = document.createElement("div");
  snippet.className = "snippet all-links";
  snippet.hidden = true;
  snippet.innerHTML =
    '<label for="all-links">All page links</label><textarea id="all-links" rows="3" readonly spellcheck="false"></textarea>';
  const text = snippet.querySelector("textarea");
  if (!text) return;
  list.before(snippet);
  addCopyButtons(snippet);
  const show = () => {
    const links = [...list.querySelectorAll(".result")].flatMap((result) =>
      result instanceof HTMLElement ? [result.dataset.page ?? ""] : [],
    );
    // Uploads are put in at the top.
    text.value = links.reverse().join("\n");
    snippet.hidden = links.length < 2;
  };
  list.addEventListener("uploaded", show);
}
