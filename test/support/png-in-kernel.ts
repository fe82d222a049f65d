// A PNG through the kernel's own reader, in pieces as a network hands them over; and PNGs of every type to read.
import { beforeEach } from "vitest";
import { Damage } from "../../workers/formats/damage.ts";
import { decodePng, type PngInExports } from "../../workers/src/kernel/host/png/in.ts";
import { instantiateKernel } from "./kernel-exports.ts";
import type { PngShape } from "./png-writer.ts";

export const kernel = instantiateKernel<PngInExports>(["pngInBegin", "pngInStep", "pngCrc"]);
const limit = 64 << 20;

beforeEach(() => {
  kernel.reset();
  kernel.setMemoryLimit(limit);
});

export async function decode(file: Uint8Array, pieceBytes = 1000) {
  kernel.reset();
  let at = 0;
  const out: Uint8Array[] = [];
  let width = 0;
  let found: Uint8Array | undefined;
  const result = await decodePng(
    kernel,
    async () => {
      const piece = file.subarray(at, at + pieceBytes);
      at += piece.length;
      return piece.length > 0 ? piece : undefined;
    },
    {
      begin(header, profile) {
        width = header.width;
        found = profile;
        return undefined;
      },
      rows() {
        for (;;) {
          const status = kernel.pngInStep();
          if (status === 0) return "more";
          if (status === 1) return "done";
          if (status < 0) return new Damage(`status ${status}`);
          out.push(new Uint8Array(kernel.memory.buffer, kernel.pngInRow(), width * 4).slice());
        }
      },
    },
  );
  return { result, pixels: Buffer.concat(out), profile: found };
}

export const smooth = (most: number) => (x: number, y: number, channel: number) =>
  Math.round((Math.sin(x / 7 + channel) + Math.cos(y / 5 - channel) + 2) * 0.25 * most);

export const types = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const;
export function shapeOf(
  colourType: number,
  bitDepth: number,
  size: { width: number; height: number; interlaced?: boolean },
): PngShape {
  const entries = 1 << Math.min(bitDepth, 8);
  const palette = Uint8Array.from({ length: entries * 3 }, (_, i) => (i * 37) & 255);
  return { ...size, colourType, bitDepth, ...(colourType === 3 ? { palette } : {}) };
}
