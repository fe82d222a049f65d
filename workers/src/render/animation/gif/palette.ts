// The colours a frame is written with: its own where they are few, else the best that a palette can hold.
import { ColourCounter, type ColourHistogram } from "./colour-histogram.ts";
import { NearestColour, squaredDistance } from "./nearest-colour.ts";
import { ColourSplitter } from "./split-colours.ts";

export interface Palette {
  readonly nearest: NearestColour;
  /** Set where the palette holds every colour of its frame: canvas word -> index. */
  readonly exact: ReadonlyMap<number, number> | null;
  /** Mean squared error a channel over the frame it was made for. */
  readonly error: number;
}

/** Rounds of moving each colour to the mean of the pixels nearest to it; more than two change nothing to see. */
const REFINEMENTS = 2;
/** Two levels a channel: nobody sees it, and a colour table of up to 768 bytes is saved. */
const INVISIBLE_ERROR = 4;
/** A colour of its own table costs three bytes: with fewer pixels than this to use it, an earlier table is cheaper. */
const PIXELS_FOR_A_COLOUR = 24;
/** How much worse than on its own frame an earlier palette may do. */
const REUSE_SLACK = 1.15;

/** The palette for one frame, and how far it is off there. */
export interface Choice {
  readonly palette: Palette;
  /** Whether the difference can be seen, so that dithering is worth its noise. */
  readonly isVisiblyOff: boolean;
}

export class PaletteChooser {
  private readonly counter = new ColourCounter();
  private readonly splitter = new ColourSplitter();

  /**
   * The palette for the opaque words of a frame (0 = not painted). One of the `earlier` ones is taken when it shows this
   * frame about as well as it showed its own.
   */
  choose(words: Uint32Array, maxColours: number, earlier: readonly Palette[]): Choice {
    const few = fewColours(words, maxColours);
    if (few) {
      const same = earlier.find(({ exact }) => exact && few.every((word) => exact.has(word)));
      if (same) return { palette: same, isVisiblyOff: false };
    }
    const histogram = this.counter.count(words);
    const painted = histogram.counts.reduce((sum, count) => sum + count, 0);
    if (!few || painted < few.length * PIXELS_FOR_A_COLOUR) {
      for (const palette of earlier) {
        const error = meanError(histogram, palette.nearest);
        const worst = few ? INVISIBLE_ERROR : Math.max(INVISIBLE_ERROR, palette.error * REUSE_SLACK);
        if (error <= worst)
          return { palette: { ...palette, exact: null }, isVisiblyOff: error > INVISIBLE_ERROR };
      }
    }
    if (few) {
      const exact = new Map(few.map((word, index) => [word, index]));
      const palette = { nearest: new NearestColour(Uint32Array.from(few)), exact, error: 0 };
      return { palette, isVisiblyOff: false };
    }
    let nearest = new NearestColour(this.splitter.split(histogram, maxColours));
    for (let round = 0; round < REFINEMENTS; round++) nearest = refine(histogram, nearest);
    const error = meanError(histogram, nearest);
    return { palette: { nearest, exact: null, error }, isVisiblyOff: error > INVISIBLE_ERROR };
  }
}

/** Each colour that occurs, or null when they are too many. */
function fewColours(words: Uint32Array, maxColours: number): number[] | null {
  const found = new Set<number>();
  let last = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    if (word === last || word === 0) continue;
    found.add(word);
    if (found.size > maxColours) return null;
    last = word;
  }
  return [...found];
}

/** One round of k-means over the histogram. */
function refine({ means, counts }: ColourHistogram, nearest: NearestColour): NearestColour {
  const sums = new Float64Array(nearest.colours.length * 4);
  for (let i = 0; i < means.length; i++) {
    const mean = means[i] ?? 0;
    const count = counts[i] ?? 0;
    const at = nearestTo(nearest, mean) * 4;
    sums[at] = (sums[at] ?? 0) + (mean & 255) * count;
    sums[at + 1] = (sums[at + 1] ?? 0) + ((mean >>> 8) & 255) * count;
    sums[at + 2] = (sums[at + 2] ?? 0) + ((mean >>> 16) & 255) * count;
    sums[at + 3] = (sums[at + 3] ?? 0) + count;
  }
  const moved = nearest.colours.map((colour, index) => {
    const [red = 0, green = 0, blue = 0, count = 0] = sums.subarray(index * 4, index * 4 + 4);
    if (count === 0) return colour;
    const mean = (sum: number) => Math.round(sum / count);
    return (0xff000000 | (mean(blue) << 16) | (mean(green) << 8) | mean(red)) >>> 0;
  });
  return new NearestColour(moved);
}

function meanError({ means, counts }: ColourHistogram, nearest: NearestColour): number {
  let error = 0;
  let pixels = 0;
  for (let i = 0; i < means.length; i++) {
    const mean = means[i] ?? 0;
    const count = counts[i] ?? 0;
    error += squaredDistance(nearest.colours[nearestTo(nearest, mean)] ?? 0, mean) * count;
    pixels += count;
  }
  return pixels === 0 ? 0 : error / (pixels * 3);
}

const nearestTo = (nearest: NearestColour, word: number): number =>
  nearest.search(word & 255, (word >>> 8) & 255, (word >>> 16) & 255);
