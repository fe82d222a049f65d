// The tools of a retouch: what is neutral, and what each takes. One row a tool; a parameter without a row does not compile.
import type { Size } from "../../../schema/facts.ts";
import type { RetouchName } from "../../../schema/retouch.ts";
import type { Transform } from "../../../schema/transform.ts";
import { isClear } from "./colour.ts";
import { RETOUCH_BYTES } from "./kernel-memory.ts";

/** How wide texture is, of the shorter side: 4 pixels of 1200. */
const FINE = 0.0033;

/** Texture is looked at in cells of `by` pixels, `radius` of them around each; strips begin at whole cells. */
export function fineGrain({ width, height }: Size) {
  const wide = Math.max(2, FINE * Math.min(width, height));
  const by = Math.max(1, Math.round(wide / 2));
  const radius = Math.max(2, Math.round(wide / by));
  // A line is a mean of means, and drawn between two cells.
  const overlap = (2 * radius + 2) * by;
  return { by, radius, overlap, rows: Math.max(4 * overlap, 64 - (64 % by)) };
}

const STRIP_BYTES = 512 * 1024;
const PHOTON_START_BYTES = 2.5 * 1024 * 1024;
/** Times that Photon holds a strip, and we beside it: as measured. */
const PHOTON_COPIES = 6;

/** Rows that Photon makes at once, where it looks at `overlap` of them above and below: most of what it works on is to be new. */
export const stripRows = (width: number, overlap: number): number =>
  Math.max(1, 2 * overlap, Math.floor(STRIP_BYTES / (4 * width)) - 2 * overlap);

/** What Photon's memory comes to with such strips. */
export const photonBytes = (width: number, overlap: number): number =>
  PHOTON_START_BYTES + PHOTON_COPIES * 4 * width * (stripRows(width, overlap) + 2 * overlap);

/** Cells that a picture is looked at in, at most. */
const MOST_CELLS = 131_072;
export const cellSide = (width: number, height: number): number =>
  Math.max(1, Math.ceil(Math.sqrt((width * height) / MOST_CELLS)));

/** What is not at rest, by name. */
export type Retouch = { readonly [Name in RetouchName]?: NonNullable<Transform[Name]> };

interface Tool<Value> {
  /** Changes nothing. */
  readonly isNeutral: (value: Value) => boolean;
  /** Knows a pixel and nothing around it: all of these share one pass. Else what it takes by itself. */
  readonly alone: Cost | null;
  /** What the loss of a JPEG at quality 95 is seen through: such a picture does not start from its original's master. */
  readonly bringsOut: boolean;
}

export interface Cost {
  /** Milliseconds of processor time for a megapixel of the content. */
  readonly msPerMegapixel: number;
  /** Bytes beside the picture itself. */
  readonly bytes: (content: Size) => number;
}

const atZero = (value: number) => value === 0;
const amount = { isNeutral: atZero, alone: null, bringsOut: false } as const;
const light = { ...amount, bringsOut: true } as const;

/** Arrays of a number a cell, and rows of them drawn large. */
const mapBytes =
  (arrays: number) =>
  ({ width, height }: Size): number => {
    const by = cellSide(width, height);
    return 4 * arrays * Math.ceil(width / by) * Math.ceil(height / by) + 40 * width + 256 * 1024;
  };
/** What looks around a pixel does so in a small picture. */
const around = { ...light, alone: { msPerMegapixel: 25, bytes: mapBytes(14) } } as const;

const byPhoton = (overlap: number, msPerMegapixel: number): Cost => ({
  msPerMegapixel,
  bytes: ({ width }) => photonBytes(width, overlap),
});
/** The same a few pixels wide, in strips: the pixels, and so many arrays of a number a cell. */
const inStrips = (
  msPerMegapixel: number,
  arrays: number,
  grainOf: (content: Size) => { by: number; rows: number; overlap: number },
): Cost => ({
  msPerMegapixel,
  bytes(content) {
    const { by, rows, overlap } = grainOf(content);
    const cells = Math.ceil((rows + 2 * overlap) / by) * Math.ceil(content.width / by);
    return (rows + 3 * overlap) * content.width * 4 + 4 * arrays * cells + 1024 * 1024;
  },
});
/** Noise is looked at in cells of `by` pixels, `radius` of them around each. */
export const noiseGrain = { by: 2, radius: 2, overlap: 12, rows: 72 } as const;

