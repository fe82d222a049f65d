// BMPs of every depth and header, upside down or not, with masks and palettes.

const width = 37;
const height = 23;
const red = (x: number, y: number) => (x * 7 + y) % 256;
const green = (_x: number, y: number) => (y * 11) % 256;
const blue = (x: number, y: number) => (x * 3 + y * 5) % 256;
const alpha = (x: number, y: number) => (x < 5 ? 0 : (x * 6 + y) % 256);

interface BmpSpec {
  readonly bits: number;
  readonly headerBytes?: number;
  readonly compression?: number;
  readonly masks?: readonly number[];
  readonly isTopDown?: boolean;
  readonly palette?: readonly (readonly [number, number, number])[];
  /** The number of a pixel. */
  readonly at: (x: number, y: number) => number;
}

/** Writes one of 37 x 23 pixels. */
export function bmp({
  bits,
  headerBytes = 40,
  compression = 0,
  masks = [],
  isTopDown = false,
  palette = [],
  at,
}: BmpSpec) {
  const isCore = headerBytes === 12;
  const ownMasks = headerBytes === 40 ? masks.length * 4 : 0;
  const start = 14 + headerBytes + ownMasks + palette.length * (isCore ? 3 : 4);
  const stride = Math.ceil((width * bits) / 32) * 4;
  const file = Buffer.alloc(start + stride * height);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(headerBytes, 14);
  if (isCore) {
    file.writeUInt16LE(width, 18);
    file.writeUInt16LE(height, 20);
    file.writeUInt16LE(1, 22);
    file.writeUInt16LE(bits, 24);
  } else {
    file.writeInt32LE(width, 18);
    file.writeInt32LE(isTopDown ? -height : height, 22);
    file.writeUInt16LE(1, 26);
    file.writeUInt16LE(bits, 28);
    file.writeUInt32LE(compression, 30);
    file.writeUInt32LE(palette.length, 46);
    for (const [index, mask] of masks.entries()) file.writeUInt32LE(mask, 54 + index * 4);
  }
  for (const [index, [r, g, b]] of palette.entries())
    file.set([b, g, r], 14 + headerBytes + ownMasks + index * (isCore ? 3 : 4));
  for (let y = 0; y < height; y++) {
    const row = start + (isTopDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const value = at(x, y);
      if (bits >= 8) file.writeUIntLE(value, row + (x * bits) / 8, bits / 8);
      else
        file[row + ((x * bits) >> 3)] =
          (file[row + ((x * bits) >> 3)] ?? 0) | (value << (8 - bits - ((x * bits) & 7)));
    }
  }
  return file;
}

const shown = (pixel: (x: number, y: number) => readonly number[]) => {
  const pixels = Array.from({ length: width * height }, (_, index) => {
    const [r = 0, g = 0, b = 0, a = 255] = pixel(index % width, Math.floor(index / width));
    return [r, g, b, a];
  });
  return { width, height, data: Uint8Array.from(pixels.flat()) };
};
const rgb = shown((x, y) => [red(x, y), green(x, y), blue(x, y)]);
const rgba = shown((x, y) => [red(x, y), green(x, y), blue(x, y), alpha(x, y)]);
export const number24 = (x: number, y: number) => (red(x, y) << 16) | (green(x, y) << 8) | blue(x, y);
const number32 = (x: number, y: number) => (number24(x, y) + alpha(x, y) * 2 ** 24) >>> 0;
const palette = (count: number) =>
  Array.from({ length: count }, (_, index) => [(index * 37) % 256, 255 - index, (index * 91) % 256] as const);
const indexed = (count: number) => ({
  palette: palette(count),
  at: (x: number, y: number) => (x + y * 3) % count,
});
const shownIndexed = (count: number) => shown((x, y) => palette(count)[(x + y * 3) % count] ?? []);
const number555 = (x: number, y: number) =>
  ((red(x, y) >> 3) << 10) | ((green(x, y) >> 3) << 5) | (blue(x, y) >> 3);
const number565 = (x: number, y: number) =>
  ((red(x, y) >> 3) << 11) | ((green(x, y) >> 2) << 5) | (blue(x, y) >> 3);
const number4444 = (x: number, y: number) =>
  ((alpha(x, y) >> 4) << 12) | ((red(x, y) >> 4) << 8) | ((green(x, y) >> 4) << 4) | (blue(x, y) >> 4);
