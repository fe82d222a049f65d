// Reads a frame where jSquash's decoder wrote it: the copy that it would hand over takes as much memory again.
//
// At its first picture the decoder's C++ takes two classes from the global scope, by name: `Uint8ClampedArray` to copy the frame into, and
// `ImageData` to hand that over in. Ours stand there for that moment. Then it frees the frame, and the allocator writes its links over the
// first bytes and the block's size over the last four, where an odd number of pixels reaches so far; nothing else, until it is called
// again. So these bytes change places for as long as the frame is lent.

import { Damage } from "../../../formats/damage.ts";
import type { Pixels } from "../../geometry/pixels.ts";

/** The links of a freed block take 24 bytes at its beginning, its size 4 at the end. */
const EDGE_BYTES = 64;

const Clamped = Uint8ClampedArray;

/** `new Uint8ClampedArray(view)`, without the copy. */
function SameBytes({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>) {
  return new Clamped(buffer, byteOffset, length);
}

/** The bytes at both ends of a block of memory. */
class Edges {
  readonly #first: Uint8ClampedArray;
  readonly #last: Uint8ClampedArray;

  constructor(data: Uint8ClampedArray) {
    this.#first = data.slice(0, EDGE_BYTES);
    this.#last = data.slice(-EDGE_BYTES);
  }

  putBack(data: Uint8ClampedArray): void {
    data.set(this.#first);
    data.set(this.#last, data.length - this.#last.length);
  }
}

class LentFrame implements Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly picture: Edges;

  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
    this.picture = new Edges(data);
  }
}

/** Lends `use` the frame that `decode` makes. The decoder must not be called again before `use` is done. */
export async function withLentFrame<Result>(
  decode: () => object | null,
  use: (frame: Pixels) => Result | Promise<Result>,
): Promise<Result> {
  const frame = amongOurClasses(decode);
  // A frame at address 0 is one that there was no memory for.
  if (!(frame instanceof LentFrame) || frame.data.byteOffset === 0) throw new Damage("its bytes are damaged");
  const freed = new Edges(frame.data);
  frame.picture.putBack(frame.data);
  try {
    return await use(frame);
  } finally {
    freed.putBack(frame.data);
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
