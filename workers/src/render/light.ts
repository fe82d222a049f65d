// How light a colour is: shares of the channels by Rec. 709, on values as stored, as CSS `saturate()` and `grayscale()` take them, so that
// `saturation=0` is the grey that a browser shows. sharp weighs linear light; its greys of strong colours are lighter.
export const RED = 0.2126;
export const GREEN = 0.7152;
export const BLUE = 0.0722;

/** Light, 0..255, of the pixel of RGBA at `at`. */
export function lightAt(data: Uint8ClampedArray, at: number): number {
  return RED * (data[at] ?? 0) + GREEN * (data[at + 1] ?? 0) + BLUE * (data[at + 2] ?? 0);
}
