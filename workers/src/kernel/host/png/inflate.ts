// Feeds a zlib stream to the kernel's inflate, which makes no byte more than there is room for.
//
// The platform's DecompressionStream takes all that it is given before anything is read: 880 KB of a PNG's pixels were 800 MB
// (docs/decisions/0061).

import { Damage, type Outcome } from "../../../../formats/damage.ts";
import type { PngPieces } from "./pieces.ts";

/** What of the kernel an inflate needs. */
export interface InflateExports {
  readonly memory: WebAssembly.Memory;
  /** Once a job; 0: no memory left. */
  inflateOpen(): number;
  inflateStart(): void;
  inflateBuffer(): number;
  inflateRoom(): number;
  inflatePush(bytes: number): void;
  inflateEnd(): void;
}

export interface PixelsExports extends InflateExports {
  /** 0: wants more bytes, 1: the stream has ended, 2: the rows at hand are to be worked off first. */
  pngInInflate(): number;
  /** Of what was inflated, bytes behind the last row. */
  pngInRest(): number;
  /** No more rows can be read: what is missing is blank from here on. Below 0: there is not even one. */
  pngInCut(): number;
}

/** `enough` ends the work before the file's end; `done`: there was the last row. */
export type RowsAnswer = "more" | "enough" | "done" | Damage;

const streamEnded = 1;
const isFull = 2;

/** What the kernel's inflate holds of its input at most. */
const INPUT_BYTES = 65_536;
/** Behind the last row: the stream's end, its sum, and an empty block that some writers add. What is longer is no picture's. */
const MOST_BYTES_BEHIND = 12;

/** Copies as much as fits; answers how many bytes that were. */
export function pushBytes(kernel: InflateExports, bytes: Uint8Array): number {
  const part = bytes.subarray(0, kernel.inflateRoom());
  const at = kernel.inflateBuffer();
  new Uint8Array(kernel.memory.buffer).set(part, at);
  kernel.inflatePush(part.length);
  return part.length;
}

/**
 * Brings a PNG's pixels to the kernel; `work` steps it through the rows at hand. A file that breaks off, or can't be read any further, gives
 * what it has; only one without a whole row is refused. Rejects only when reading the file or the work does.
 */
export async function inflatePieces(
  kernel: PixelsExports,
  pieces: PngPieces,
  first: Uint8Array,
  work: () => Promise<RowsAnswer> | RowsAnswer,
): Promise<Outcome<{ readonly isDamaged: boolean }>> {
  const progress: { answer: RowsAnswer; isDoubtful: boolean } = { answer: "more", isDoubtful: false };
  const inflate = async () => {
    for (let status = isFull; progress.answer === "more" && status === isFull; ) {
      status = kernel.pngInInflate();
      progress.answer = await work();
      if (progress.answer !== "more") return;
      if (status < 0) progress.answer = new Damage("its pixels don't inflate");
      else if (status === streamEnded) progress.answer = new Damage("its pixels end too early");
    }
  };
  let unread = 0;
  const add = async (bytes: Uint8Array) => {
    let rest = bytes;
    while (rest.length > 0 && progress.answer === "more") {
      rest = rest.subarray(pushBytes(kernel, rest));
      if (kernel.inflateRoom() === 0) await inflate();
    }
    unread = rest.length;
  };
  kernel.inflateStart();
  await add(first);
  let why: Damage | undefined;
  let isOver = false;
  while (progress.answer === "more" && !isOver) {
    const piece = pieces.next();
    if (!piece) await pieces.fetch();
    else if (piece.kind === "doubtful") progress.isDoubtful = true;
    else if (piece.kind === "broken") why = piece.error;
    else if (piece.kind === "pixels") await add(piece.bytes);
    // Nothing follows these.
    isOver = piece?.kind === "broken" || piece?.kind === "end";
  }
  if (progress.answer === "more") {
    kernel.inflateEnd();
    await inflate();
  }
  if (progress.answer === "done") {
    const bytes = unread + INPUT_BYTES - kernel.inflateRoom() + kernel.pngInRest();
    progress.isDoubtful ||= isOver ? bytes > MOST_BYTES_BEHIND : await isRestDoubtful(pieces, bytes);
  }
  if (typeof progress.answer !== "object") return { ok: true, value: { isDamaged: progress.isDoubtful } };
  const mayShowRest = progress.answer.code === "damaged" && kernel.pngInCut() >= 0;
  const rest = mayShowRest ? await work() : progress.answer;
  return typeof rest === "object"
    ? { ok: false, error: why ?? progress.answer }
    : { ok: true, value: { isDamaged: true } };
}

/**
 * The checksum of the last row's chunk stands behind it. More than a stream's end behind the last row, of which `bytes` have come already, may be
 * anything: a name, another picture.
 */
async function isRestDoubtful(pieces: PngPieces, bytes: number): Promise<boolean> {
  for (let behind = bytes; behind <= MOST_BYTES_BEHIND; ) {
    const piece = pieces.next();
    if (!piece) await pieces.fetch();
    else if (piece.kind === "pixels") behind += piece.bytes.length;
    else return piece.kind === "doubtful";
  }
  return true;
}
