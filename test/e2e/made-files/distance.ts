// How far two readers' pictures of one file lie apart.
import sharp from "sharp";
import { deltaE } from "../../support/delta-e.ts";

export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Nothing of it is seen. */
export const isClear = ({ rgba }: Seen) => rgba.every((sample, at) => at % 4 !== 3 || sample === 0);

/** So many pixels, spread over the picture, tell as much as all of them. */
const MOST_COMPARED = 10_000;

/**
 * The mean Delta E (CIE 1976) on a white page; null where the sizes differ. Of a damaged file only what both show counts: what stands
 * in the place of missing rows is each reader's own.
 */
export function distanceOf(one: Seen, other: Seen, isDamaged: boolean): number | null {
  if (one.width !== other.width || one.height !== other.height) return null;
  const step = Math.max(1, Math.floor((one.width * one.height) / MOST_COMPARED));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let at = 0; at < one.rgba.length; at += 4 * step) {
    if (isDamaged && !(one.rgba[at + 3] && other.rgba[at + 3])) continue;
    putOnWhite(one.rgba, at, ours);
    putOnWhite(other.rgba, at, theirs);
  }
  return ours.length === 0 ? 0 : deltaE(Uint8Array.from(ours), Uint8Array.from(theirs)).mean;
}

const AFAR = 32;

/** The same, of both at 32 x 32: what coding does to single pixels is not seen, what stands elsewhere is. */
export async function distanceFromAfar(one: Seen, other: Seen): Promise<number | null> {
  const [near, far] = await Promise.all([fromAfar(one), fromAfar(other)]);
  return distanceOf(near, far, false);
}

async function fromAfar({ width, height, rgba }: Seen): Promise<Seen> {
  const small = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .flatten({ background: "white" })
    .resize(AFAR, AFAR, { fit: "fill" })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return { width: AFAR, height: AFAR, rgba: small };
}

function putOnWhite(rgba: Uint8Array, at: number, pixels: number[]): void {
  const share = (rgba[at + 3] ?? 0) / 255;
  for (let channel = at; channel < at + 3; channel++)
    pixels.push(Math.round((rgba[channel] ?? 0) * share + 255 * (1 - share)));
  pixels.push(255);
}
