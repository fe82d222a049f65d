// PNG in, the host's half: chunks -> batches of bytes into the kernel, which inflates them -> rows.
//
// The file is never held: its bytes pass through, 64 KB at a time. Nothing is inflated before there is room
// for it, and nothing beyond the header's promise, so a bomb costs what its header said.

import { type Damage, type Outcome, refuse } from "../../../../formats/damage.ts";
import { colourAfter, type PngColour } from "../../../../formats/png/colour.ts";
import { decodableHeader, type PngHeader } from "../../../../formats/png/header.ts";
import { errorOf } from "../errors.ts";
import { type CrcExports, crcBy } from "./crc.ts";
import { inflatePieces, type PixelsExports, type RowsAnswer } from "./inflate.ts";
import { PngPieces, type ReadBytes } from "./pieces.ts";
import { inflateProfile, type ProfileExports } from "./profile.ts";

export type { RowsAnswer };

/** What of the kernel PNG in needs. */
export interface PngInExports extends PixelsExports, ProfileExports, CrcExports {
  alloc(bytes: number): number;
  pngInBegin(
    width: number,
    height: number,
    depth: number,
    colourType: number,
    interlaced: number,
    reduction: number,
  ): number;
  pngInPalette(at: number, count: number): number;
  pngInTransparency(at: number, length: number): number;
  /** 0: push more, 1: done, 2: a row lies at `pngInRow()`. */
  pngInStep(): number;
  pngInRow(): number;
}

export interface PngRows {
  /** What an interlaced picture is made smaller by while it is read: 1, 2, 4, 8 or 16. */
  readonly reduction?: number;
  /**
   * The header is known and the kernel is ready: the place to check sizes and set up what takes the rows.
   * `profile` is the file's ICC profile, if it has one that counts.
   */
  begin(header: PngHeader, profile: Uint8Array | undefined): Damage | undefined;
  /** Bytes have come: step the kernel until it wants more. `enough` ends the work before the file's end. */
  rows(): Promise<RowsAnswer> | RowsAnswer;
}

const scratchBytes = 64 << 10;

interface Preamble {
  readonly header: PngHeader;
  readonly colour: PngColour;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
}

/** Decodes a PNG, as far as it goes. Rejects only when `read` does. */
export async function decodePng(
  kernel: PngInExports,
  read: ReadBytes,
  rows: PngRows,
): Promise<Outcome<{ readonly isDamaged: boolean }>> {
  const scratch = kernel.alloc(scratchBytes);
  if (scratch === 0 || kernel.inflateOpen() === 0) return { ok: false, error: errorOf(-4) };
  const pieces = new PngPieces(read, crcBy(kernel, { at: scratch, bytes: scratchBytes }));
  const preamble = await readPreamble(pieces);
  if (!preamble.ok) return preamble;
  const { header, colour, first } = preamble.value;
  const profile = colour.space === "icc" ? inflateProfile(kernel, colour.deflated) : undefined;
  const error =
    openKernel(kernel, scratch, preamble.value, rows.reduction ?? 1) ?? rows.begin(header, profile);
  if (error) return { ok: false, error: error };
  return inflatePieces(kernel, pieces, first, () => rows.rows());
}

async function readPreamble(pieces: PngPieces): Promise<Outcome<Preamble & { readonly first: Uint8Array }>> {
  let header: PngHeader | undefined;
  let colour: PngColour = { space: "unknown" };
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  for (;;) {
    const piece = pieces.next();
    if (!piece) {
      await pieces.fetch();
      continue;
    }
    if (piece.kind === "broken") return { ok: false, error: piece.error };
    if (piece.kind === "end" || !header) {
      if (piece.kind !== "chunk" || piece.type !== "IHDR") return refuse("damaged", "it has no pixels");
      const parsed = decodableHeader(piece.body);
      if (!parsed.ok) return parsed;
      header = parsed.value;
    } else if (piece.kind === "pixels") {
      if (header.colourType === 3 && !palette) return refuse("damaged", "it has no palette");
      return { ok: true, value: { header, colour, palette, transparency, first: piece.bytes } };
    } else if (piece.kind === "doubtful") continue;
    else if (piece.type === "IHDR") return refuse("damaged", "it has two headers");
    else if (piece.type === "PLTE") {
      if (piece.body.length % 3 !== 0 || piece.body.length > 768)
        return refuse("damaged", "its palette has a wrong length");
      palette = piece.body;
    } else if (piece.type === "tRNS") transparency = piece.body;
    else colour = colourAfter(colour, piece.type, piece.body);
  }
}

function openKernel(
  kernel: PngInExports,
  scratch: number,
  file: Preamble,
  reduction: number,
): Damage | undefined {
  const { width, height, bitDepth, colourType, interlaced } = file.header;
  const shift = Math.log2(reduction);
  const status = kernel.pngInBegin(width, height, bitDepth, colourType, interlaced ? 1 : 0, shift);
  if (status < 0) return errorOf(status);
  const put = (bytes: Uint8Array) => new Uint8Array(kernel.memory.buffer).set(bytes, scratch);
  if (file.palette) {
    put(file.palette);
    const answer = kernel.pngInPalette(scratch, file.palette.length / 3);
    if (answer < 0) return errorOf(answer);
  }
  // A transparency that makes no sense for the type counts as absent, like any broken ancillary chunk.
  if (file.transparency && file.transparency.length <= 256) {
    put(file.transparency);
    kernel.pngInTransparency(scratch, file.transparency.length);
  }
  return undefined;
}
