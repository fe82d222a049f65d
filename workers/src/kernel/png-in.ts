// PNG in, the host's half: chunks -> the platform's inflate -> batches of bytes into the kernel -> rows.
//
// The file is never held: its bytes pass through, and inflated bytes cross into WASM 64 KB or more at a
// time. What inflates beyond the header's promise is dropped, so a bomb costs what its header said.

import { errorOf, fail, type KernelError, type KernelResult } from "./errors.ts";
import { type Crc, PngChunks, type PngPiece } from "./png-chunks.ts";
import { colourAfter, type PngColour, type PngHeader, parseIhdr } from "./png-header.ts";
import { inflateProfile } from "./png-profile.ts";

/** What of the kernel PNG in needs. */
export interface PngInExports {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
  pngCrc(crc: number, from: number, length: number): number;
  pngInBegin(width: number, height: number, depth: number, colourType: number, interlaced: number): number;
  pngInPalette(at: number, count: number): number;
  pngInTransparency(at: number, length: number): number;
  pngInBuffer(): number;
  pngInRoom(): number;
  pngInPush(bytes: number): number;
  /** 0: push more, 1: done, 2: a row lies at `pngInRow()`. */
  pngInStep(): number;
  pngInRow(): number;
}

/** The next bytes of the file; undefined at its end. */
export type ReadBytes = () => Promise<Uint8Array | undefined>;

export interface PngRows {
  /**
   * The header is known and the kernel is ready: the place to check sizes and set up what takes the rows.
   * `profile` is the file's ICC profile, if it has one that counts.
   */
  begin(header: PngHeader, profile: Uint8Array | undefined): KernelError | undefined;
  /** Bytes have come: step the kernel until it wants more. `enough` ends the work before the file's end. */
  rows(): Promise<RowsAnswer> | RowsAnswer;
}
export type RowsAnswer = "more" | "enough" | "done" | KernelError;

const batchBytes = 64 << 10;
const scratchBytes = 64 << 10;

interface Preamble {
  readonly header: PngHeader;
  readonly colour: PngColour;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
}

/** Decodes a whole PNG. Rejects only when `read` does. */
export async function decodePng(
  kernel: PngInExports,
  read: ReadBytes,
  rows: PngRows,
): Promise<KernelResult<PngHeader>> {
  const scratch = kernel.alloc(scratchBytes);
  if (scratch === 0) return fail(errorOf(-4));
  const pieces = piecesOf(read, crcBy(kernel, scratch));
  try {
    const preamble = await readPreamble(pieces);
    if (!preamble.ok) return preamble;
    const { header, colour, first } = preamble.value;
    const profile = colour.space === "icc" ? await inflateProfile(colour.deflated) : undefined;
    const error = openKernel(kernel, scratch, preamble.value) ?? rows.begin(header, profile);
    if (error) return fail(error);
    const broken = await inflateRows(kernel, pieces, first, rows);
    return broken ? fail(broken) : { ok: true, value: header };
  } finally {
    await pieces.return();
  }
}

/** All pieces of the file; a file that stops early ends in a broken piece. */
async function* piecesOf(read: ReadBytes, crc: Crc): AsyncGenerator<PngPiece, void, void> {
  const chunks = new PngChunks(crc);
  for (let bytes = await read(); bytes; bytes = await read()) {
    yield* chunks.push(bytes);
    if (chunks.ended) return;
  }
  yield { kind: "broken", error: { code: "truncated", reason: "The PNG ends too early." } };
}

async function readPreamble(
  pieces: AsyncGenerator<PngPiece, void, void>,
): Promise<KernelResult<Preamble & { readonly first: Uint8Array }>> {
  let header: PngHeader | undefined;
  let colour: PngColour = { space: "unknown" };
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    const piece = next.value;
    if (piece.kind === "broken") return fail(piece.error);
    if (piece.kind === "end" || !header) {
      if (piece.kind !== "chunk" || piece.type !== "IHDR") return fail(damaged("It has no pixels."));
      const parsed = parseIhdr(piece.body);
      if (!parsed.ok) return parsed;
      header = parsed.value;
    } else if (piece.kind === "pixels") {
      if (header.colourType === 3 && !palette) return fail(damaged("It has no palette."));
      return { ok: true, value: { header, colour, palette, transparency, first: piece.bytes } };
    } else if (piece.type === "IHDR") return fail(damaged("It has two headers."));
    else if (piece.type === "PLTE") {
      if (piece.body.length % 3 !== 0 || piece.body.length > 768)
        return fail(damaged("Its palette has a wrong length."));
      palette = piece.body;
    } else if (piece.type === "tRNS") transparency = piece.body;
    else colour = colourAfter(colour, piece.type, piece.body);
  }
  return fail(damaged("It has no pixels."));
}

