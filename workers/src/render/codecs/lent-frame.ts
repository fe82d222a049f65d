// Reads a frame where jSquash's decoder wrote it: the copy that it would hand over takes as much memory again.
//
// At its first picture the decoder's C++ takes two classes from the global scope, by name: `Uint8ClampedArray` to copy the frame into, and
// `ImageData` to hand that over in. Ours stand there for that moment. Then it frees the frame, which writes the allocator's
// links over the first bytes and nothing else, until it is called again: so these bytes change places for as long as the frame is lent.

import type { Pixels } from "../../geometry/pixels.ts";
import { CodecError } from "../codec-error.ts";

/** The links of a freed block took 24 bytes. */
const LINKS_BYTES = 64;

const Clamped = Uint8ClampedArray;

/** `new Uint8ClampedArray(view)`, without the copy. */
function SameBytes({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>) {
  return new Clamped(buffer, byteOffset, length);
}

class LentFrame implements Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly beginning: Uint8ClampedArray;

  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
    this.beginning = data.slice(0, LINKS_BYTES);
  }
}

/** Lends `use` the frame that `decode` makes. The decoder must not be called again before `use` is done. */
export async function withLentFrame<Result>(
  decode: () => object | null,
  use: (frame: Pixels) => Result | Promise<Result>,
): Promise<Result> {
  const frame = amongOurClasses(decode);
  if (!(frame instanceof LentFrame)) throw new CodecError("The picture is damaged.");
  const links = frame.data.slice(0, LINKS_BYTES);
  frame.data.set(frame.beginning);
  try {
    return await use(frame);
  } finally {
    frame.data.set(links);
  }
}

/** Nothing else runs meanwhile: the work is synchronous. */
function amongOurClasses<Result>(work: () => Result): Result {
  const theirs = { Uint8ClampedArray: Clamped, ImageData: Reflect.get(globalThis, "ImageData") };
  Object.assign(globalThis, { Uint8ClampedArray: SameBytes, ImageData: LentFrame });
  try {
    return work();
  } finally {
    Object.assign(globalThis, theirs);
  }
}
