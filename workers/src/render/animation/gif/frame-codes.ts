// What a GIF's frame is made of: its codes, its colours, the order of its rows.
import { Damage } from "../../../../formats/damage.ts";
import type { ColourTable, GifFrame } from "../../../../formats/gif/frames.ts";
import { type Unpacked, unpackIndices } from "./lzw-in.ts";

/** Of one that starts with codes of an impossible size. */
export const noCodes: Unpacked = { end: "garbage", written: 0 };

export const hasCodes = ({ minimumCodeSize }: GifFrame): boolean =>
  minimumCodeSize >= 1 && minimumCodeSize <= 8;

/** Fills `indices`, one for each pixel of the frame in the order in which they are stored. */
export function unpackFrame(bytes: Uint8Array, frame: GifFrame, indices: Uint8Array): Unpacked {
  return hasCodes(frame) ? unpackIndices(bytes, frame.codesAt, frame.minimumCodeSize, indices) : noCodes;
}

/** Why there is nothing to show, where not even the first row of a first frame came; a writer may stop where it likes. */
export function refusalOf(frame: GifFrame, { end, written }: Unpacked): Damage | null {
  if (end === "full" || end === "stopped" || written >= frame.width) return null;
  return end === "garbage"
    ? new Damage("its first frame holds impossible codes")
    : new Damage("it ends before its first row", { code: "truncated" });
}

const passes = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Where the n-th stored row of an interlaced frame is shown: every 8th, every 8th from 4, every 4th from 2, the odd. */
export function interlacedRow(stored: number, height: number): number {
  let row = stored;
  for (const [first, step] of passes) {
    const rows = rowsIn(height, first, step);
    if (row < rows) return first + row * step;
    row -= rows;
  }
  return height;
}

/** The other way round: which stored row is shown there. */
export function storedRow(shown: number, height: number): number {
  let before = 0;
  for (const [first, step] of passes) {
    if (shown % step === first) return before + (shown - first) / step;
    before += rowsIn(height, first, step);
  }
  return before;
}

const rowsIn = (height: number, first: number, step: number) =>
  Math.max(0, Math.ceil((height - first) / step));

/** 256 colours as canvas words; 0 (transparent) for the see-through index, black for indices the table lacks. */
export function coloursOf(
  bytes: Uint8Array,
  table: ColourTable | null,
  transparentIndex: number,
): Uint32Array {
  const colours = new Uint32Array(256).fill(0xff000000);
  for (let i = 0; i < (table?.count ?? 0); i++) {
    const at = (table?.at ?? 0) + i * 3;
    const [red = 0, green = 0, blue = 0] = bytes.subarray(at, at + 3);
    colours[i] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  }
  if (transparentIndex >= 0) colours[transparentIndex] = 0;
  return colours;
}
