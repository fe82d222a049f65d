// What was uploaded from this browser, kept in it alone: the links, and what deletes each again.
// @ts-check

const NAME = "edgepix-uploads";
const MOST = 200;

/** @typedef {{ page: string, thumbnail: string, delete: string, expires: string }} Kept */

/** @returns {Kept[]} Newest first, without those whose time is over. */
export function kept() {
  try {
    const all = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    if (!Array.isArray(all)) return [];
    return all.filter(({ expires }) => !expires || Date.parse(expires) > Date.now());
  } catch {
    return [];
  }
}

/** @param {DOMStringMap} data A result's. */
export function keep(data) {
  const { page = "", thumbnail = "", expires = "" } = data;
  // A replay tells no delete link: the one that is kept stays.
  if (!data.delete) return;
  store([{ page, thumbnail, delete: data.delete, expires }, ...kept().filter((one) => one.page !== page)]);
}

/** @param {string} page */
export function forget(page) {
  store(kept().filter((one) => one.page !== page));
}

/** @param {Kept[]} all */
function store(all) {
  try {
    localStorage.setItem(NAME, JSON.stringify(all.slice(0, MOST)));
  } catch {
    // A browser that keeps nothing: the links are on the page.
  }
}
