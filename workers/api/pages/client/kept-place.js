// Where somebody was in the gallery: kept in the tab, so that the way back from a picture leads to the same place with the same choice.
// @ts-check

const NAME = "gallery";

/**
 * @typedef {object} Place
 * @property {string} address Path and query of the gallery.
 * @property {readonly string[]} ids What was shown, in order.
 * @property {readonly string[]} chosen
 * @property {string} anchor The picture at the top of the window; "" at the page's top.
 * @property {number} top Where its upper edge was, in pixels from the window's.
 */

/** @returns {Place | null} */
export function readPlace() {
  try {
    const place = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    return place && typeof place.address === "string" && Array.isArray(place.ids) ? place : null;
  } catch {
    return null;
  }
}

/** @param {Place} place */
export function keepPlace(place) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
  } catch {
    // A full or closed storage only costs the way back.
  }
}