const of = (value: number, bits: number) => Math.round(((value >> (8 - bits)) * 255) / (2 ** bits - 1));
const rgbOf = (r: number, g: number, b: number) =>
  shown((x, y) => [of(red(x, y), r), of(green(x, y), g), of(blue(x, y), b)]);
const bgra = [0xff_0000, 0xff00, 0xff, 0xff00_0000];

/** And the pixels that each shows. */
export const bmpRows: readonly (readonly [name: string, spec: BmpSpec, right: typeof rgb])[] = [
  ["1 bit", { bits: 1, ...indexed(2) }, shownIndexed(2)],
  ["1 bit, top down", { bits: 1, isTopDown: true, ...indexed(2) }, shownIndexed(2)],
  ["4 bits", { bits: 4, ...indexed(16) }, shownIndexed(16)],
  ["4 bits, with 5 colours", { bits: 4, ...indexed(5) }, shownIndexed(5)],
  ["8 bits", { bits: 8, ...indexed(256) }, shownIndexed(256)],
  ["8 bits, top down", { bits: 8, isTopDown: true, ...indexed(256) }, shownIndexed(256)],
  ["8 bits, with 200 colours", { bits: 8, ...indexed(200) }, shownIndexed(200)],
  ["1 bit of OS/2", { bits: 1, headerBytes: 12, ...indexed(2) }, shownIndexed(2)],
  ["4 bits of OS/2", { bits: 4, headerBytes: 12, ...indexed(16) }, shownIndexed(16)],
  ["8 bits of OS/2", { bits: 8, headerBytes: 12, ...indexed(256) }, shownIndexed(256)],
  ["24 bits of OS/2", { bits: 24, headerBytes: 12, at: number24 }, rgb],
  ["24 bits of the second OS/2", { bits: 24, headerBytes: 64, at: number24 }, rgb],
  ["16 bits", { bits: 16, at: number555 }, rgbOf(5, 5, 5)],
  ["16 bits, top down", { bits: 16, isTopDown: true, at: number555 }, rgbOf(5, 5, 5)],
  [
    "16 bits with masks",
    { bits: 16, compression: 3, masks: [0xf800, 0x7e0, 0x1f], at: number565 },
    rgbOf(5, 6, 5),
  ],
  [
    "16 bits with a mask for alpha",
    { bits: 16, headerBytes: 108, compression: 3, masks: [0xf00, 0xf0, 0xf, 0xf000], at: number4444 },
    shown((x, y) => [of(red(x, y), 4), of(green(x, y), 4), of(blue(x, y), 4), of(alpha(x, y), 4)]),
  ],
  ["24 bits", { bits: 24, at: number24 }, rgb],
  ["24 bits, top down", { bits: 24, isTopDown: true, at: number24 }, rgb],
  ["24 bits of version 4", { bits: 24, headerBytes: 108, at: number24 }, rgb],
  ["24 bits of version 5", { bits: 24, headerBytes: 124, at: number24 }, rgb],
  ["32 bits, whose fourth byte is nothing", { bits: 32, at: number32 }, rgb],
  ["32 bits with masks", { bits: 32, compression: 3, masks: bgra.slice(0, 3), at: number32 }, rgb],
  [
    "32 bits of version 3 with alpha",
    { bits: 32, headerBytes: 56, compression: 3, masks: bgra, at: number32 },
    rgba,
  ],
  [
    "32 bits of version 4 with alpha",
    { bits: 32, headerBytes: 108, compression: 3, masks: bgra, at: number32 },
    rgba,
  ],
  [
    "32 bits of version 5 with alpha",
    { bits: 32, headerBytes: 124, compression: 3, masks: bgra, at: number32 },
    rgba,
  ],
  [
    "32 bits of version 5 with alpha, red last",
    {
      bits: 32,
      headerBytes: 124,
      compression: 3,
      masks: [0xff, 0xff00, 0xff_0000, 0xff00_0000],
      at: (x, y) => (alpha(x, y) * 2 ** 24 + blue(x, y) * 2 ** 16 + green(x, y) * 2 ** 8 + red(x, y)) >>> 0,
    },
    rgba,
  ],
  [
    "16 bits of version 5 with masks",
    { bits: 16, headerBytes: 124, compression: 3, masks: [0xf800, 0x7e0, 0x1f], at: number565 },
    rgbOf(5, 6, 5),
  ],
  [
    "32 bits of version 5, alpha 0 everywhere",
    { bits: 32, headerBytes: 124, compression: 3, masks: bgra, at: number24 },
    rgb,
  ],
];
