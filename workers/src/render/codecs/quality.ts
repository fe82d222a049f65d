// One quality for all formats: what a JPEG of that quality looks like, told to the other encoders in their own numbers.

/**
 * Asked for (a libjpeg quality) -> libwebp's and libavif's (speed 9) numbers of the same SSIM, the mean of four photographs.
 * Fitted by bench/fit-quality.ts; docs/quality.md shows the curves.
 */
const alike = [
  { asked: 1, webp: 0, avif: 0 },
  { asked: 10, webp: 2, avif: 18 },
  { asked: 20, webp: 21, avif: 34 },
  { asked: 30, webp: 37, avif: 42 },
  { asked: 40, webp: 49, avif: 48 },
  { asked: 50, webp: 61, avif: 52 },
  { asked: 60, webp: 71, avif: 56 },
  { asked: 70, webp: 78, avif: 60 },
  { asked: 80, webp: 83, avif: 69 },
  { asked: 85, webp: 87, avif: 76 },
  { asked: 90, webp: 91, avif: 83 },
  { asked: 95, webp: 96, avif: 91 },
  { asked: 100, webp: 100, avif: 99 },
] as const;

/** The encoder's own number for a quality of 1..100. */
export function encoderQuality(encoder: "webp" | "avif", asked: number): number {
  const above = alike.find((row) => row.asked >= asked) ?? alike[alike.length - 1];
  const below = alike.findLast((row) => row.asked <= asked) ?? alike[0];
  if (!above || above.asked === below.asked) return below[encoder];
  const share = (asked - below.asked) / (above.asked - below.asked);
  return Math.round(below[encoder] + (above[encoder] - below[encoder]) * share);
}
