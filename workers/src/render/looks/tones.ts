// Looks that know nothing but a colour: all of them in a row are one cube, and one pass of the kernel.
import type { Pixels } from "../../geometry/pixels.ts";
import { CUBE_SIDE, type PixelTables, TONE_WHITE } from "../../kernel/host/retouch.ts";
import { isMixedAfter, type Looks } from "../../plan/looks.ts";
import { kernel, orRefuse } from "../codecs/kernel.ts";
import { plainTables } from "../retouch/tables.ts";
import { filmOf, inksOf, type Recolour } from "./colours.ts";
import { filtered } from "./filters.ts";
import { place } from "./lattice.ts";

/** Made once for all frames of a picture. */
interface Kept {
  film?: Promise<PixelTables | null>;
  inks?: Promise<PixelTables | null>;
}
const kept = new WeakMap<Looks, Kept>();

export async function film(pixels: Pixels, looks: Looks): Promise<void> {
  const isAll = !standsBetween(looks);
  const tables = keptOf(looks);
  tables.film ??= cubeOf(looks, true, [...filmOf(looks), ...(isAll ? inksOf(looks) : [])]);
  await recolour(pixels, await tables.film);
}

export async function inks(pixels: Pixels, looks: Looks): Promise<void> {
  if (!standsBetween(looks)) return;
  const tables = keptOf(looks);
  tables.inks ??= cubeOf(looks, false, inksOf(looks));
  await recolour(pixels, await tables.inks);
}

const standsBetween = ({ pixelate, threshold, halftone, dither }: Looks) =>
  [pixelate, threshold, halftone, dither].some((value) => value !== undefined);

function keptOf(looks: Looks): Kept {
  const tables = kept.get(looks) ?? {};
  kept.set(looks, tables);
  return tables;
}

async function recolour(pixels: Pixels, tables: PixelTables | null): Promise<void> {
  if (tables) orRefuse(await kernel.retouch(pixels, tables));
}

async function cubeOf(
  looks: Looks,
  isFirst: boolean,
  changes: readonly Recolour[],
): Promise<PixelTables | null> {
  const filter = isFirst ? looks.filter : undefined;
  if (filter === undefined && changes.length === 0) return null;
  const share = isMixedAfter(looks) ? 1 : (looks.look ?? 1);
  const begun = filter === undefined ? null : await filtered(filter);
  const cube = new Int16Array(CUBE_SIDE ** 3 * 4);
  const [was, colour] = [new Float64Array(3), new Float64Array(3)];
  for (let point = 0, at = 0; at < cube.length; point++, at += 4) {
    place(point, was);
    for (let channel = 0; channel < 3; channel++)
      colour[channel] = begun ? (begun[at + channel] ?? 0) / 255 : (was[channel] ?? 0);
    for (const change of changes) change(colour);
    for (let channel = 0; channel < 3; channel++) {
      const before = was[channel] ?? 0;
      const made = Math.min(1, Math.max(0, colour[channel] ?? 0));
      cube[at + channel] = Math.round((before + (made - before) * share) * TONE_WHITE);
    }
  }
  return { ...plainTables(), cube };
}
