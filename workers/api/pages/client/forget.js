// On the page that says that a picture is gone: this browser's list of uploads must not show it any more.
// @ts-check
import { forget } from "./kept.js";

for (const gone of document.querySelectorAll("[data-gone]")) {
  if (gone instanceof HTMLElement) forget(gone.dataset.gone ?? "");
}
