// Pages of the gallery, one behind the other: the link to the next is followed when it comes near, and its tiles are taken in.
// @ts-check
import { say } from "./copy.js";
import { drawThumbHash } from "./thumbhash-canvas.js";

/**
 * @param {HTMLFormElement} form
 * @param {Element} list
 * @param {() => void} changed
 * @returns {() => Promise<boolean>} Takes the next page in; false where there is none, or it did not come.
 */
export function acceptMore(form, list, changed) {
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && target instanceof HTMLAnchorElement) void follow(target);
      }
    },
    { rootMargin: "800px" },
  );
  watch();

  function watch() {
    const more = form.querySelector("#more");
    if (more) watcher.observe(more);
  }

  /** @type {Promise<boolean> | null} One page at a time, whoever asks for it. */
  let coming = null;

  /** @param {HTMLAnchorElement} link */
  function follow(link) {
    coming ??= takeIn(link).finally(() => {
      coming = null;
    });
    return coming;
  }

  /** @param {HTMLAnchorElement} link */
  async function takeIn(link) {
    watcher.unobserve(link);
    const answer = await fetch(link.href).catch(() => null);
    // The link stays, for whoever clicks it.
    if (!answer?.ok || answer.redirected) {
      say("More pictures could not be loaded.");
      return false;
    }
    const page = await readPage(answer);
    const fresh = readTiles(page).filter((tile) => !document.getElementById(tile.id));
    list.append(...fresh);
    for (const tile of fresh) show(tile);
    const next = page.getElementById("more");
    if (next) link.replaceWith(document.importNode(next, true));
    else link.remove();
    changed();
    watch();
    return true;
  }

  return async () => {
    const more = form.querySelector("#more");
    return more instanceof HTMLAnchorElement ? follow(more) : false;
  };
}

/**
 * The page without its style, which the policy of this page does not know: `show` paints its tiles.
 * @param {Response} answer
 */
export async function readPage(answer) {
  const html = (await answer.text()).replace(/<style>.*?<\/style>/s, "");
  return new DOMParser().parseFromString(html, "text/html");
}

/** @param {Document} page */
export function readTiles(page) {
  return [...page.querySelectorAll(".pictures > li")].map((tile) => document.importNode(tile, true));
}

/**
 * What stands for the picture until it is there; behind a see-through one it would stay visible.
 * @param {Element} tile
 */
export function show(tile) {
  const link = tile.querySelector("a");
  const image = tile.querySelector("img");
  if (!link || !image || image.complete) return;
  const { thumbhash, color } = link.dataset;
  if (color) link.style.background = color;
  if (!thumbhash) return;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  if (!drawThumbHash(canvas, thumbhash)) return;
  link.prepend(canvas);
  const clear = () => canvas.remove();
  image.addEventListener("load", clear, { once: true });
  image.addEventListener("error", clear, { once: true });
}
