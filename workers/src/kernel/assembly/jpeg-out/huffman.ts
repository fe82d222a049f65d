// Huffman tables of the encoder: built for the picture (T.81 K.2), and turned into codes (T.81 Annex C).

import { huffmanLength, standardHuffman } from "./tables";

/** Four tables of 256 symbols each. */
const SYMBOLS = 1024;
/** How often each symbol occurred (u32). */
export const COUNTS = memory.data(SYMBOLS * 4, 16);
/** u32 a symbol: total length (code and extra bits) << 27 | code << extra bits. */
export const CODES = memory.data(SYMBOLS * 4, 16);
/** A table as DHT writes it: 16 counts, then the symbols. */
const SPEC_BYTES: usize = 16 + 256;
const SPECS = memory.data(4 * 272);

const frequency = memory.data(257 * 4, 4);
const lengthOf = memory.data(257 * 4, 4);
const nextInTree = memory.data(257 * 4, 4);
const lengthCounts = memory.data(258);

export function huffmanSpec(table: i32): usize {
  return SPECS + <usize>table * SPEC_BYTES;
}

export function clearTables(): void {
  memory.fill(COUNTS, 0, SYMBOLS * 4);
  memory.fill(CODES, 0, SYMBOLS * 4);
}

/**
 * Leans the counts towards the standard tables' idea of a photo, and gives every symbol a code: for
 * when tables must be fixed before the whole picture is known.
 */
export function addPrior(table: i32): void {
  const spec = standardHuffman(table);
  let symbol = spec + 16;
  for (let length = 1; length <= 16; length++) {
    for (let n = <i32>load<u8>(spec + length - 1); n > 0; n--, symbol++) {
      const at = COUNTS + (((table << 8) | load<u8>(symbol)) << 2);
      store<u32>(at, load<u32>(at) + (length > 12 ? 1 : 1 << (12 - length)));
    }
  }
}

/** Builds the best table for the counts and makes its codes ready. */
export function buildTable(table: i32): void {
  makeLengths(COUNTS + (table << 10));
  const spec = huffmanSpec(table);
  memory.copy(spec, lengthCounts + 1, 16);
  // Symbols sorted by code length, then by value.
  let at = spec + 16;
  for (let length: u32 = 1; length <= 64; length++) {
    for (let symbol = 0; symbol < 256; symbol++) {
      if (load<u32>(lengthOf + (symbol << 2)) == length) store<u8>(at++, <u8>symbol);
    }
  }
  makeCodes(table);
}

/** T.81 K.2, figures K.1 to K.4: code lengths by merging the two rarest again and again, at most 16 bits. */
function makeLengths(counts: usize): void {
  memory.copy(frequency, counts, 1024);
  // One reserved symbol takes the code of all ones, which the format forbids.
  store<u32>(frequency + 1024, 1);
  memory.fill(lengthOf, 0, 257 * 4);
  memory.fill(nextInTree, 0xff, 257 * 4);
  memory.fill(lengthCounts, 0, 258);

  while (true) {
    const rarest = rarestExcept(-1);
    const second = rarestExcept(rarest);
    if (second < 0) break;
    const f = frequency + (rarest << 2);
    store<u32>(f, load<u32>(f) + load<u32>(frequency + (second << 2)));
    store<u32>(frequency + (second << 2), 0);
    const end = deepen(rarest);
    store<i32>(nextInTree + (end << 2), second);
    deepen(second);
  }

  for (let i = 0; i <= 256; i++) {
    const length = load<u32>(lengthOf + (i << 2));
    if (length) store<u8>(lengthCounts + length, load<u8>(lengthCounts + length) + 1);
  }
  limitLengths();
}

/** The symbol (still) standing with the lowest count; of equals the highest. -1: none. */
function rarestExcept(except: i32): i32 {
  let best = -1;
  let lowest: u32 = u32.MAX_VALUE;
  for (let i = 0; i <= 256; i++) {
    const f = load<u32>(frequency + (i << 2));
    if (f != 0 && f <= lowest && i != except) {
      lowest = f;
      best = i;
    }
  }
  return best;
}

/** One bit more for every symbol of a subtree; answers its last symbol. */
function deepen(symbol: i32): i32 {
  let last = symbol;
  for (let i = symbol; i >= 0; i = load<i32>(nextInTree + (i << 2))) {
    store<u32>(lengthOf + (i << 2), load<u32>(lengthOf + (i << 2)) + 1);
    last = i;
  }
  return last;
}

/** Figure K.3: codes over 16 bits are moved up, two at a time; then the reserved code is dropped. */
function limitLengths(): void {
  for (let i: usize = 256; i > 16; i--) {
    while (load<u8>(lengthCounts + i) > 0) {
      let j = i - 2;
      while (load<u8>(lengthCounts + j) == 0) j--;
      store<u8>(lengthCounts + i, load<u8>(lengthCounts + i) - 2);
      store<u8>(lengthCounts + i - 1, load<u8>(lengthCounts + i - 1) + 1);
      store<u8>(lengthCounts + j + 1, load<u8>(lengthCounts + j + 1) + 2);
      store<u8>(lengthCounts + j, load<u8>(lengthCounts + j) - 1);
    }
  }
  let longest: usize = 16;
  while (longest > 0 && load<u8>(lengthCounts + longest) == 0) longest--;
  if (longest > 0) store<u8>(lengthCounts + longest, load<u8>(lengthCounts + longest) - 1);
}

/** T.81 Annex C: consecutive codes, counting up within a length. */
function makeCodes(table: i32): void {
  const spec = huffmanSpec(table);
  const codes = CODES + (table << 10);
  memory.fill(codes, 0, 1024);
  let symbol = spec + 16;
  let code: u32 = 0;
  for (let length: u32 = 1; length <= 16; length++, code <<= 1) {
    for (let n = <i32>load<u8>(spec + length - 1); n > 0; n--, symbol++, code++) {
      const value = <u32>load<u8>(symbol);
      // The low half says how many bits follow; where it is 0 (ends of band, figure G.3) the high half.
      const extra = value & 15 ? value & 15 : value == 0xf0 ? 0 : value >> 4;
      store<u32>(codes + (value << 2), ((length + extra) << 27) | (code << extra));
    }
  }
}

export function specBytes(table: i32): i32 {
  return 16 + huffmanLength(huffmanSpec(table));
}
