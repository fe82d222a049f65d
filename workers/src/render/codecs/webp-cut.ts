// A WebP that was cut off. libwebp as it is built for us gives all of a picture or nothing, so what is missing is made up, twice and in two
// ways: the rows that come out alike are those that hang on what is there.

import { Damage } from "../../../formats/damage.ts";
import { asStillFile, type PictureChunks } from "../../../formats/webp/picture-chunks.ts";
import type { Chunk } from "../../../formats/webp/riff.ts";
import type { Decoded, Pixels } from "../../geometry/pixels.ts";
import { cutPaddingBytes } from "../../plan/traits.ts";
import { makeOpaque } from "../animation/webp/opaque.ts";

type Decode = <Result>(file: Uint8Array, use: (frame: Pixels) => Result | Promise<Result>) => Promise<Result>;

/** Lends `use` the rows that are there, clear below; throws a `Damage` where there is none. */
export async function decodeCut<Result>(
  picture: PictureChunks,
  decode: Decode,
  use: (frame: Decoded) => Promise<Result>,
): Promise<Result> {
  const { file, end } = padded(picture);
  try {
    const sums = await decode(file, sumsOfRows);
    for (let at = end; at < file.length; at += STRIDE) file.fill(0xff, at, at + BURST);
    return await decode(file, (frame) => {
      const rows = rowsAlike(sums, frame);
      if (rows === 0) throw nothingThere();
      makeOpaque(picture, frame);
      frame.data.fill(0, rows * frame.width * 4);
      return use({ width: frame.width, height: frame.height, data: frame.data, isDamaged: true });
    });
  } catch (error) {
    if (error instanceof Damage && error.code === "damaged") throw nothingThere();
    throw error;
  }
}

const nothingThere = () => new Damage("it was cut off too early to be read", { code: "truncated" });

/** Of the second filling, so often so many bytes are others: each of several partitions meets some, and none is used up by them. */
const [STRIDE, BURST] = [64, 4];

/** As a file that does not end too early, and where it did: zeros code next to nothing, so that they last to the last row. */
function padded({ width, height, chunks }: PictureChunks) {
  const spare = cutPaddingBytes({ width, height });
  const longer = chunks.map((chunk, at) => (at < chunks.length - 1 ? chunk : lengthened(chunk, spare)));
  const file = asStillFile({ width, height, chunks: longer });
  return { file, end: file.length - spare };
}

/** With so many zeros behind it. */
function lengthened({ id, payload }: Chunk, bytes: number): Chunk {
  const longer = new Uint8Array(payload.length + bytes);
  longer.set(payload);
  return { id, payload: longer };
}

/** A number for each row (Fowler, Noll and Vo, 32 bits), by words instead of bytes. */
function sumsOfRows({ width, height, data }: Pixels): Uint32Array {
  const words = new Uint32Array(data.buffer, data.byteOffset, width * height);
  return Uint32Array.from({ length: height }, (_, y) => {
    let sum = 0x811c9dc5;
    for (let at = y * width; at < (y + 1) * width; at++) sum = Math.imul(sum ^ (words[at] ?? 0), 0x01000193);
    return sum >>> 0;
  });
}

function rowsAlike(sums: Uint32Array, frame: Pixels): number {
  const others = sumsOfRows(frame);
  const first = sums.findIndex((sum, y) => sum !== others[y]);
  return first === -1 ? sums.length : first;
}