/** What a look makes of `auto=enhance`. */
export type Enhancement = Pick<
  Retouch,
  "exposure" | "whites" | "blacks" | "highlights" | "shadows" | "vibrance"
>;

export const retouchTools: { readonly [Name in RetouchName]: Tool<NonNullable<Transform[Name]>> } = {
  // Light and zones, whatever the look finds.
  auto: {
    isNeutral: () => false,
    alone: { ...around.alone, msPerMegapixel: 55 },
    bringsOut: true,
  },
  exposure: light,
  temp: amount,
  tint: amount,
  highlights: around,
  shadows: around,
  whites: light,
  blacks: light,
  curve: { ...light, isNeutral: isStraight },
  vibrance: amount,
  hue: { ...amount, isNeutral: (degrees) => degrees % 360 === 0 },
  grade: { ...amount, isNeutral: (colours) => colours.split(",").every(isClear) },
  denoise: { ...light, alone: inStrips(160, 44, () => noiseGrain) },
  dehaze: { ...around, alone: { msPerMegapixel: 45, bytes: mapBytes(27) } },
  clarity: around,
  texture: { ...light, alone: inStrips(60, 13, fineGrain) },
  vignette: { ...amount, alone: { msPerMegapixel: 15, bytes: () => 64 * 1024 } },
  grain: { ...amount, alone: byPhoton(0, 20) },
};

/** What of a transform is retouching; undefined where all of it is at rest. */
export function retouchOf(transform: Transform, enhancement: Enhancement = {}): Retouch | undefined {
  const asked = Object.entries(retouchTools).flatMap(([name, tool]) => {
    const value = transform[name as RetouchName] ?? Reflect.get(enhancement, name);
    return value === undefined || tool.isNeutral(value as never) ? [] : [[name, value] as const];
  });
  return asked.length === 0 ? undefined : Object.fromEntries(asked);
}

const toolsOf = (retouch: Retouch) => Object.keys(retouch).map((name) => retouchTools[name as RetouchName]);

export const bringsOut = (retouch: Retouch): boolean => toolsOf(retouch).some((tool) => tool.bringsOut);

/** Milliseconds for a megapixel of the shared pass, and to prepare its tables, as measured. */
export const PASS_MS = 25;
export const TABLES_MS = 15;

/** Milliseconds of processor time for what is asked of a picture of so many megapixels. */
export function retouchPrice(retouch: Retouch, megapixels: number): number {
  const tools = toolsOf(retouch);
  const shared = tools.some(({ alone }) => alone === null) ? TABLES_MS + PASS_MS * megapixels : 0;
  return tools.reduce((sum, { alone }) => sum + (alone?.msPerMegapixel ?? 0) * megapixels, shared);
}

/** What the hungriest of them holds beside the picture. */
export function retouchBytes(retouch: Retouch, content: Size): number {
  return Math.max(
    ...toolsOf(retouch).map(({ alone }) => (alone === null ? 2 * RETOUCH_BYTES : alone.bytes(content))),
  );
}

/** In and out as numbers of 0 to 255. */
export const curvePoints = (curve: string): readonly (readonly [input: number, output: number])[] =>
  curve.split(";").map((pair) => {
    const [input = 0, output = 0] = pair.split(",").map(Number);
    return [input, output];
  });

/** From black to white along the diagonal. */
function isStraight(curve: string): boolean {
  const points = curvePoints(curve);
  return (
    points[0]?.[0] === 0 && points.at(-1)?.[0] === 255 && points.every(([input, output]) => input === output)
  );
}
