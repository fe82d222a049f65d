// Finds the palette's nearest colour.

export class NearestColour {
  /** The palette as canvas words. */
  readonly colours: Uint32Array;
  /** Sorted by red + green + blue: a colour whose sum is far off cannot be near. Four numbers each: sum, r, g, b. */
  private readonly sorted: Int32Array;
  private readonly order: Int32Array;

  constructor(colours: Uint32Array) {
    this.colours = colours;
    const entries = Array.from(colours, (colour, index) => ({ index, channels: channelsOf(colour) }));
    entries.sort((a, b) => a.channels[0] - b.channels[0]);
    this.order = Int32Array.from(entries, ({ index }) => index);
    this.sorted = Int32Array.from(entries.flatMap(({ channels }) => channels));
  }

  /** The index for channels 0..255. By Cauchy, distance² >= (difference of sums)² / 3, which ends either walk early. */
  search(red: number, green: number, blue: number): number {
    const sorted = this.sorted;
    const sum = red + green + blue;
    const start = this.firstAtLeast(sum);
    let best = 0;
    let least = 0x7fffffff;
    for (let at = start; at < sorted.length; at += 4) {
      const gap = (sorted[at] ?? 0) - sum;
      if (gap * gap >= least * 3) break;
      const distance = squares(
        (sorted[at + 1] ?? 0) - red,
        (sorted[at + 2] ?? 0) - green,
        (sorted[at + 3] ?? 0) - blue,
      );
      if (distance < least) {
        best = at;
        least = distance;
      }
    }
    for (let at = start - 4; at >= 0; at -= 4) {
      const gap = (sorted[at] ?? 0) - sum;
      if (gap * gap >= least * 3) break;
      const distance = squares(
        (sorted[at + 1] ?? 0) - red,
        (sorted[at + 2] ?? 0) - green,
        (sorted[at + 3] ?? 0) - blue,
      );
      if (distance < least) {
        best = at;
        least = distance;
      }
    }
    return this.order[best >> 2] ?? 0;
  }

  private firstAtLeast(sum: number): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle * 4] ?? 0) < sum) low = middle + 1;
      else high = middle;
    }
    return low * 4;
  }
}

/** How far two canvas words lie apart: the sum of their channels' squared differences. */
export const squaredDistance = (a: number, b: number): number =>
  squares(
    (a & 255) - (b & 255),
    ((a >>> 8) & 255) - ((b >>> 8) & 255),
    ((a >>> 16) & 255) - ((b >>> 16) & 255),
  );

const squares = (red: number, green: number, blue: number): number => red * red + green * green + blue * blue;

function channelsOf(colour: number): [sum: number, red: number, green: number, blue: number] {
  const red = colour & 255;
  const green = (colour >>> 8) & 255;
  const blue = (colour >>> 16) & 255;
  return [red + green + blue, red, green, blue];
}