function openKernel(kernel: PngInExports, scratch: number, file: Preamble): KernelError | undefined {
  const { width, height, bitDepth, colourType, interlaced } = file.header;
  const status = kernel.pngInBegin(width, height, bitDepth, colourType, interlaced ? 1 : 0);
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

/** Feeds the inflater and empties it at the same time; answers what went wrong, if anything. */
async function inflateRows(
  kernel: PngInExports,
  pieces: AsyncGenerator<PngPiece, void, void>,
  first: Uint8Array,
  rows: PngRows,
): Promise<KernelError | undefined> {
  const inflate = new DecompressionStream("deflate");
  const work: Work = { answer: "more" };
  const taking = takeRows(kernel, inflate.readable.getReader(), rows, work);
  let fed: KernelError | undefined;
  try {
    fed = await feed(inflate.writable.getWriter(), pieces, first, work, taking);
  } finally {
    // Whatever stopped the feeding, nobody may still be using the kernel when this function ends.
    await taking;
  }
  if (work.answer === "enough") return undefined;
  // What the file itself says is wrong explains the rest.
  if (fed) return fed;
  return typeof work.answer === "object" ? work.answer : undefined;
}

interface Work {
  answer: RowsAnswer;
}

async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  pieces: AsyncGenerator<PngPiece, void, void>,
  first: Uint8Array,
  work: Work,
  taking: Promise<void>,
): Promise<KernelError | undefined> {
  // Refusals by the inflater are seen, and judged, at its readable end. The race: a write would wait
  // for ever once nobody reads.
  const settle = (writing: Promise<void>) => Promise.race([writing.catch(() => undefined), taking]);
  // Copied, because the reader of the file may use its buffer again.
  const write = (bytes: Uint8Array) => settle(writer.write(new Uint8Array(bytes)));
  try {
    await write(first);
    // After the last row the rest of the file is still read: its CRCs and its end count.
    while (work.answer === "more" || work.answer === "done") {
      const { done, value: piece } = await pieces.next();
      if (done) return undefined;
      if (piece.kind === "broken") return piece.error;
      if (piece.kind === "pixels" && work.answer === "more") await write(piece.bytes);
    }
    return undefined;
  } finally {
    await settle(writer.close());
  }
}

async function takeRows(
  kernel: PngInExports,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  rows: PngRows,
  work: Work,
): Promise<void> {
  let waiting = 0;
  try {
    while (work.answer === "more") {
      const next = await reader.read().catch(() => undefined);
      const bytes = next?.value ?? new Uint8Array(0);
      let at = 0;
      do {
        const part = bytes.subarray(at, at + kernel.pngInRoom());
        new Uint8Array(kernel.memory.buffer).set(part, kernel.pngInBuffer());
        kernel.pngInPush(part.length);
        at += part.length;
        waiting += part.length;
        const isBatch = waiting >= batchBytes || at < bytes.length || !next?.value;
        if (isBatch) {
          waiting = 0;
          work.answer = await rows.rows();
          // Whoever takes rows takes all there are; without room nothing could ever move again.
          if (work.answer === "more" && kernel.pngInRoom() === 0) work.answer = errorOf(-5);
        }
      } while (at < bytes.length && work.answer === "more");
      if (work.answer !== "more") return;
      if (!next) work.answer = damaged("Its pixels don't inflate.");
      else if (next.done) work.answer = damaged("Its pixels end too early.");
    }
  } catch (cause) {
    work.answer = damaged("The work on its rows failed.");
    throw cause;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** CRCs are computed in WASM, several times faster than a table in JavaScript. */
function crcBy(kernel: PngInExports, scratch: number): Crc {
  return (crc, bytes) => {
    let sum = crc;
    for (let at = 0; at < bytes.length; at += scratchBytes) {
      const part = bytes.subarray(at, at + scratchBytes);
      new Uint8Array(kernel.memory.buffer).set(part, scratch);
      sum = kernel.pngCrc(sum, scratch, part.length);
    }
    return sum;
  };
}

const damaged = (why: string): KernelError => ({ code: "damaged", reason: `The PNG is damaged. ${why}` });
