// How light a colour is, 0..255, by Rec. 709 on values as stored: as `saturation` has it.
export const RED = 0.2126;
export const GREEN = 0.7152;
export const BLUE = 0.0722;

/** Light of the pixel of RGBA at `at`. */
export function lightAt(data: Uint8ClampedArray, at: number): number {
  return RED * (data[at] ?? 0) + GREEN * (data[at + 1] ?? 0) + BLUE * (data[at + 2] ?? 0);
}
