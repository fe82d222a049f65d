// Feeds a zlib stream to the kernel's inflate, which makes no byte more than there is room for.
//
// The platform's DecompressionStream takes all that it is given before anything is read: 880 KB of a PNG's pixels were 800 MB
// (docs/decisions/0061).

import { Damage } from "../../../../formats/damage.ts";
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
}

/** `enough` ends the work before the file's end; `done` still has the file's end checked. */
export type RowsAnswer = "more" | "enough" | "done" | Damage;

const streamEnded = 1;
const isFull = 2;

/** Copies as much as fits; answers how many bytes that were. */
export function pushBytes(kernel: InflateExports, bytes: Uint8Array): number {
  const part = bytes.subarray(0, kernel.inflateRoom());
  const at = kernel.inflateBuffer();
  new Uint8Array(kernel.memory.buffer).set(part, at);
  kernel.inflatePush(part.length);
  return part.length;
}

/**
 * Brings a PNG's pixels to the kernel; `work` steps it through the rows at hand. Answers what went wrong, if anything. Rejects only when
 * reading the file or the work does.
 */
export async function inflatePieces(
  kernel: PixelsExports,
  pieces: PngPieces,
  first: Uint8Array,
  work: () => Promise<RowsAnswer> | RowsAnswer,
): Promise<Damage | undefined> {
  const progress: { answer: RowsAnswer } = { answer: "more" };
  const inflate = async () => {
    for (let status = isFull; progress.answer === "more" && status === isFull; ) {
      status = kernel.pngInInflate();
      progress.answer = await work();
      if (progress.answer !== "more") return;
      if (status < 0) progress.answer = new Damage("its pixels don't inflate");
      else if (status === streamEnded) progress.answer = new Damage("its pixels end too early");
    }
  };
  const add = async (bytes: Uint8Array) => {
    for (let rest = bytes; rest.length > 0 && progress.answer === "more"; ) {
      rest = rest.subarray(pushBytes(kernel, rest));
      if (kernel.inflateRoom() === 0) await inflate();
    }
  };
  kernel.inflateStart();
  await add(first);
  // After the last row, or the first wrong one, the rest of the file is still read: its CRCs and its end count, and explain the rest.
  while (progress.answer !== "enough") {
    const piece = pieces.next();
    if (!piece) await pieces.fetch();
    else if (piece.kind === "broken") return piece.error;
    else if (piece.kind === "pixels") await add(piece.bytes);
    else if (piece.kind === "end") break;
  }
  if (progress.answer === "more") {
    kernel.inflateEnd();
    await inflate();
  }
  return typeof progress.answer === "object" ? progress.answer : undefined;
}
