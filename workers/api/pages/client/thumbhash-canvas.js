// Draws a ThumbHash where a picture will be.
// @ts-check
import { decodeThumbHash } from "./thumbhash.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {string} text Base64.
 * @returns {boolean} False where it is none.
 */
export function drawThumbHash(canvas, text) {
  const hash = bytesOf(text);
  const context = canvas.getContext("2d");
  if (hash.length < 5 || !context) return false;
  const { pixels, width, height } = decodeThumbHash(hash);
  canvas.width = width;
  canvas.height = height;
  const drawn = context.createImageData(width, height);
  drawn.data.set(pixels);
  context.putImageData(drawn, 0, 0);
  return true;
}

/** @param {string} text */
function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
