// A TIFF of each kind that there is, and the pixels that it shows: made from one small picture by rules of this file's own.
import { packLzw } from "./pack.ts";
import { type TiffSpec, writeTiff } from "./write.ts";

export interface TiffRow {
  readonly name: string;
  readonly file: Buffer;
  /** RGBA of 61 x 45. */
  readonly shown: Uint8Array;
  /** How far a sample may lie off. */
  readonly within: number;
  /** libvips reads it, and shows the same. */
  readonly isKnownToVips: boolean;
}

export const tiffSize = { width: 61, height: 45 } as const;
const { width, height } = tiffSize;

type Pixel = readonly number[];
const picture = <Value>(at: (x: number, y: number) => Value): Value[] =>
  Array.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width)));

/** Slopes, so that predictors work, and a bar whose edges show where a row is off. */
const red = (x: number, y: number) => (x > 20 && x < 25 ? 255 : (x * 4) % 256) ^ (y === 7 ? 255 : 0);
const green = (_x: number, y: number) => (y * 5) % 256;
const blue = (x: number, y: number) => (x * 3 + y * 2) % 256;
const alpha = (x: number, y: number) => (x < 5 ? 0 : Math.min(255, (x + y) * 3));
const light = (x: number, y: number) => (x * 3 + y * 2 + (x % 9 === 0 ? 90 : 0)) % 256;
const isInk = (x: number, y: number) => (x + y * 3) % 11 < 4 || y === 20 || (x > 30 && x < 50 && y > 30);

const rgb = picture((x, y) => [red(x, y), green(x, y), blue(x, y)]);
const rgba = picture((x, y) => [red(x, y), green(x, y), blue(x, y), alpha(x, y)]);
const gray = picture((x, y) => [light(x, y)]);
const bits = picture((x, y) => [isInk(x, y) ? 1 : 0]);
const index = picture((x, y) => [(x + y) % 16]);
const flat = (pixels: readonly Pixel[]) => pixels.flat();

const opaque = (pixels: readonly Pixel[]) =>
  Uint8Array.from(pixels.flatMap(([r = 0, g = r, b = r]) => [r, g, b, 255]));
const black = Uint8Array.from(bits.flatMap(([bit]) => (bit ? [0, 0, 0, 255] : [255, 255, 255, 255])));

const paletteOf16 = Array.from({ length: 16 }, (_, entry) => [
  entry * 17,
  255 - entry * 16,
  (entry * 50) % 256,
]);
const colourMap = (entries: readonly Pixel[], scale: number) =>
  [0, 1, 2].flatMap((part) => entries.map((entry) => (entry[part] ?? 0) * scale));

const base = { width, height } as const;
const rgb8: TiffSpec = { ...base, values: flat(rgb), samples: 3, bits: 8, photometric: 2 };
const gray8: TiffSpec = { ...base, values: flat(gray), samples: 1, bits: 8, photometric: 1 };
const fax: TiffSpec = { ...base, values: flat(bits), samples: 1, bits: 1, photometric: 0 };
const palette4: TiffSpec = {
  ...base,
  values: flat(index),
  samples: 1,
  bits: 4,
  photometric: 3,
  tags: { 320: colourMap(paletteOf16, 257) },
};
const shownPalette = opaque(index.map(([entry = 0]) => paletteOf16[entry] ?? []));
const scaled = (pixels: readonly Pixel[], factor: number) => flat(pixels).map((value) => value * factor);

interface More {
  readonly within?: number;
  readonly isKnownToVips?: boolean;
}
const row = (
  name: string,
  spec: TiffSpec,
  shown: Uint8Array,
  { within = 0, isKnownToVips = true }: More = {},
): TiffRow => ({
  name,
  file: writeTiff(spec),
  shown,
  within,
  isKnownToVips,
});
const unknown = { isKnownToVips: false } as const;

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** Numbers of so many bits that come to the same bytes. */
const levels = (depth: number) => gray.map(([value = 0]) => [Math.round((value * (2 ** depth - 1)) / 255)]);
const shownLevels = (depth: number) =>
  opaque(levels(depth).map(([value = 0]) => [Math.round((value * 255) / (2 ** depth - 1))]));
