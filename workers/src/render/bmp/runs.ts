// A BMP packed by runs, row by row as it streams by: pairs of a count and a colour, pixels as they are, and leaps over what stays black.
import type { BmpPicture } from "../../../formats/bmp/picture.ts";
import { joined } from "../../../formats/bytes/byte-reader.ts";
import { Seeking } from "../../../formats/bytes/seeking.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { coloursOf } from "./paint.ts";

const BLACK = 0xff00_0000;

/** What stands where a count would be 0. */
const END_OF_LINE = 0;
const END_OF_PICTURE = 1;
const LEAP = 2;

const CHUNK_BYTES = 65_536;
const nothing = new Uint8Array(0);

/** Pixels of rows as they lie in the file, each written over by the next; fewer than the picture has where the file breaks off. */
export async function* unpackRuns(picture: BmpPicture, bytes: Bytes): AsyncGenerator<Uint32Array, void> {
  const { width, height, bits, pixelsAt } = picture;
  const colours = coloursOf(picture);
  const row = new Uint32Array(width).fill(BLACK);
  const file = new Seeking(bytes);
  let piece: Uint8Array = nothing;
  let at = 0;
  /** Whether so many bytes could be had. */
  const need = async (count: number) => {
    while (piece.length - at < count) {
      // Its memory is read into again.
      const rest = piece.slice(at);
      const more = await file.next(CHUNK_BYTES);
      if (!more) return false;
      const pause = breathe(more.length / 100_000);
      if (pause) await pause;
      piece = rest.length === 0 ? more : joined(rest, more);
      at = 0;
    }
    return true;
  };
  let x = 0;
  let y = 0;
  /** Whether anything stands in the row. */
  let isBegun = false;
  const put = (index: number) => {
    if (x < width) row[x++] = colours[index] ?? BLACK;
  };
  /** In turns, where a byte holds two. */
  const putOf = (byte: number, isSecond: boolean) =>
    put(bits === 8 ? byte : isSecond ? byte & 15 : byte >> 4);

  try {
    await file.seek(pixelsAt);
    let isOver = false;
    while (!isOver && y < height && (piece.length - at >= 2 || (await need(2)))) {
      const count = piece[at] ?? 0;
      const value = piece[at + 1] ?? 0;
      at += 2;
      let lines = 0;
      if (count > 0) {
        isBegun = true;
        for (let index = 0; index < count; index++) putOf(value, (index & 1) === 1);
      } else if (value === END_OF_LINE) lines = 1;
      else if (value === END_OF_PICTURE) {
        isOver = true;
        lines = height - y;
      } else if (value === LEAP) {
        if (!(await need(2))) break;
        x += piece[at] ?? 0;
        lines = piece[at + 1] ?? 0;
        at += 2;
        if (x > width || y + lines > height) throw new Damage("it leaps out of its picture");
      } else {
        const byteCount = bits === 8 ? value : (value + 1) >> 1;
        // Up to an even number of them.
        if (!(await need(byteCount + (byteCount & 1)))) break;
        isBegun = true;
        for (let index = 0; index < value; index++)
          putOf(piece[at + (bits === 8 ? index : index >> 1)] ?? 0, (index & 1) === 1);
        at += byteCount + (byteCount & 1);
      }
      const isLeap = count === 0 && value === LEAP;
      for (; lines > 0 && y < height; lines--, y++) {
        const pause = breathe(width / 25_000);
        if (pause) await pause;
        yield row;
        row.fill(BLACK);
        isBegun = false;
        if (!isLeap) x = 0;
      }
    }
    if (isBegun && y < height) yield row;
  } finally {
    await file.close();
  }
}
