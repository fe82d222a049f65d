// Which colours a frame paints and how often, in 32 steps a channel, each step with the mean of what fell into it.

export const STEPS = 32;

/** The steps that occur: `means[i]` is a canvas word that stands for `counts[i]` pixels. */
export interface ColourHistogram {
  readonly means: Uint32Array;
  readonly counts: Uint32Array;
}

/** Holds its megabyte of counters from frame to frame: left to the collector, 24 frames would pile up. */
export class ColourCounter {
  private readonly counts = new Uint32Array(STEPS ** 3);
  private readonly sums = new Float64Array(STEPS ** 3 * 3);

  /** Counts the opaque words; 0 means "not painted". */
  count(words: Uint32Array): ColourHistogram {
    const { counts, sums } = this;
    counts.fill(0);
    sums.fill(0);
    let used = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      if (word === 0) continue;
      const red = word & 255;
      const green = (word >>> 8) & 255;
      const blue = (word >>> 16) & 255;
      const step = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
      const count = counts[step] ?? 0;
      if (count === 0) used++;
      counts[step] = count + 1;
      const at = step * 3;
      sums[at] = (sums[at] ?? 0) + red;
      sums[at + 1] = (sums[at + 1] ?? 0) + green;
      sums[at + 2] = (sums[at + 2] ?? 0) + blue;
    }
    const histogram = { means: new Uint32Array(used), counts: new Uint32Array(used) };
    let next = 0;
    for (let step = 0; step < counts.length; step++) {
      const count = counts[step] ?? 0;
      if (count === 0) continue;
      const mean = (channel: number) => Math.round((sums[step * 3 + channel] ?? 0) / count);
      histogram.means[next] = (0xff000000 | (mean(2) << 16) | (mean(1) << 8) | mean(0)) >>> 0;
      histogram.counts[next++] = count;
    }
    return histogram;
  }
}
