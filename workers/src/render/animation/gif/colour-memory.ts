// Remembers which palette index a colour got, since a picture's neighbours look alike.
import type { NearestColour } from "./nearest-colour.ts";

/** Bits a channel that are told apart: 64 steps, under half of what dithering moves a pixel anyway. */
const BITS = 6;
const SHIFT = 8 - BITS;
const UNKNOWN = -1;

/** Half a megabyte, so there is one an encoder rather than one a palette. */
export class ColourMemory {
  private readonly indices = new Int16Array(1 << (BITS * 3));
  private nearest: NearestColour | null = null;

  /** Whose answers are remembered from now on; another palette's are forgotten. */
  use(nearest: NearestColour): void {
    if (this.nearest === nearest) return;
    this.nearest = nearest;
    this.indices.fill(UNKNOWN);
  }

  /** The index for whole channels 0..255, exact to a step. */
  find(red: number, green: number, blue: number): number {
    const cell = ((red >> SHIFT) << (BITS * 2)) | ((green >> SHIFT) << BITS) | (blue >> SHIFT);
    const known = this.indices[cell] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const index = this.nearest?.search(red, green, blue) ?? 0;
    this.indices[cell] = index;
    return index;
  }
}
