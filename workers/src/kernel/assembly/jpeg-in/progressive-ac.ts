// The AC scans of a progressive picture: one component's blocks in a row, bits in locals as in the sequential loop.

import { bitBuffer, bitCount, MCU_BYTES, readPointer, saveBits, segmentEnded, writePointer } from "./bits";
import { Component } from "./frame";
import { AC, extend, symbolAt, tableOf } from "./huffman";
import { addTo, blockAt, blockBytes } from "./progressive";
import { approxLow, spectralEnd, spectralStart } from "./scan";

/** Blocks still covered by an "end of band" run. */
let bandRun: i32 = 0;

export function endOfBandReset(): void {
  bandRun = 0;
}

/** Where a block's two masks lie: behind its coefficients. */
// @ts-ignore: decorator
@inline
function masksOffset(c: Component): usize {
  return c.side * c.side * 2;
}

/** The first bits of a band of coefficients: `count` blocks from (`first`, `row`); answers how many were decoded. */
export function decodeFirstAc(c: Component, first: i32, row: i32, count: i32): i32 {
  const table = tableOf(AC, c.acTable);
  const weights = c.weights;
  const masksAt = masksOffset(c);
  const last = spectralEnd;
  const low: usize = segmentEnded ? 0 : writePointer + MCU_BYTES;
  const end: usize = segmentEnded ? writePointer : 0;
  let bits = bitBuffer;
  let have = bitCount;
  let at = readPointer;
  let done = 0;
  while (done < count && at >= low) {
    if (bandRun > 0) {
      const passed = min(bandRun, count - done);
      bandRun -= passed;
      done += passed;
      continue;
    }
    const block = blockAt(c, first + done, row);
    let nonzero: u64 = 0;
    let negative: u64 = 0;
    for (let k = spectralStart; k <= last; k++) {
      bits |= load<u64>(at) >> have;
      at -= (63 - have) >> 3;
      have |= 56;
      const found = symbolAt(table, bits);
      bits <<= found >> 8;
      have -= <i32>(found >> 8);
      const run = <i32>(found >> 4) & 15;
      const size = <i32>found & 15;
      k += run;
      if (size != 0) {
        const value = extend(bits >> (64 - size), size);
        bits <<= size;
        have -= size;
        if (k > 63) break;
        nonzero |= <u64>1 << k;
        negative |= <u64>(<u32>value >> 31) << k;
        addTo(block, weights, k, value << approxLow);
      } else if (run < 15) {
        // End of band: this block and 2^run - 1 + extra more.
        bandRun = (1 << run) - 1;
        if (run) bandRun += <i32>(bits >> (64 - run));
        bits <<= run;
        have -= run;
        break;
      }
    }
    store<u64>(block + masksAt, load<u64>(block + masksAt) | nonzero);
    store<u64>(block + masksAt, load<u64>(block + masksAt, 8) | negative, 8);
    done++;
    if (at + 8 + (have >> 3) < end) break;
  }
  saveBits(bits, have, at);
  return done;
}

/**
 * One more bit for a band (T.81 G.1.2.3): coefficients that are nonzero already get a correction bit each
 * when they are passed, and a run counts zeros only. The masks make both quick: the coefficient after so
 * many zeros, and the nonzero ones before it, are found by counting trailing zeros.
 */
export function decodeRefiningAc(c: Component, first: i32, row: i32, count: i32): i32 {
  const table = tableOf(AC, c.acTable);
  const weights = c.weights;
  const masksAt = masksOffset(c);
  const step = 1 << approxLow;
  const band = (~(<u64>0) >> (63 - spectralEnd)) & (~(<u64>0) << spectralStart);
  const low: usize = segmentEnded ? 0 : writePointer + MCU_BYTES;
  const end: usize = segmentEnded ? writePointer : 0;
  const bytes = blockBytes(c.side);
  let bits = bitBuffer;
  let have = bitCount;
  let at = readPointer;
  let block = blockAt(c, first, row);
  let done = 0;
  while (done < count && at >= low) {
    const older = load<u64>(block + masksAt);
    const negative = load<u64>(block + masksAt, 8);
    let added: u64 = 0;
    let addedNegative: u64 = 0;
    // What of the band is still to come.
    let left = band;
    while (left != 0) {
      let run = 64;
      let value = 0;
      if (bandRun == 0) {
        bits |= load<u64>(at) >> have;
        at -= (63 - have) >> 3;
        have |= 56;
        const found = symbolAt(table, bits);
        bits <<= found >> 8;
        have -= <i32>(found >> 8);
        run = <i32>(found >> 4) & 15;
        if ((found & 15) != 0) {
          value = <i64>bits < 0 ? step : -step;
          bits <<= 1;
          have -= 1;
        } else if (run < 15) {
          bandRun = 1 << run;
          if (run) bandRun += <i32>(bits >> (64 - run));
          bits <<= run;
          have -= run;
          run = 64;
        }
      }
      // The zero that the run leads to, if the band has so many.
      let zeros = run < 64 ? left & ~older : 0;
      while (run > 0 && zeros != 0) {
        zeros &= zeros - 1;
        run--;
      }
      const target = zeros & (0 - zeros);
      const passed = target != 0 ? left & (target - 1) : left;
      left = target != 0 ? left & ~(target | (target - 1)) : 0;
      for (let m = passed & older; m != 0; m &= m - 1) {
        if (have == 0) {
          bits |= load<u64>(at) >> have;
          at -= (63 - have) >> 3;
          have |= 56;
        }
        const k = <i32>ctz(m);
        // Without a branch, which half of the time would be guessed wrong: the step, negated, or nothing.
        const sign = 0 - (<i32>(negative >> k) & 1);
        const wanted = <i32>(<i64>bits >> 63);
        addTo(block, weights, k, ((step ^ sign) - sign) & wanted);
        bits <<= 1;
        have -= 1;
      }
      if (value != 0 && target != 0) {
        added |= target;
        if (value < 0) addedNegative |= target;
        addTo(block, weights, <i32>ctz(target), value);
      }
    }
    if (bandRun > 0) bandRun--;
    store<u64>(block + masksAt, older | added);
    store<u64>(block + masksAt, negative | addedNegative, 8);
    block += bytes;
    done++;
    if (at + 8 + (have >> 3) < end) break;
  }
  saveBits(bits, have, at);
  return done;
}
