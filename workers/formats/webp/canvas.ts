// VP8X and ANIM: what the extended format says of the whole file (RFC 9649, sections 2.7.1 and 2.7.1.1).
import type { ByteSink } from "../bytes/byte-sink.ts";
import { triple, word } from "../bytes/numbers.ts";
import { headBytes, headOf, insideRiff } from "./riff.ts";

/** Bits of the first byte of VP8X. */
export const canvasFlags = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04, animation: 0x02 } as const;

export interface Canvas {
  readonly flags: number;
  readonly width: number;
  readonly height: number;
}

export const canvasBytes = 10;
/** Where its flags stand in a file that has one. */
export const canvasFlagsAt = 20;
export const animationBytes = 6;

export function canvasOf(payload: Uint8Array): Canvas {
  return { flags: payload[0] ?? 0, width: 1 + triple(payload, 4), height: 1 + triple(payload, 7) };
}

export function writeCanvas(sink: ByteSink, { flags, width, height }: Canvas): void {
  sink.text("VP8X");
  sink.long(canvasBytes);
  sink.long(flags);
  sink.triple(width - 1);
  sink.triple(height - 1);
}

/** libwebp's plain decoder refuses files that move. */
export function isMoving(file: Uint8Array): boolean {
  const { id } = headOf((insideRiff(file) ?? new Uint8Array(0)).subarray(0, headBytes));
  return id === "VP8X" && ((file[canvasFlagsAt] ?? 0) & canvasFlags.animation) !== 0;
}

/** How often all frames are shown; 0 = for ever. The background colour in front of it is a hint that browsers ignore. */
export const playsOf = (payload: Uint8Array): number => word(payload, 4);

export function writeAnimation(sink: ByteSink, plays: number): void {
  sink.text("ANIM");
  sink.long(animationBytes);
  sink.long(0);
  sink.word(Math.min(65_535, plays));
}
