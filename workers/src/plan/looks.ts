// Looks: what is neutral, and what each takes. One row a look; a parameter without a row does not compile.
import type { Size } from "../../../schema/facts.ts";
import type { LookName } from "../../../schema/looks.ts";
import type { Transform } from "../../../schema/transform.ts";
import { isClear } from "./colour.ts";
import { RETOUCH_BYTES } from "./kernel-memory.ts";
import { PASS_MS, TABLES_MS } from "./retouch.ts";

/** What is not at rest, by name; `look` where it is not all of it. */
export type Looks = { readonly [Name in LookName]?: NonNullable<Transform[Name]> };

interface Look<Value> {
  readonly isNeutral: (value: Value) => boolean;
  /** Knows a pixel's colour and nothing else: all of these in a row share one pass. Else milliseconds for a megapixel. */
  readonly msPerMegapixel: number | null;
  /** Rows above and below that it looks at. */
  readonly overlap?: (value: Value, content: Size) => number;
  /** Bytes for a pixel of its strips, beside the picture. */
  readonly bytesPerPixel?: number;
  /** What the loss of a JPEG at quality 95 is seen through: such a picture does not start from its original's master. */
  readonly bringsOut: boolean;
}

const atZero = (value: number) => value === 0;
const never = () => false;
const inPass = { isNeutral: atZero, msPerMegapixel: null, bringsOut: false } as const;
const always = { ...inPass, isNeutral: never } as const;
const around = { isNeutral: atZero, bringsOut: false } as const;

const shorter = ({ width, height }: Size) => Math.min(width, height);
/** Of the shorter side: 15 pixels of 1200 at most. */
const WIDEST_STROKE = 0.012;
/** And no more of any. */
const WIDEST_PIXELS = 40;
/** 24 pixels of 1200. */
const ROUGHEST_GLASS = 0.02;

/** How far around a pixel its stroke may lie. */
export const strokeOf = (oil: number, content: Size): number =>
  Math.min(
    shorter(content) - 1,
    WIDEST_PIXELS,
    1 + Math.round((oil / 100) * WIDEST_STROKE * shorter(content)),
  );

/** How far frosted glass scatters a pixel. */
export const scatterOf = (frosted: number, content: Size): number =>
  Math.max(1, Math.round((frosted / 100) * ROUGHEST_GLASS * shorter(content)));

/** Most of a strip is to be new, and none to be large. */
const STRIP_PIXELS = 160_000;

/** Rows of a strip that is looked at with so many above and below. */
export const lookRows = (overlap: number, width: number): number =>
  Math.max(32, 2 * overlap, Math.min(6 * overlap, Math.floor(STRIP_PIXELS / width)));

/** Pixels of such a strip, at most. */
export const stripPixels = ({ width, height }: Size, overlap: number): number =>
  width * Math.min(height, lookRows(overlap, width) + 2 * overlap);

export const looks: { readonly [Name in LookName]: Look<NonNullable<Transform[Name]>> } = {
  oil: { ...around, msPerMegapixel: 70, overlap: strokeOf, bytesPerPixel: 22 },
  frosted: { ...around, msPerMegapixel: 25, overlap: scatterOf, bytesPerPixel: 10 },
  edges: { ...around, msPerMegapixel: 30, overlap: () => 1, bytesPerPixel: 9, bringsOut: true },
  emboss: { ...around, msPerMegapixel: 30, overlap: () => 1, bytesPerPixel: 9, bringsOut: true },
  filter: always,
  grayscale: always,
  sepia: inPass,
  pixelate: { ...around, isNeutral: (side) => side < 2, msPerMegapixel: 12 },
  threshold: { ...around, isNeutral: never, msPerMegapixel: 12, bringsOut: true },
  halftone: { ...around, msPerMegapixel: 20 },
  dither: { ...around, isNeutral: never, msPerMegapixel: 60 },
  monochrome: { ...inPass, isNeutral: isClear },
  duotone: { ...inPass, isNeutral: (colours) => colours.split(",").every(isClear) },
  invert: always,
  solarize: { ...inPass, bringsOut: true },
  // Not a look, but how much of them.
  look: { ...around, isNeutral: (share) => share === 1, msPerMegapixel: 8 },
};

const named = (asked: object) => Object.keys(asked).map((name) => name as LookName);

/** What of a transform is a look; undefined where all of it is at rest. */
export function looksOf(transform: Transform): Looks | undefined {
  if (transform.look === 0) return undefined;
  const asked = named(looks).flatMap((name) => {
    const value = transform[name];
    return value === undefined || looks[name].isNeutral(value as never) ? [] : [[name, value] as const];
  });
  return asked.every(([name]) => name === "look") ? undefined : Object.fromEntries(asked);
}

export const looksBringOut = (asked: Looks): boolean => named(asked).some((name) => looks[name].bringsOut);

/** The picture as it was stands beside what becomes of it, unless colours alone change: then their table is mixed. */
export const isMixedAfter = (asked: Looks): boolean =>
  asked.look !== undefined &&
  named(asked).some((name) => name !== "look" && looks[name].msPerMegapixel !== null);

/** Milliseconds of processor time for a picture of so many megapixels. */
export function looksPrice(asked: Looks, megapixels: number): number {
  const own = named(asked).reduce((sum, name) => sum + (looks[name].msPerMegapixel ?? 0), 0) * megapixels;
  // Before what works on a grid and behind it.
  const passes = Math.min(2, named(asked).filter((name) => looks[name].msPerMegapixel === null).length);
  return own + passes * (TABLES_MS + PASS_MS * megapixels);
}

/** What they hold beside the picture. */
export function looksBytes(asked: Looks, content: Size): number {
  const strips = named(asked).map((name) => {
    const { msPerMegapixel, overlap, bytesPerPixel = 0 } = looks[name];
    // Photon is asked for a table, and the kernel holds it.
    if (msPerMegapixel === null) return 2 * RETOUCH_BYTES + (asked.filter ? FILTER_BYTES : 0);
    const around = overlap?.(asked[name] as never, content) ?? 0;
    return LINE_BYTES + bytesPerPixel * stripPixels(content, around);
  });
  const before = isMixedAfter(asked) ? 4 * content.width * content.height : 0;
  return before + Math.max(...strips);
}

/** Photon with all colours of a lattice. */
const FILTER_BYTES = 4 * 1024 * 1024;
/** Errors that are passed on, sums of a row of squares: of the widest line. */
const LINE_BYTES = 1024 * 1024;
