// A scan: which components it carries, and the blocks of one of its MCUs in order.

import { AC, COEFFICIENTS, DC, DIFFERENCES, RAW_SYMBOLS, spread, tableOf } from "./huffman";
import { component, componentCount, Component, mcusHigh, mcusWide, progressive } from "./frame";
import { fillSkips, skipTable } from "./skip";
import { DAMAGED, OK } from "../status";

/** One block of an MCU: where its bits, its weights and its samples are. */
@unmanaged
export class BlockPlan {
  component: Component;
  dcTable: usize;
  acTable: usize;
  weights: usize;
  sampleWeights: usize;
  side: i32;
  stride: i32;
  /** The block's place in the MCU, in blocks. */
  column: i32;
  row: i32;
  /** Where this block of the current row's first MCU goes, and the bytes from MCU to MCU. */
  out: usize;
  step: i32;
  /** See skip.ts; for a side of 1. */
  skips: usize;
}

/** T.81 B.2.3 allows ten blocks in an MCU. */
const MAX_BLOCKS: i32 = 10;
const plans = memory.data(MAX_BLOCKS * offsetof<BlockPlan>());
const members = memory.data(4);

export let blockCount: i32 = 0;
export let memberCount: i32 = 0;
/** Extent of this scan in its own MCUs; one component alone has smaller ones, and no padding. */
export let scanMcusWide: i32 = 0;
export let scanMcusHigh: i32 = 0;

/** Spectral selection and successive approximation (progressive only). */
export let spectralStart: i32 = 0;
export let spectralEnd: i32 = 63;
export let approxHigh: i32 = 0;
export let approxLow: i32 = 0;

// @ts-ignore: decorator
@inline
export function blockPlan(index: i32): BlockPlan {
  return changetype<BlockPlan>(plans + <usize>index * offsetof<BlockPlan>());
}

export function member(index: i32): Component {
  return component(load<u8>(members + index));
}

/** Reads a SOS segment's body; `length` bytes at `at`. Tables are looked up by `prepareScan`. */
export function readScan(at: usize, length: i32): i32 {
  const count = <i32>load<u8>(at);
  if (count < 1 || count > componentCount || length < 4 + 2 * count) return DAMAGED;
  let blocks = 0;
  for (let i = 0; i < count; i++) {
    const id = <i32>load<u8>(at + 1 + 2 * i);
    const slots = <i32>load<u8>(at + 2 + 2 * i);
    let found = 0;
    while (found < componentCount && component(found).id != id) found++;
    if (found == componentCount || slots >> 4 > 3 || (slots & 15) > 3) return DAMAGED;
    for (let j = 0; j < i; j++) if (load<u8>(members + j) == <u8>found) return DAMAGED;
    store<u8>(members + i, <u8>found);
    const c = component(found);
    c.dcTable = slots >> 4;
    c.acTable = slots & 15;
    blocks += count == 1 ? 1 : c.h * c.v;
  }
  if (blocks > MAX_BLOCKS) return DAMAGED;
  memberCount = count;
  const tail = at + 1 + 2 * count;
  spectralStart = load<u8>(tail);
  spectralEnd = load<u8>(tail, 1);
  approxHigh = load<u8>(tail, 2) >> 4;
  approxLow = load<u8>(tail, 2) & 15;
  return progressive ? checkProgression() : OK;
}

function checkProgression(): i32 {
  const dcOnly = spectralStart == 0;
  if (dcOnly ? spectralEnd != 0 : spectralEnd < spectralStart || spectralEnd > 63 || memberCount != 1) return DAMAGED;
  if (approxLow > 13 || (approxHigh != 0 && approxHigh != approxLow + 1)) return DAMAGED;
  return OK;
}

/** Makes the tables ready and lays out the MCU. The scale must be fixed and samples allocated by now. */
export function prepareScan(): i32 {
  const alone = memberCount == 1;
  scanMcusWide = alone ? member(0).blocksWide : mcusWide;
  scanMcusHigh = alone ? member(0).blocksHigh : mcusHigh;
  blockCount = 0;
  for (let i = 0; i < memberCount; i++) {
    const c = member(i);
    const status = spreadTables(c);
    if (status != OK) return status;
    const h = alone ? 1 : c.h;
    const v = alone ? 1 : c.v;
    for (let row = 0; row < v; row++) {
      for (let column = 0; column < h; column++) {
        const plan = blockPlan(blockCount++);
        plan.component = c;
        plan.dcTable = tableOf(DC, c.dcTable);
        plan.acTable = tableOf(AC, c.acTable);
        plan.weights = c.weights;
        plan.sampleWeights = c.sampleWeights;
        plan.side = c.side;
        plan.stride = c.stride;
        plan.column = column;
        plan.row = row;
        plan.step = h * c.side;
        plan.skips = c.side == 1 && !progressive ? skipTable(c.acTable) : 0;
      }
    }
  }
  return OK;
}

/** Points the blocks at their samples: MCU row `row` of whole planes, or 0 where the buffer holds but one. */
export function placeRow(row: i32): void {
  for (let b = 0; b < blockCount; b++) {
    const plan = blockPlan(b);
    const c = plan.component;
    const blockRow = row * (memberCount == 1 ? 1 : c.v) + plan.row;
    plan.out = c.samples + (blockRow * c.stride + plan.column) * plan.side;
  }
}

function spreadTables(c: Component): i32 {
  const dc = tableOf(DC, c.dcTable);
  const ac = tableOf(AC, c.acTable);
  if (!progressive) {
    const status = spread(dc, DIFFERENCES);
    if (status != OK) return status;
    const other = spread(ac, COEFFICIENTS);
    if (other == OK && c.side == 1) fillSkips(c.acTable);
    return other;
  }
  // A refinement scan of DC is plain bits; every other progressive scan uses one of the two tables.
  if (spectralStart > 0) return spread(ac, RAW_SYMBOLS);
  return approxHigh == 0 ? spread(dc, DIFFERENCES) : OK;
}

/** DC prediction starts at 0 with each scan and restart. */
export function resetPredictions(): void {
  for (let i = 0; i < memberCount; i++) member(i).prediction = 0;
}
