// Writes faxes (ITU-T T.4 and T.6): rows of bits, 1 is black.
import {
  faxCodes,
  HORIZONTAL,
  PASS,
  SAME_PLACE,
} from "../../../../workers/src/render/tiff/unpack/fax-codes.ts";

const END_OF_LINE = "000000000001";
const ROWS_ALIGNED = 4;

/** `compression` 2 Huffman by bytes, 3 group 3, 4 group 4, 32771 Huffman by words. `options`: bit 0 two dimensions, bit 2 whole bytes. */
export function packFax(bytes: Uint8Array, width: number, compression: number, options: number): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  let bits = "";
  let above: readonly number[] = [];
  for (let row = 0; row * rowBytes < bytes.length; row++) {
    const line = changesOf(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), width);
    if (compression === 4) bits += differences(line, above, width);
    else if (compression === 3) {
      if (options & ROWS_ALIGNED) while (bits.length % 8 !== 4) bits += "0";
      const isFresh = row % 4 === 0;
      bits += END_OF_LINE + (options & 1 ? (isFresh ? "1" : "0") : "");
      bits += (options & 1) === 0 || isFresh ? runs(line, width) : differences(line, above, width);
    } else {
      bits += runs(line, width);
      while (bits.length % (compression === 2 ? 8 : 16) !== 0) bits += "0";
    }
    above = line;
  }
  if (compression === 4) bits += END_OF_LINE + END_OF_LINE;
  if (compression === 3) bits += `${END_OF_LINE}${options & 1 ? "1" : ""}`.repeat(6);
  const out = new Uint8Array(Math.ceil(bits.length / 8));
  for (let at = 0; at < bits.length; at++)
    if (bits[at] === "1") out[at >> 3] = (out[at >> 3] ?? 0) | (128 >> (at & 7));
  return out;
}

function changesOf(row: Uint8Array, width: number): number[] {
  const changes: number[] = [];
  let colour = 0;
  for (let x = 0; x < width; x++) {
    const bit = ((row[x >> 3] ?? 0) >> (7 - (x & 7))) & 1;
    if (bit !== colour) changes.push(x);
    colour = bit;
  }
  return changes;
}

/** Codes by what they mean, read out of the decoder's tables: libtiff reads what is written with them. */
function codesOf(table: Uint16Array, bits: number): Map<number, string> {
  const codes = new Map<number, string>();
  for (const [index, entry] of table.entries()) {
    const length = entry & 15;
    if (length > 0 && !codes.has(entry >> 4))
      codes.set(entry >> 4, index.toString(2).padStart(bits, "0").slice(0, length));
  }
  return codes;
}
const tables = faxCodes();
const white = codesOf(tables.white, 13);
const black = codesOf(tables.black, 13);
const modes = codesOf(tables.modes, 7);

function run(length: number, isBlack: boolean): string {
  const codes = isBlack ? black : white;
  let text = "";
  let left = length;
  for (; left >= 2_560; left -= 2_560) text += codes.get(2_560);
  if (left >= 64) text += codes.get(left - (left % 64));
  return text + codes.get(left % 64);
}

function runs(line: readonly number[], width: number): string {
  const ends = [...line, width];
  return ends.map((end, index) => run(end - (ends[index - 1] ?? 0), index % 2 === 1)).join("");
}

function differences(line: readonly number[], above: readonly number[], width: number): string {
  let text = "";
  let at = -1;
  let isBlack = false;
  while (at < width) {
    const next = line.find((place) => place > at && isBlack === (line.indexOf(place) % 2 === 1)) ?? width;
    const over = above.findIndex((place, index) => place > at && (index % 2 === 1) === isBlack);
    const b1 = over < 0 ? width : (above[over] ?? width);
    const b2 = over < 0 ? width : (above[over + 1] ?? width);
    if (b2 < next) {
      text += modes.get(PASS);
      at = b2;
    } else if (Math.abs(next - b1) <= 3) {
      text += modes.get(next - b1 + SAME_PLACE);
      at = next;
      isBlack = !isBlack;
    } else {
      const after = line.find((place) => place > next) ?? width;
      text += `${modes.get(HORIZONTAL)}${run(next - Math.max(at, 0), isBlack)}${run(after - next, !isBlack)}`;
      at = after;
    }
  }
  return text;
}