const graysOf = (depth: number): TiffSpec => ({ ...gray8, bits: depth, values: flat(levels(depth)) });
const inverted = (spec: TiffSpec): TiffSpec => ({
  ...spec,
  photometric: 0,
  values: Array.from(spec.values, (value) => 2 ** spec.bits - 1 - value),
});

const compressions = {
  none: 1,
  LZW: 5,
  deflate: 8,
  "old deflate": 32_946,
  PackBits: 32_773,
  ZSTD: 50_000,
} as const;
const isInVips = (compression: number) => ({ isKnownToVips: compression !== 50_000 });

function* packed(): Generator<TiffRow> {
  for (const [name, compression] of Object.entries(compressions)) {
    const more = isInVips(compression);
    yield row(`RGB, ${name}, in one strip`, { ...rgb8, compression }, opaque(rgb), more);
    yield row(
      `RGB, ${name}, in strips of 7 rows`,
      { ...rgb8, compression, rowsPerStrip: 7 },
      opaque(rgb),
      more,
    );
    yield row(`RGB, ${name}, in tiles`, { ...rgb8, compression, tile: [32, 16] }, opaque(rgb), more);
    yield row(
      `RGB, ${name}, in planes`,
      { ...rgb8, compression, isPlanar: true, rowsPerStrip: 10 },
      opaque(rgb),
      more,
    );
    yield row(
      `RGB, ${name}, in planes of tiles`,
      { ...rgb8, compression, isPlanar: true, tile: [16, 32] },
      opaque(rgb),
      unknown,
    );
  }
  for (const [name, compression] of Object.entries({ LZW: 5, deflate: 8, ZSTD: 50_000 })) {
    const more = isInVips(compression);
    const predicted = { ...rgb8, compression, predictor: 2 } as const;
    yield row(`RGB, ${name}, predictor`, predicted, opaque(rgb), more);
    yield row(`RGB, ${name}, predictor, planes`, { ...predicted, isPlanar: true }, opaque(rgb), more);
    yield row(
      `RGB of 16 bits, ${name}, predictor`,
      { ...predicted, bits: 16, values: scaled(rgb, 257) },
      opaque(rgb),
      more,
    );
    yield row(
      `RGB of 16 bits, ${name}, predictor, big-endian`,
      { ...predicted, bits: 16, values: scaled(rgb, 257), isBigEndian: true, tile: [32, 32] },
      opaque(rgb),
      more,
    );
  }
}

function* faxes(): Generator<TiffRow> {
  const kinds = {
    "group 3": { compression: 3 },
    "group 3 in two dimensions": { compression: 3, faxOptions: 1 },
    "group 3 with ends at whole bytes": { compression: 3, faxOptions: 4 },
    "group 4": { compression: 4 },
    "Huffman's runs": { compression: 2 },
  } as const;
  for (const [name, kind] of Object.entries(kinds)) {
    yield row(`a fax, ${name}`, { ...fax, ...kind }, black);
    yield row(`a fax, ${name}, in strips`, { ...fax, ...kind, rowsPerStrip: 8 }, black);
    yield row(`a fax, ${name}, last bit first`, { ...fax, ...kind, isReversed: true }, black);
  }
  // libtiff takes words from where the strip lies in its own memory.
  yield row("a fax, Huffman's runs by words", { ...fax, compression: 32_771 }, black, unknown);
  yield row("a fax, group 4, in tiles", { ...fax, compression: 4, tile: [32, 16] }, black);
  const negative = { ...fax, compression: 4, photometric: 1 } as const;
  yield row(
    "a fax, group 4, black is zero",
    negative,
    black.map((value, at) => (at % 4 === 3 ? 255 : 255 - value)),
  );
}

