// How often each image is looked at, by Zipf's law: the most popular ones by themselves, the others in bands of like ranks.
import type { Deployment } from "./settings.ts";

export interface Band {
  readonly images: number;
  /** Of each image in it. */
  readonly viewsPerDay: number;
}

const ALONE = 200;
const BANDS_A_DECADE = 40;

export function bandsOf({ images, viewsPerDay, zipf }: Deployment): readonly Band[] {
  const bands: { images: number; weight: number }[] = [];
  for (let rank = 1; rank <= images; ) {
    const end = rank < ALONE ? rank + 1 : Math.min(images + 1, Math.ceil(rank * 10 ** (1 / BANDS_A_DECADE)));
    bands.push({ images: end - rank, weight: Math.sqrt(rank * (end - 1)) ** -zipf });
    rank = end;
  }
  const total = bands.reduce((sum, band) => sum + band.images * band.weight, 0);
  return bands.map((band) => ({ images: band.images, viewsPerDay: (viewsPerDay * band.weight) / total }));
}
