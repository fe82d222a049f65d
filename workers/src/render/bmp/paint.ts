// A BMP's row to pixels of red, green, blue and alpha.
import type { BmpPicture } from "../../../formats/bmp/picture.ts";

export type PaintRow = (row: Uint8Array, to: Uint32Array, at: number) => void;

const OPAQUE = 0xff00_0000;

/** `hasAlpha`: what the alpha mask says counts. */
export function paintOf(picture: BmpPicture, hasAlpha: boolean): PaintRow {
  const { bits, width, masks } = picture;
  if (bits <= 8) return byIndex(picture);
  const isUsual = masks[0] === 0xff_0000 && masks[1] === 0xff00 && masks[2] === 0xff;
  if (bits === 24 || (bits === 32 && isUsual))
    return byBytes(width, bits / 8, hasAlpha && masks[3] === OPAQUE);
  return byMasks(picture, hasAlpha);
}

/** Of the palette; those that it lacks are black. */
export function coloursOf({ bits, palette, paletteStep }: BmpPicture): Uint32Array {
  return Uint32Array.from({ length: 1 << bits }, (_, index) => {
    const at = index * paletteStep;
    const [blue = 0, green = 0, red = 0] = palette.subarray(at, at + 3);
    return (red | (green << 8) | (blue << 16) | OPAQUE) >>> 0;
  });
}

function byIndex(picture: BmpPicture): PaintRow {
  const { bits, width } = picture;
  const colours = coloursOf(picture);
  const most = (1 << bits) - 1;
  return (row, to, at) => {
    for (let x = 0, bit = 8 - bits; x < width; x++) {
      const byte = (x * bits) >> 3;
      to[at + x] = colours[((row[byte] ?? 0) >> bit) & most] ?? 0;
      bit = bit === 0 ? 8 - bits : bit - bits;
    }
  };
}

function byBytes(width: number, step: number, hasAlpha: boolean): PaintRow {
  return (row, to, at) => {
    for (let x = 0, from = 0; x < width; x++, from += step) {
      const alpha = hasAlpha ? (row[from + 3] ?? 0) : 255;
      to[at + x] =
        ((row[from + 2] ?? 0) | ((row[from + 1] ?? 0) << 8) | ((row[from] ?? 0) << 16) | (alpha << 24)) >>> 0;
    }
  };
}

/** Any bits of 16 or 32, brought to 0 to 255. */
function byMasks({ bits, width, masks }: BmpPicture, hasAlpha: boolean): PaintRow {
  const [red, green, blue] = [part(masks[0]), part(masks[1]), part(masks[2])];
  const alpha = hasAlpha ? part(masks[3]) : () => 255;
  const bytes = bits / 8;
  return (row, to, at) => {
    for (let x = 0, from = 0; x < width; x++, from += bytes) {
      const low = (row[from] ?? 0) | ((row[from + 1] ?? 0) << 8);
      const value =
        bytes === 2 ? low : (low | ((row[from + 2] ?? 0) << 16) | ((row[from + 3] ?? 0) << 24)) >>> 0;
      to[at + x] = (red(value) | (green(value) << 8) | (blue(value) << 16) | (alpha(value) << 24)) >>> 0;
    }
  };
}

function part(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / most);
}
