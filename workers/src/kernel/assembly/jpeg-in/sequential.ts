// Baseline and extended sequential scans: from bits to samples, one MCU after the other.
//
// This is the hottest loop of the kernel: the bit buffer lives in locals here and nowhere else.
// The rhythm is refill, symbol, symbol: a refill leaves at least 56 bits, two table hits take at most 20,
// and a symbol that misses the table refills for itself.

import { bitBuffer, bitCount, MCU_BYTES, readPointer, saveBits, segmentEnded, writePointer } from "./bits";
import { FOLD_BITS, WEIGHT_BITS } from "./dequant";
import { SLOW, slowCoefficient, slowDifference } from "./huffman";
import { fillBlock, flatSample, idct4 } from "./idct-small";
import { idct8 } from "./idct8";
import { blockCount, blockPlan } from "./scan";
import { SKIP_BITS, SKIP_COUNT, SKIP_END } from "./skip";

/** One block's coefficients; every inverse transform leaves them zero. */
const coefficients = memory.data(128, 16);

/** A picture that was broken off within a block must not go on in the next one. */
export function forgetBlock(): void {
  memory.fill(coefficients, 0, 128);
}
const ROUND: i32 = 1 << (WEIGHT_BITS - 1);
/** Fraction bits of the sums of a side of 2, and where they start: at middle grey, and a half for rounding. */
const SAMPLE_BITS: i32 = WEIGHT_BITS + FOLD_BITS;
const SAMPLE_START: i32 = (128 << SAMPLE_BITS) + (1 << (SAMPLE_BITS - 1));
/** What k is after an "end of block" that came first. */
const NO_AC: i32 = 66;

/**
 * Decodes up to `count` MCUs of the current row from its `first`, as long as an MCU's worth of bits is at
 * hand. Answers how many; less than asked means "more bits" or an overrun.
 */
