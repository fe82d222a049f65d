// Reads a ThumbHash: some twenty bytes of cosines that stand for a picture while it loads. The format: https://evanw.github.io/thumbhash/
// @ts-check

const SIDE = 32;

/** @param {Uint8Array} hash RGBA comes out, row by row. */
export function decodeThumbHash(hash) {
  const { light, yellow, red, alpha, width, height } = read(hash);
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      const [l, p, q] = [valueAt(light, u, v), valueAt(yellow, u, v), valueAt(red, u, v)];
      const blue = l - (2 / 3) * p;
      const r = (3 * l - blue + q) / 2;
      pixels.set([255 * r, 255 * (r - q), 255 * blue, alpha ? 255 * valueAt(alpha, u, v) : 255], at);
    }
  }
  return { pixels, width, height };
}

/** @typedef {{ mean: number, waves: { x: number, y: number, weight: number }[] }} Channel */

/** @param {Uint8Array} hash */
function read(hash) {
  const at = (/** @type {number} */ index) => hash[index] ?? 0;
  const head = at(0) | (at(1) << 8) | (at(2) << 16);
  const tail = at(3) | (at(4) << 8);
  const hasAlpha = head >> 23 === 1;
  const isWide = tail >> 15 === 1;
  const most = hasAlpha ? 5 : 7;
  const other = Math.max(1, tail & 7);
  const [across, down] = isWide ? [most, other] : [other, most];
  let nibble = hasAlpha ? 12 : 10;
  const next = () => {
    const byte = at(nibble >> 1);
    return (nibble++ & 1 ? byte >> 4 : byte & 15) / 7.5 - 1;
  };
  /** @param {number} mean @param {number} nx @param {number} ny @param {number} scale @returns {Channel} */
  const channel = (mean, nx, ny, scale) => {
    const waves = [];
    for (let y = 0; y < ny; y++) {
      for (let x = y === 0 ? 1 : 0; x * ny < nx * (ny - y); x++) waves.push({ x, y, weight: next() * scale });
    }
    return { mean, waves };
  };
  const light = channel((head & 63) / 63, Math.max(3, across), Math.max(3, down), ((head >> 18) & 31) / 31);
  const yellow = channel(((head >> 6) & 63) / 31.5 - 1, 3, 3, (((tail >> 3) & 63) / 63) * 1.25);
  const red = channel(((head >> 12) & 63) / 31.5 - 1, 3, 3, (((tail >> 9) & 63) / 63) * 1.25);
  const alpha = hasAlpha ? channel((at(5) & 15) / 15, 5, 5, (at(5) >> 4) / 15) : null;
  const ratio = across / down;
  const [width, height] = ratio > 1 ? [SIDE, Math.round(SIDE / ratio)] : [Math.round(SIDE * ratio), SIDE];
  return { light, yellow, red, alpha, width, height };
}

/** @param {Channel} channel @param {number} u @param {number} v */
function valueAt({ mean, waves }, u, v) {
  let value = mean;
  for (const { x, y, weight } of waves) {
    value += 2 * weight * Math.cos(Math.PI * x * u) * Math.cos(Math.PI * y * v);
  }
  return value;
}
