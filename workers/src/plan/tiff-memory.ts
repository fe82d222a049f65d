// What reading a TIFF takes besides the kernel: rows on their way, a tile's height of them where it is tiled, and what unpacks them.
import type { Size } from "../../../schema/facts.ts";
import { planMemory } from "./kernel-memory.ts";
import type { OriginalFacts } from "./stored-facts.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** Of rows that are unpacked and painted at a time, both together. */
export const tiffBatchBytes = 256 * KiB;
/** Streams, tables, the directory and its lists. */
const BASE_BYTES = 1 * MiB;
/** What streams run ahead, and how far Zstandard may reach back; nothing reaches behind the picture. */
const MOST_AHEAD_BYTES = 6 * MiB;
/** A file that lies backwards is held, up to so much. */
const MOST_HELD_BYTES = 4 * MiB;
/** A stream and what unpacks it. */
const PLANE_BYTES = 640 * KiB;
/** Planes beyond these are not read. */
const MOST_PLANES = 5;

export type TiffFacts = Pick<OriginalFacts, "width" | "height" | "samplesPerPixel" | "bitDepth" | "coded">;

export function tiffBytes(facts: TiffFacts, fileBytes: number): number {
  const { width, samplesPerPixel, bitDepth } = facts;
  // Of an unknown depth we expect two bytes.
  const pixelBytes = Math.ceil((samplesPerPixel * (bitDepth ?? 16)) / 8);
  // Four rows may share their colours, and come together.
  const batch = Math.max(2 * tiffBatchBytes, 4 * width * (4 + pixelBytes));
  const rawBytes = width * facts.height * pixelBytes;
  const ahead = Math.min(3 * rawBytes, MOST_AHEAD_BYTES);
  const planes = Math.min(Math.min(samplesPerPixel, MOST_PLANES) * PLANE_BYTES, 2 * rawBytes);
  const held = Math.min(fileBytes, MOST_HELD_BYTES);
  return BASE_BYTES + ahead + held + batch + planes + heldBytes(facts, pixelBytes);
}

/** In a row from before tiles were told there may be any. */
const unknownTile = { width: 512, height: 512, pixels: 1 } as const;

/** Rows of pixels as high as a tile, twice before the collector comes, and the tile; a JPEG's kernel. */
function heldBytes({ width, height, coded = unknownTile }: TiffFacts, pixelBytes: number): number {
  if (!coded) return 0;
  const rows = Math.min(coded.height, height);
  return 8 * width * rows + coded.width * coded.height * pixelBytes + jpegPieceBytes(coded);
}

/** What a kernel takes to decode a strip or tile that is a JPEG. */
export function jpegPieceBytes({ width, height }: Size): number {
  const size = { width, height };
  const shape = { stored: size, window: { x: 0, y: 0, ...size }, size, turn: 1 } as const;
  return planMemory({ kind: "jpeg", progressive: false, samplesPerPixel: 4 }, shape, { kind: "pixels" })
    .wasmBytes;
}