function* depths(): Generator<TiffRow> {
  for (const depth of [1, 2, 4, 8]) {
    yield row(`gray of ${depth} bits`, graysOf(depth), shownLevels(depth));
    yield row(`gray of ${depth} bits, white is zero`, inverted(graysOf(depth)), shownLevels(depth));
  }
  for (const depth of [6, 10, 12, 14])
    yield row(`gray of ${depth} bits`, graysOf(depth), shownLevels(depth), {
      within: 1,
      isKnownToVips: false,
    });
  yield row("gray of 16 bits", graysOf(16), opaque(gray));
  yield row("gray of 16 bits, big-endian", { ...graysOf(16), isBigEndian: true }, opaque(gray));
  yield row("gray of 16 bits, white is zero", inverted(graysOf(16)), opaque(gray));
  yield row("gray of 32 bits", graysOf(32), opaque(gray), unknown);
  yield row("RGB of 16 bits", { ...rgb8, bits: 16, values: scaled(rgb, 257) }, opaque(rgb));
  yield row(
    "RGB of 4 bits",
    { ...rgb8, bits: 4, values: flat(rgb).map((value) => value >> 4) },
    opaque(rgb.map((pixel) => pixel.map((value) => (value >> 4) * 17))),
    unknown,
  );
  for (const depth of [16, 32, 64]) {
    const floats = {
      ...rgb8,
      bits: depth,
      format: "float",
      values: flat(rgb).map((value) => linear(value / 255)),
    } as const;
    const more = { within: 1, isKnownToVips: depth === 32 };
    yield row(`RGB of floating-point numbers of ${depth} bits`, floats, opaque(rgb), more);
    yield row(
      `the same, predicted by bytes, ${depth} bits`,
      { ...floats, predictor: 3, compression: 8 },
      opaque(rgb),
      more,
    );
    yield row(
      `the same, big-endian, ${depth} bits`,
      { ...floats, isBigEndian: true, compression: 5 },
      opaque(rgb),
      more,
    );
  }
}

function* alphas(): Generator<TiffRow> {
  const rgba8: TiffSpec = { ...rgb8, samples: 4, values: flat(rgba), extra: [2] };
  const shown = Uint8Array.from(flat(rgba));
  yield row("RGBA", rgba8, shown);
  yield row("RGBA, LZW, predictor", { ...rgba8, compression: 5, predictor: 2 }, shown);
  yield row("RGBA in planes", { ...rgba8, isPlanar: true }, shown);
  yield row("RGBA in tiles", { ...rgba8, tile: [16, 16] }, shown);
  yield row("RGBA of 16 bits", { ...rgba8, bits: 16, values: scaled(rgba, 257) }, shown);
  const { extra: _, ...unsaid } = rgba8;
  yield row("RGBA that does not say so", unsaid, shown);
  yield row("RGBA whose fourth sample is nothing in particular", { ...rgba8, extra: [0] }, shown);
  const associated = rgba.map(([r = 0, g = 0, b = 0, a = 0]) =>
    [r, g, b].map((part) => Math.round((part * a) / 255)).concat(a),
  );
  yield row("RGBA, multiplied already", { ...rgba8, extra: [1], values: flat(associated) }, shown, {
    within: 14,
    isKnownToVips: false,
  });
  const grayAlpha = picture((x, y) => [light(x, y), alpha(x, y)]);
  const shownGray = Uint8Array.from(grayAlpha.flatMap(([value = 0, a = 0]) => [value, value, value, a]));
  yield row("gray and alpha", { ...gray8, samples: 2, extra: [2], values: flat(grayAlpha) }, shownGray);
  yield row(
    "gray and alpha, in planes",
    { ...gray8, samples: 2, extra: [2], values: flat(grayAlpha), isPlanar: true },
    shownGray,
    unknown,
  );
  const five = rgb.map((pixel) => [...pixel, 9, 200]);
  yield row(
    "RGB and two samples more",
    { ...rgb8, samples: 5, extra: [0, 0], values: flat(five) },
    opaque(rgb),
    unknown,
  );
  yield row(
    "RGB and two samples more, in planes",
    { ...rgb8, samples: 5, extra: [0, 0], values: flat(five), isPlanar: true },
    opaque(rgb),
    unknown,
  );
}

