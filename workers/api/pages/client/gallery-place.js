// The gallery as it was left: after the way back, or after loading anew, as many pictures, the same choice, the same place.
// @ts-check
import { keepPlace, readPlace } from "./kept-place.js";

/** Nobody waits for more than this. */
const MOST_PAGES = 40;

/**
 * @param {Element} list
 * @param {import("./gallery-choose.js").Choosing} choosing
 * @param {() => Promise<boolean>} more
 */
export function acceptReturning(list, choosing, more) {
  const here = location.pathname + location.search;
  const place = readPlace();
  if (place?.address === here && isReturn()) void restore(place);
  addEventListener("pagehide", () => {
    const tiles = [...list.children].filter((tile) => tile instanceof HTMLElement && !tile.hidden);
    const first = scrollY > 0 ? tiles.find((tile) => tile.getBoundingClientRect().top > 0) : undefined;
    keepPlace({
      address: here,
      ids: tiles.map(idOf),
      chosen: choosing.chosen(),
      anchor: first ? idOf(first) : "",
      top: first ? first.getBoundingClientRect().top : 0,
    });
  });

  /** @param {import("./kept-place.js").Place} place */
  async function restore({ ids, chosen, anchor, top }) {
    history.scrollRestoration = "manual";
    const wanted = [...chosen, ...(anchor ? [anchor] : [])];
    for (let page = 0; page < MOST_PAGES; page++) {
      const isThere = wanted.every((id) => tileOf(id)) && list.children.length >= ids.length;
      if (isThere || !(await more())) break;
    }
    for (const id of chosen) {
      const box = tileOf(id)?.querySelector("input");
      if (box) box.checked = true;
    }
    choosing.changed();
    const tile = tileOf(anchor);
    if (tile) scrollBy({ top: tile.getBoundingClientRect().top - top, behavior: "instant" });
  }
}

/** By the browser's own ways, or by a link of a picture's page. */
function isReturn() {
  const [entry] = performance.getEntriesByType("navigation");
  const type = entry instanceof PerformanceNavigationTiming ? entry.type : "navigate";
  if (type === "back_forward" || type === "reload") return true;
  const from = document.referrer && new URL(document.referrer);
  return from && from.origin === location.origin && /^\/gallery\/([a-z0-9]{8}|links)$/.test(from.pathname);
}

/** @param {Element} tile */
const idOf = (tile) => tile.id.slice(2);

/** @param {string} id */
const tileOf = (id) => document.getElementById(`p-${id}`);
