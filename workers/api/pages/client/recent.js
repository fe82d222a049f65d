// The list of what was uploaded from this browser before.
// @ts-check
import { forget, kept } from "./kept.js";

export function showRecent() {
  const section = document.getElementById("recent");
  const list = section?.querySelector("ul");
  if (!section || !list) return;
  const all = kept();
  section.hidden = all.length === 0;
  list.replaceChildren(...all.map(itemOf));
}

/** @param {import("./kept.js").Kept} one */
function itemOf(one) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = one.page;
  const image = document.createElement("img");
  image.src = one.thumbnail;
  image.alt = `Picture ${new URL(one.page).pathname.slice(1)}`;
  image.loading = "lazy";
  image.addEventListener("error", async () => {
    link.textContent = image.alt;
    if (!(await isGone(one.page))) return;
    forget(one.page);
    item.remove();
  });
  link.append(image);
  const remove = document.createElement("a");
  remove.href = one.delete;
  remove.textContent = "Delete";
  remove.setAttribute("aria-label", `Delete: ${image.alt}`);
  item.append(link, remove);
  return item;
}

/**
 * Deleted or blocked meanwhile. A thumbnail may fail for a moment only, and nobody else has the link that deletes the picture.
 * @param {string} page
 */
async function isGone(page) {
  const answer = await fetch(page, { method: "HEAD" }).catch(() => null);
  return answer?.status === 404 || answer?.status === 403;
}
