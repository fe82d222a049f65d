// What a TIFF's numbers mean (TIFF 6.0, "PhotometricInterpretation"), and which of them are alpha.
import type { Value } from "./directory.ts";

export const photometrics = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  mask: 4,
  inks: 5,
  ycc: 6,
  lab: 8,
  iccLab: 9,
} as const;

/** Old and new. */
export const isJpeg = (compression: number) => compression === 6 || compression === 7;

/** Samples of a pixel that are colour. */
export function colourSamples(photometric: number): number {
  const { rgb, inks, ycc, lab, iccLab } = photometrics;
  if (photometric === inks) return 4;
  return [rgb, ycc, lab, iccLab].some((three) => three === photometric) ? 3 : 1;
}

export const premultiplied = 1;
const straight = 2;

/**
 * One sample more than there are colours is alpha, whether the file says so or not: as libtiff and libvips have it. Of several the first
 * counts where the file calls it alpha and says so in place.
 */
export function hasAlpha(samples: number, photometric: number, extra: Value | undefined): boolean {
  const more = samples - colourSamples(photometric);
  if (photometric === photometrics.inks || more < 1) return false;
  return more === 1 || (extra?.count === 2 && (extra.value === premultiplied || extra.value === straight));
}
