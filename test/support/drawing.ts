// Draws test pictures and reads answers back: four coloured quadrants, whose corners tell every turn and cut.
import type { Pixels } from "../../workers/src/geometry/pixels.ts";

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

export const RED: Rgba = [200, 40, 40, 255];
export const GREEN: Rgba = [40, 160, 60, 255];
export const BLUE: Rgba = [40, 60, 200, 255];
export const YELLOW: Rgba = [230, 210, 60, 255];

/** Red, green above blue, yellow. */
export function quadrants(width: number, height: number, colours = [RED, GREEN, BLUE, YELLOW]): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quadrant = (y * 2 < height ? 0 : 2) + (x * 2 < width ? 0 : 1);
      data.set(colours[quadrant] ?? RED, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

export function pixelAt({ width, height, data }: Pixels, x: number, y: number): Rgba {
  const at = (Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x))) * 4;
  const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
  return [red, green, blue, alpha];
}

/** The pixels in the middle of the four quadrants, in reading order. */
export function corners(pixels: Pixels): readonly Rgba[] {
  const { width, height } = pixels;
  return [
    pixelAt(pixels, width * 0.25, height * 0.25),
    pixelAt(pixels, width * 0.75, height * 0.25),
    pixelAt(pixels, width * 0.25, height * 0.75),
    pixelAt(pixels, width * 0.75, height * 0.75),
  ];
}

/** The largest difference of any channel between two lists of pixels. */
export function farthest(seen: readonly Rgba[], expected: readonly Rgba[]): number {
  return Math.max(
    ...expected.flatMap((pixel, index) =>
      pixel.map((value, channel) => Math.abs(value - (seen[index]?.[channel] ?? -255))),
    ),
  );
}
