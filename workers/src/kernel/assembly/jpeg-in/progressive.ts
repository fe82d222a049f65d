// The blocks of a progressive picture, its DC scans, and its blocks' samples in the end.
//
// Each scan adds some bits to some coefficients of all blocks, which are kept between scans only
// as far as the scale needs. Since scaling is linear, a coefficient goes straight into the folded block (dequant.ts), and so does every later correction of it.
// What a refinement must know of a coefficient is only whether it is nonzero, and its sign: two bits.
//
//   bytes of a kept block   side 8: 128 + 16   side 4: 32 + 16   side 2: 8 + 16   side 1: 2 (AC is never read)
//   layout                  folded coefficients, then two u64 by stream order: nonzero, negative

import { bitBuffer, bitCount, MCU_BYTES, readPointer, saveBits, segmentEnded, writePointer } from "./bits";
import { WEIGHT_BITS } from "./dequant";
import { component, componentCount, Component } from "./frame";
import { SLOW, slowDifference } from "./huffman";
import { fillBlock, flatSample, idct2, idct4 } from "./idct-small";
import { idct8 } from "./idct8";
import { approxHigh, approxLow, blockCount, blockPlan, memberCount } from "./scan";
import { allocZeroed } from "../memory";

const ROUND: i32 = 1 << (WEIGHT_BITS - 1);
// @ts-ignore: decorator
@inline
export function blockBytes(side: i32): i32 {
  return side == 1 ? 2 : side * side * 2 + 16;
}

/** Takes the memory for all blocks; false when there is not enough. */
export function allocBlocks(): bool {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    c.blocks = allocZeroed(<usize>c.paddedWide * c.paddedHigh * blockBytes(c.side));
    if (c.blocks == 0) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
export function blockAt(c: Component, column: i32, row: i32): usize {
  return c.blocks + (<usize>row * c.paddedWide + column) * blockBytes(c.side);
}

/** Adds `value` (in units of the quantiser) to the k-th coefficient of a block. */
// @ts-ignore: decorator
@inline
export function addTo(block: usize, weights: usize, k: i32, value: i32): void {
  const pair = load<u64>(weights + (k << 3));
  const place = block + <usize>(pair >> 32);
  store<i16>(place, <i32>load<i16>(place) + ((value * <i32>pair + ROUND) >> WEIGHT_BITS));
}

/** As decodeMcus of the sequential scans: a DC scan's MCUs from (`first`, `row`), as many as bits are at hand for. */
export function decodeDc(first: i32, row: i32, count: i32): i32 {
  const across = memberCount == 1 ? 0 : 1;
  for (let mcu = 0; mcu < count; mcu++) {
    if (!segmentEnded && readPointer < writePointer + MCU_BYTES) return mcu;
    for (let b = 0; b < blockCount; b++) {
      const plan = blockPlan(b);
      const c = plan.component;
      const column = (first + mcu) * (across ? c.h : 1) + plan.column;
      const block = blockAt(c, column, row * (across ? c.v : 1) + plan.row);
      if (approxHigh == 0) firstDc(c, block, plan.dcTable);
      else refineDc(c, block);
      if (segmentEnded && readPointer + 8 + (bitCount >> 3) < writePointer) return mcu;
    }
  }
  return count;
}

function firstDc(c: Component, block: usize, table: usize): void {
  let bits = bitBuffer | (load<u64>(readPointer) >> bitCount);
  const at = readPointer - ((63 - bitCount) >> 3);
  const have = bitCount | 56;
  let entry = load<u32>(table + ((<usize>(bits >> 54)) << 2));
  if (entry & SLOW) entry = slowDifference(table, bits);
  saveBits(bits << (entry & 63), have - <i32>(entry & 63), at);
  c.prediction += <i32>entry >> 16;
  addTo(block, c.weights, 0, c.prediction << approxLow);
}

/** A refinement adds the next bit in two's complement, so it is the same for negative values. */
function refineDc(c: Component, block: usize): void {
  const bits = bitBuffer | (load<u64>(readPointer) >> bitCount);
  const at = readPointer - ((63 - bitCount) >> 3);
  const have = bitCount | 56;
  if (<i64>bits < 0) addTo(block, c.weights, 0, 1 << approxLow);
  saveBits(bits << 1, have - 1, at);
}

/** Turns one MCU row of kept blocks into samples. */
export function renderBlockRow(c: Component, mcuRow: i32): void {
  const side = c.side;
  for (let v = 0; v < c.v; v++) {
    const row = mcuRow * c.v + v;
    let to = c.samples + v * side * c.stride;
    let block = blockAt(c, 0, row);
    for (let column = 0; column < c.paddedWide; column++) {
      if (side == 8) idct8(block, to, c.stride);
      else if (side == 4) idct4(block, to, c.stride);
      else if (side == 2) idct2(block, to, c.stride);
      else fillBlock(flatSample(load<i16>(block), 1), to, 0, 1);
      to += side;
      block += blockBytes(side);
    }
  }
}
