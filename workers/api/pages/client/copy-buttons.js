// Copy buttons for a page that is complete when it arrives, and the device's own way to share it where there is one.
// @ts-check
import { addCopyButtons } from "./copy.js";

addCopyButtons(document);

const actions = document.querySelector(".about .actions");
if (actions && "share" in navigator) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Share …";
  button.addEventListener("click", () => {
    // Who closes the device's list has changed their mind.
    navigator.share({ title: document.title, url: location.href }).catch(() => undefined);
  });
  actions.append(button);
}
