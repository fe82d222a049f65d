// On a picture's page: the way back to where one was in the gallery, and to the pictures before and after it there.
// @ts-check
import { keepPlace, readPlace } from "./kept-place.js";

const place = readPlace();
const ways = document.querySelector(".ways");
const id = location.pathname.split("/")[2] ?? "";
const at = place?.ids.indexOf(id) ?? -1;

if (place && ways && at >= 0) {
  const all = ways.querySelector("a");
  if (all) all.href = place.address;
  /** @type {readonly (readonly [string, string, string | undefined])[]} */
  const neighbours = [
    ["Previous", "ArrowLeft", place.ids[at - 1]],
    ["Next", "ArrowRight", place.ids[at + 1]],
  ];
  for (const [name, key, other] of neighbours) {
    if (!other) continue;
    const link = document.createElement("a");
    link.href = `/gallery/${other}`;
    link.textContent = name;
    link.addEventListener("click", () => keepPlace({ ...place, anchor: other, top: 120 }));
    ways.append(link);
    document.addEventListener("keydown", (event) => {
      if (event.key !== key || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // Arrows belong to fields, and to what scrolls or is turned by them.
      if (document.activeElement && document.activeElement !== document.body) return;
      link.click();
    });
  }
}