export function decodeMcus(first: i32, count: i32): i32 {
  let bits = bitBuffer;
  let have = bitCount;
  let at = readPointer;
  const low: usize = segmentEnded ? 0 : writePointer + MCU_BYTES;
  const end: usize = segmentEnded ? writePointer : 0;
  const from = coefficients;
  const blocks = blockCount;

  for (let mcu = 0; mcu < count; mcu++) {
    if (at < low) {
      saveBits(bits, have, at);
      return mcu;
    }
    for (let b = 0; b < blocks; b++) {
      const plan = blockPlan(b);
      const weights = plan.weights;
      const c = plan.component;
      const side = plan.side;

      bits |= load<u64>(at) >> have;
      at -= (63 - have) >> 3;
      have |= 56;
      let entry = load<u32>(plan.dcTable + ((<usize>(bits >> 54)) << 2));
      if (entry & SLOW) entry = slowDifference(plan.dcTable, bits);
      bits <<= entry & 63;
      have -= entry & 63;
      const prediction = c.prediction + (<i32>entry >> 16);
      c.prediction = prediction;
      const dc = (prediction * load<i32>(weights) + ROUND) >> WEIGHT_BITS;

      const acTable = plan.acTable;
      let k = 1;
      const to = plan.out + (first + mcu) * plan.step;
      if (side == 2) {
        // Four samples are four sums: what each symbol adds to them is all there is to do.
        const shares = plan.sampleWeights;
        let sums = i32x4.add(i32x4.splat(SAMPLE_START), i32x4.mul(i32x4.splat(prediction), v128.load(shares)));
        do {
          bits |= load<u64>(at) >> have;
          at -= (63 - have) >> 3;
          have |= 56;
          entry = load<u32>(acTable + ((<usize>(bits >> 54)) << 2));
          if (entry & SLOW) entry = slowCoefficient(acTable, bits);
          bits <<= entry & 63;
          have -= entry & 63;
          k += (entry >> 8) & 127;
          sums = i32x4.add(sums, i32x4.mul(i32x4.splat(<i32>entry >> 16), v128.load(shares + (k << 4))));
          if (++k > 63) break;

          entry = load<u32>(acTable + ((<usize>(bits >> 54)) << 2));
          if (entry & SLOW) {
            bits |= load<u64>(at) >> have;
            at -= (63 - have) >> 3;
            have |= 56;
            entry = slowCoefficient(acTable, bits);
          }
          bits <<= entry & 63;
          have -= entry & 63;
          k += (entry >> 8) & 127;
          sums = i32x4.add(sums, i32x4.mul(i32x4.splat(<i32>entry >> 16), v128.load(shares + (k << 4))));
        } while (++k <= 63);
        const words = i32x4.shr_s(sums, SAMPLE_BITS);
        const samples = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(words, words), words);
        v128.store16_lane(to, samples, 0);
        v128.store16_lane(to + plan.stride, samples, 1);
      } else if (side > 1) {
        store<i16>(from, dc);
        do {
          bits |= load<u64>(at) >> have;
          at -= (63 - have) >> 3;
          have |= 56;
          entry = load<u32>(acTable + ((<usize>(bits >> 54)) << 2));
          if (entry & SLOW) {
            entry = slowCoefficient(acTable, bits);
          }
          bits <<= entry & 63;
          have -= entry & 63;
          k += (entry >> 8) & 127;
          let pair = load<u64>(weights + (k << 3));
          let place = from + <usize>(pair >> 32);
          store<i16>(place, <i32>load<i16>(place) + (((<i32>entry >> 16) * <i32>pair + ROUND) >> WEIGHT_BITS));
          if (++k > 63) break;

          entry = load<u32>(acTable + ((<usize>(bits >> 54)) << 2));
          if (entry & SLOW) {
            bits |= load<u64>(at) >> have;
            at -= (63 - have) >> 3;
            have |= 56;
            entry = slowCoefficient(acTable, bits);
          }
          bits <<= entry & 63;
          have -= entry & 63;
          k += (entry >> 8) & 127;
          pair = load<u64>(weights + (k << 3));
          place = from + <usize>(pair >> 32);
          store<i16>(place, <i32>load<i16>(place) + (((<i32>entry >> 16) * <i32>pair + ROUND) >> WEIGHT_BITS));
        } while (++k <= 63);
      } else {
        // Only the DC is wanted: pass over the rest, several symbols a lookup.
        do {
          bits |= load<u64>(at) >> have;
          at -= (63 - have) >> 3;
          have |= 56;
          entry = load<u16>(plan.skips + ((<usize>(bits >> (64 - SKIP_BITS))) << 1));
          const next = k + ((entry >> SKIP_COUNT) & 127);
          if (entry != 0 && next <= 63) {
            bits <<= entry & 31;
            have -= entry & 31;
            k = next;
            if (entry & SKIP_END) break;
          } else {
            entry = load<u32>(acTable + ((<usize>(bits >> 54)) << 2));
            if (entry & SLOW) entry = slowCoefficient(acTable, bits);
            bits <<= entry & 63;
            have -= entry & 63;
            k += ((entry >> 8) & 127) + 1;
          }
        } while (k <= 63);
        k = NO_AC;
      }

      if (side == 2) {
        // Done above.
      } else if (k == NO_AC) {
        store<i16>(from, 0);
        fillBlock(flatSample(dc, side), to, plan.stride, side);
      } else if (side == 4) {
        idct4(from, to, plan.stride);
      } else {
        idct8(from, to, plan.stride);
      }
      if (at + 8 + (have >> 3) < end) {
        saveBits(bits, have, at);
        return mcu;
      }
    }
  }
  saveBits(bits, have, at);
  return count;
}

/** Grey where the bits are missing. */
export function blankMcus(first: i32, count: i32): void {
  for (let b = 0; b < blockCount; b++) {
    const plan = blockPlan(b);
    for (let mcu = first; mcu < first + count; mcu++) fillBlock(128, plan.out + mcu * plan.step, plan.stride, plan.side);
  }
}
