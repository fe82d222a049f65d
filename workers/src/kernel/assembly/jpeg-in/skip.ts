// Skipping coefficients that the scale has no use for: several whole symbols a lookup.
//
// An entry, found by the next 12 bits, tells how far the symbols that lie wholly within them lead:
//   bits 0..4    bits used
//   bits 5..11   coefficients passed
//   bit 15       the last of them was "end of block"
// and is 0 when not even one fits.

import { AC, FAST_BITS, SLOW, tableOf } from "./huffman";

export const SKIP_BITS: i32 = 12;
export const SKIP_COUNT: i32 = 5;
export const SKIP_END: u32 = 0x8000;
const TABLE_BYTES: usize = 2 << SKIP_BITS;

const skips = memory.data(4 * 8192, 16);

export function skipTable(slot: i32): usize {
  return skips + slot * TABLE_BYTES;
}

/** Builds the table of AC slot `slot`, whose fast entries are spread already. */
export function fillSkips(slot: i32): void {
  const fast = tableOf(AC, slot);
  const to = skipTable(slot);
  for (let window = 0; window < 1 << SKIP_BITS; window++) {
    let used = 0;
    let passed = 0;
    let ended: u32 = 0;
    while (ended == 0) {
      const rest = (window << used) & ((1 << SKIP_BITS) - 1);
      const entry = load<u32>(fast + ((rest >> (SKIP_BITS - FAST_BITS)) << 2));
      const length = <i32>(entry & 63);
      if (entry & SLOW || used + length > SKIP_BITS) break;
      used += length;
      const run = <i32>((entry >> 8) & 127);
      if (run > 63) ended = SKIP_END;
      else passed += run + 1;
      // A block has 63; more can't be of one block, and must fit the field.
      if (passed > 63) break;
    }
    store<u16>(to + (window << 1), <u16>(passed > 63 ? 0 : used | (passed << SKIP_COUNT) | ended));
  }
}
