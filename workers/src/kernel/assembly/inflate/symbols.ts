// The symbols of one block: literals, and matches with what was made before.

import { DAMAGED, OK } from "../status";
import { copyMatch } from "./copy";
import { bitCount, bits, ended, inputEnd, readAt, setInput } from "./input";
import { oldest, outputEnd, setOutput, writeAt } from "./output";
import { BASE, DISTANCE_BITS, DISTANCES, END, LITERAL, LITERAL_BITS, LITERALS, searchCode } from "./tables";

/** A symbol with its match. */
export const SYMBOL_BYTES: usize = 16;
/** The block has ended. */
export const BLOCK_END: i32 = 1;

/** Symbols until the block, the room or the input ends. */
export function readSymbols(): i32 {
  const limit = outputEnd();
  // With nothing to follow, zeros may be read behind the end: `overrun` finds out.
  const last = ended ? inputEnd + 8 : inputEnd - SYMBOL_BYTES;
  let buffer = bits, count = bitCount, from = readAt, to = writeAt;
  let status: i32 = OK;
  // Symbols made of bits that are not there are taken back.
  let sure = to;
  while (to < limit && from <= last) {
    if (ended) {
      if (from - (count >> 3) > inputEnd) break;
      sure = to;
    }
    buffer |= load<u64>(from) << count;
    from += (63 - count) >> 3;
    count |= 56;
    let entry = load<u32>(LITERALS + (<usize>(buffer & ((1 << LITERAL_BITS) - 1)) << 2));
    // Three short literals and their bits come from one refill.
    if ((entry & 0x30f) - 1 < 15 && (entry & 0x300) == LITERAL << 8) {
      store<u8>(to++, <u8>(entry >> 16));
      buffer >>= entry & 15;
      count -= entry & 15;
      entry = load<u32>(LITERALS + (<usize>(buffer & ((1 << LITERAL_BITS) - 1)) << 2));
      if ((entry & 15) != 0 && (entry & 0x300) == LITERAL << 8) {
        store<u8>(to++, <u8>(entry >> 16));
        buffer >>= entry & 15;
        count -= entry & 15;
        entry = load<u32>(LITERALS + (<usize>(buffer & ((1 << LITERAL_BITS) - 1)) << 2));
        if ((entry & 15) != 0 && (entry & 0x300) == LITERAL << 8) {
          store<u8>(to++, <u8>(entry >> 16));
          buffer >>= entry & 15;
          count -= entry & 15;
          continue;
        }
      }
      if (count < 48) continue;
    }
    if ((entry & 15) == 0) {
      entry = searchCode(LITERALS, LITERAL_BITS, buffer, false);
      if (entry == 0) { status = DAMAGED; break; }
    }
    buffer >>= entry & 15;
    count -= entry & 15;
    const kind = (entry >> 8) & 3;
    if (kind == LITERAL) {
      store<u8>(to++, <u8>(entry >> 16));
      continue;
    }
    if (kind == END) { status = BLOCK_END; break; }
    if (kind != BASE) { status = DAMAGED; break; }
    let extra = (entry >> 4) & 15;
    const length = (entry >> 16) + (<u32>buffer & ((1 << extra) - 1));
    buffer >>= extra;
    count -= extra;

    entry = load<u32>(DISTANCES + (<usize>(buffer & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & 15) == 0) entry = searchCode(DISTANCES, DISTANCE_BITS, buffer, true);
    if (((entry >> 8) & 3) != BASE) { status = DAMAGED; break; }
    buffer >>= entry & 15;
    count -= entry & 15;
    extra = (entry >> 4) & 15;
    const distance = (entry >> 16) + (<u32>buffer & ((1 << extra) - 1));
    buffer >>= extra;
    count -= extra;
    if (distance > to - oldest) { status = DAMAGED; break; }
    copyMatch(to, distance, length);
    to += length;
  }
  if (ended && from - (count >> 3) > inputEnd) to = sure;
  setInput(from, buffer, count);
  setOutput(to);
  return status;
}
