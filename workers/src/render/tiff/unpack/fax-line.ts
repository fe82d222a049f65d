// One line of a fax: from codes to the places where its colour changes (ITU-T T.4, section 4; T.6, section 2).
import type { FaxBits } from "./fax-bits.ts";
import { type FaxCodes, HORIZONTAL, MODE_BITS, PASS, RUN_BITS, SAME_PLACE } from "./fax-codes.ts";

/** Where the colour changes, beginning with white; behind the last change stands the width, four times. */
export type Changes = Int32Array;

/** A change at every pixel, and none of them passes the width. */
export const roomFor = (width: number): Changes => new Int32Array(2 * width + 16).fill(width);

/** A run: any number of long codes, and a short one. -1 for no code. */
function runOf(bits: FaxBits, table: FaxCodes["white"]): number {
  let length = 0;
  for (;;) {
    const entry = table[bits.peek(RUN_BITS)] ?? 0;
    if (entry === 0 || bits.isShort || bits.isOver) return -1;
    bits.skip(entry & 15);
    const part = entry >> 4;
    length += part;
    if (part < 64) return length;
  }
}

/** Runs alone. False where a code is none. */
export function readRuns(bits: FaxBits, codes: FaxCodes, width: number, to: Changes): boolean {
  let at = 0;
  let count = 0;
  let isBlack = false;
  let isGood = true;
  while (at < width && isGood) {
    const run = runOf(bits, isBlack ? codes.black : codes.white);
    isGood = run >= 0 && count < 2 * width + 8;
    at = Math.min(width, at + Math.max(0, run));
    if (isGood) to[count++] = at;
    isBlack = !isBlack;
  }
  to.fill(width, count);
  return isGood;
}

/** By how they differ from those of the line above. False where a code is none. */
export function readDifferences(
  bits: FaxBits,
  codes: FaxCodes,
  width: number,
  above: Changes,
  to: Changes,
): boolean {
  let at = -1;
  let count = 0;
  /** The change above that counts: the first to the right of where we are, to the other colour. */
  let over = 0;
  let isGood = true;
  const change = (place: number) => {
    at = Math.min(width, Math.max(place, at, 0));
    to[count++] = at;
  };
  const find = () => {
    // It may lie one before the last that counted, and has the parity of our colour.
    if (over > 0) over--;
    if ((over & 1) !== (count & 1)) over++;
    while ((above[over] ?? width) <= at && (above[over] ?? width) < width) over += 2;
  };
  while (at < width && isGood) {
    find();
    const entry = codes.modes[bits.peek(MODE_BITS)] ?? 0;
    if (entry === 0 || bits.isShort || bits.isOver || count > 2 * width + 8) {
      isGood = false;
      break;
    }
    bits.skip(entry & 15);
    const mode = entry >> 4;
    if (mode === PASS) at = above[over + 1] ?? width;
    else if (mode === HORIZONTAL) {
      const isBlack = (count & 1) === 1;
      const first = runOf(bits, isBlack ? codes.black : codes.white);
      const second = first < 0 ? -1 : runOf(bits, isBlack ? codes.white : codes.black);
      isGood = second >= 0;
      if (isGood) {
        change(Math.max(at, 0) + first);
        change(at + second);
      }
    } else change((above[over] ?? width) + mode - SAME_PLACE);
  }
  to.fill(width, count);
  return isGood;
}

/** Black is 1. `row` is white before. */
export function paintLine(changes: Changes, width: number, row: Uint8Array): void {
  for (let index = 0; (changes[index] ?? width) < width; index += 2) {
    const from = changes[index] ?? width;
    const to = Math.min(width, changes[index + 1] ?? width);
    for (let at = from; at < to; ) {
      if ((at & 7) === 0 && to - at >= 8) {
        const end = to >> 3;
        row.fill(255, at >> 3, end);
        at = end << 3;
      } else {
        row[at >> 3] = (row[at >> 3] ?? 0) | (128 >> (at & 7));
        at++;
      }
    }
  }
}
