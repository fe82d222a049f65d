// GIFs: screens and frames that disagree, and very many frames.

import { ascii, bytes, join, little16, repeat } from "./bytes.ts";

const palette = bytes(0, 0, 0, 255, 255, 255);

export const screen = (width: number, height: number) =>
  join(ascii("GIF89a"), little16(width), little16(height), bytes(0x80, 0, 0), palette);

export const trailer = bytes(0x3b);

export interface Frame {
  readonly left?: number;
  readonly top?: number;
  readonly width: number;
  readonly height: number;
  /** Code size byte and data sub-blocks; without them one pixel is drawn. */
  readonly data?: Uint8Array;
  readonly localPalette?: boolean;
  /** Its last row may be the second one to be shown, so that all of it must be unpacked. */
  readonly isInterlaced?: boolean;
}

/** Two-bit codes: clear, one pixel, end. */
const onePixel = bytes(2, 2, 0x44, 0x01, 0);

export const frame = ({
  left = 0,
  top = 0,
  width,
  height,
  data = onePixel,
  localPalette = false,
  isInterlaced = false,
}: Frame) =>
  join(
    bytes(0x2c),
    ...[left, top, width, height].map(little16),
    localPalette ? join(bytes(0x87), new Uint8Array(768)) : bytes(isInterlaced ? 0x40 : 0),
    data,
  );

/** What becomes of a frame: 2 = the paper again, 3 = what was there before. */
export const control = (disposal: number, delay = 0) =>
  join(bytes(0x21, 0xf9, 4, disposal << 2), little16(delay), bytes(0, 0));

export const gif = (width: number, height: number, ...parts: readonly Uint8Array[]) =>
  join(screen(width, height), ...parts, trailer);

/** One frame, so many times over. */
export const frames = (side: number, count: number, disposal = 0) =>
  gif(side, side, repeat(join(control(disposal), frame({ width: side, height: side })), count));

/**
 * A whole frame of one colour in few bytes: each LZW code stands for a run one pixel longer than the code before it.
 */
export function fullFrame(width: number, height: number): Uint8Array {
  let bits = 0n;
  let count = 0;
  const out: number[] = [];
  const put = (code: number, size: number) => {
    bits |= BigInt(code) << BigInt(count);
    count += size;
    while (count >= 8) {
      out.push(Number(bits & 255n));
      bits >>= 8n;
      count -= 8;
    }
  };
  const [clear, end] = [4, 5];
  let left = width * height;
  let size = 3;
  while (left > 0) {
    put(clear, size);
    size = 3;
    let next = 6;
    // Code 0 draws one pixel, code 6 two, code 7 three, …
    put(0, size);
    left -= 1;
    for (let run = 2; left > 0 && next < 4_095; run++) {
      put(next, size);
      next += 1;
      if (next === 1 << size && size < 12) size += 1;
      left -= run;
    }
  }
  put(end, size);
  put(0, 8);
  const data = Uint8Array.from(out);
  const blocks = Array.from({ length: Math.ceil(data.length / 255) }, (_, at) => {
    const block = data.subarray(at * 255, at * 255 + 255);
    return join(bytes(block.length), block);
  });
  return join(bytes(2), ...blocks, bytes(0));
}