function* palettes(): Generator<TiffRow> {
  yield row("a palette of 16 colours", palette4, shownPalette);
  yield row(
    "a palette of 16 colours, LZW, in tiles",
    { ...palette4, compression: 5, tile: [32, 32] },
    shownPalette,
  );
  const eight = Array.from({ length: 256 }, (_, entry) => [entry, 255 - entry, (entry * 7) % 256]);
  const shown = opaque(gray.map(([value = 0]) => eight[value] ?? []));
  const palette8 = { ...gray8, photometric: 3, tags: { 320: colourMap(eight, 257) } } as const;
  yield row("a palette of 256 colours", palette8, shown);
  yield row(
    "a palette of 256 colours, in bytes",
    { ...palette8, tags: { 320: colourMap(eight, 1) } },
    shown,
    unknown,
  );
  yield row(
    "a palette of 2 colours",
    {
      ...fax,
      photometric: 3,
      tags: {
        320: colourMap(
          [
            [10, 20, 30],
            [200, 180, 0],
          ],
          257,
        ),
      },
    },
    opaque(bits.map(([bit]) => (bit ? [200, 180, 0] : [10, 20, 30]))),
  );
}

/** Brightness for each pixel, colours for some of them together: of a picture whose colours are alike there. */
function* subsampled(): Generator<TiffRow> {
  for (const [across, down] of [
    [1, 1],
    [2, 1],
    [2, 2],
    [4, 2],
  ] as const) {
    const colourAt = (x: number, y: number) => [
      (100 + 4 * Math.floor(x / across)) % 256,
      160 - 2 * Math.floor(y / down),
    ];
    const ycc = picture((x, y) => [light(x, y), ...colourAt(x, y)]);
    const shown = opaque(ycc.map(([y = 0, cb = 0, cr = 0]) => yccToRgb(y, cb, cr)));
    const units: number[] = [];
    for (let y = 0; y < height; y += down) {
      for (let x = 0; x < width; x += across) {
        for (let unit = 0; unit < across * down; unit++)
          units.push(
            light(
              Math.min(width - 1, x + (unit % across)),
              Math.min(height - 1, y + Math.floor(unit / across)),
            ),
          );
        units.push(...colourAt(x, y));
      }
    }
    for (const [name, compression] of [
      ["plain", 1],
      ["LZW", 5],
    ] as const) {
      const bytes = Uint8Array.from(units);
      const pieces = [compression === 5 ? packLzw(bytes) : bytes];
      const spec = { ...rgb8, photometric: 6, compression, pieces, tags: { 530: [across, down] } } as const;
      // libvips shows the numbers themselves where nothing is shared.
      const isKnownToVips = across * down > 1;
      yield row(`YCbCr ${across}x${down}, ${name}`, spec, shown, { within: 2, isKnownToVips });
    }
  }
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
const yccToRgb = (y: number, cb: number, cr: number) => [
  clamp(y + 1.402 * (cr - 128)),
  clamp(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
  clamp(y + 1.772 * (cb - 128)),
];

function* structures(): Generator<TiffRow> {
  yield row("big-endian", { ...rgb8, isBigEndian: true }, opaque(rgb));
  yield row("BigTIFF", { ...rgb8, isBig: true }, opaque(rgb));
  yield row(
    "BigTIFF, big-endian, LZW, in strips",
    { ...rgb8, isBig: true, isBigEndian: true, compression: 5, rowsPerStrip: 4 },
    opaque(rgb),
  );
  yield row(
    "BigTIFF in tiles, deflate",
    { ...rgb8, isBig: true, compression: 8, tile: [32, 16] },
    opaque(rgb),
  );
  yield row(
    "strips from the last to the first",
    { ...rgb8, rowsPerStrip: 3, isBackwards: true },
    opaque(rgb),
  );
  yield row("a strip a row", { ...rgb8, rowsPerStrip: 1 }, opaque(rgb));
  yield row(
    "without the lengths of its strips",
    { ...rgb8, rowsPerStrip: 9, compression: 5, without: [279] },
    opaque(rgb),
    unknown,
  );
  yield row("without its rows a strip", { ...rgb8, without: [278] }, opaque(rgb));
  const ramps = picture((x) => [x * 3]);
  yield row(
    "signed gray",
    { ...gray8, format: "signed", values: flat(ramps).map((value) => value - 128) },
    opaque(ramps),
    unknown,
  );
}

export function tiffTable(): readonly TiffRow[] {
  return [...packed(), ...faxes(), ...depths(), ...alphas(), ...palettes(), ...subsampled(), ...structures()];
}
