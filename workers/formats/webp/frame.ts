// ANMF: a frame's place, time and manner, and behind them chunks of its own (RFC 9649, section 2.7.1.2).
import type { ByteSink } from "../bytes/byte-sink.ts";
import { triple } from "../bytes/numbers.ts";

/** In front of a frame's own chunks. */
export const frameHeaderBytes = 16;

const CLEARS_AFTER = 1;
/** Replace the pixels rather than blend with them. */
const NO_BLENDING = 2;

export interface FrameHeader {
  /** Always even: they are stored halved. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly delayMs: number;
  readonly blends: boolean;
  readonly clearsAfter: boolean;
}

export function frameHeaderOf(payload: Uint8Array): FrameHeader {
  const flags = payload[15] ?? 0;
  return {
    x: triple(payload, 0) * 2,
    y: triple(payload, 3) * 2,
    width: triple(payload, 6) + 1,
    height: triple(payload, 9) + 1,
    delayMs: triple(payload, 12),
    blends: (flags & NO_BLENDING) === 0,
    clearsAfter: (flags & CLEARS_AFTER) !== 0,
  };
}

/** A whole frame; its chunks are written by `writeBody`. */
export function writeFrame(sink: ByteSink, header: FrameHeader, writeBody: () => void): void {
  sink.text("ANMF");
  const lengthAt = sink.length;
  sink.long(0);
  sink.triple(header.x / 2);
  sink.triple(header.y / 2);
  sink.triple(header.width - 1);
  sink.triple(header.height - 1);
  sink.triple(Math.min(0xffffff, Math.round(header.delayMs)));
  sink.byte((header.blends ? 0 : NO_BLENDING) | (header.clearsAfter ? CLEARS_AFTER : 0));
  writeBody();
  sink.patchLong(lengthAt, sink.length - lengthAt - 4);
}
