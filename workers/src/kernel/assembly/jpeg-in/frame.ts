// The frame of a JPEG: what SOF says, and the geometry that follows from it at the chosen scale.

import { alloc } from "../memory";
import { DAMAGED, OK, TOO_LARGE } from "../status";

/** One colour plane: as the header describes it, then as we decode it. */
@unmanaged
export class Component {
  id: i32;
  /** Sampling factors, 1..4. */
  h: i32;
  v: i32;
  quantTable: i32;

  /** Blocks that the picture covers: the extent of a scan of this component alone. */
  blocksWide: i32;
  blocksHigh: i32;
  /** Blocks in an interleaved scan, padded to whole MCUs. */
  paddedWide: i32;
  paddedHigh: i32;

  /** Samples that a block gives along a side: 1, 2, 4 or 8 (the DCT scale is side/8). */
  side: i32;
  /** Size of the plane at that scale. */
  width: i32;
  height: i32;

  /** Decoded samples: one MCU row, or the whole plane when a picture comes in several scans. */
  samples: usize;
  stride: i32;

  /** 128 pairs of weight and offset: see dequant.ts. */
  weights: usize;
  /** For a side of 2, in sequential pictures. */
  sampleWeights: usize;
  /** Whether they are filled: they hold from the component's first scan on. */
  weighed: i32;
  /** Progressive only: accumulators and masks of all blocks. */
  blocks: usize;

  /** One bit for each coefficient (in stream order) that has come to its last bit. */
  complete: u64;

  dcTable: i32;
  acTable: i32;
  /** The DC value that the next block's difference adds to. */
  prediction: i32;
}

export const MAX_COMPONENTS: i32 = 4;
const components = memory.data(MAX_COMPONENTS * offsetof<Component>());

export let width: i32 = 0;
export let height: i32 = 0;
export let componentCount: i32 = 0;
export let progressive: bool = false;
export let maxH: i32 = 1;
export let maxV: i32 = 1;
export let mcusWide: i32 = 0;
export let mcusHigh: i32 = 0;

// @ts-ignore: decorator
@inline
export function component(index: i32): Component {
  return changetype<Component>(components + <usize>index * offsetof<Component>());
}

export function forgetFrame(): void {
  componentCount = 0;
  width = 0;
  height = 0;
}

function divideUp(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

/** Reads a SOF segment's body; `length` bytes at `at`. */
export function readFrame(at: usize, length: i32, isProgressive: bool): i32 {
  if (length < 6) return DAMAGED;
  const count = <i32>load<u8>(at + 5);
  height = (<i32>load<u8>(at + 1) << 8) | load<u8>(at + 2);
  width = (<i32>load<u8>(at + 3) << 8) | load<u8>(at + 4);
  progressive = isProgressive;
  if (length < 6 + 3 * count || count < 1 || count > MAX_COMPONENTS || width == 0 || height == 0) return DAMAGED;
  maxH = 1;
  maxV = 1;
  for (let i = 0; i < count; i++) {
    const c = component(i);
    const entry = at + 6 + 3 * i;
    c.id = load<u8>(entry);
    c.h = load<u8>(entry, 1) >> 4;
    c.v = load<u8>(entry, 1) & 15;
    c.quantTable = load<u8>(entry, 2);
    if (c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quantTable > 3) return DAMAGED;
    // A picture of one component is never interleaved, so its sampling factors mean nothing.
    if (count == 1) {
      c.h = 1;
      c.v = 1;
    }
    maxH = max(maxH, c.h);
    maxV = max(maxV, c.v);
  }
  componentCount = count;
  mcusWide = divideUp(width, 8 * maxH);
  mcusHigh = divideUp(height, 8 * maxV);
  for (let i = 0; i < count; i++) {
    const c = component(i);
    c.blocksWide = divideUp(divideUp(width * c.h, maxH), 8);
    c.blocksHigh = divideUp(divideUp(height * c.v, maxV), 8);
    c.paddedWide = mcusWide * c.h;
    c.paddedHigh = mcusHigh * c.v;
    c.blocks = 0;
    c.samples = 0;
    c.complete = 0;
  }
  return OK;
}

/** Fixes the scale: `side` samples for a block, of every component at its own subsampled size. */
export function setScale(side: i32): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    c.side = side;
    c.width = divideUp(width * c.h * side, maxH * 8);
    c.height = divideUp(height * c.v * side, maxV * 8);
    c.stride = (c.paddedWide * side + 15) & ~15;
  }
}

/** Whether all of every component has come. */
export function isComplete(): bool {
  for (let i = 0; i < componentCount; i++) if (component(i).complete != ~(<u64>0)) return false;
  return true;
}

/** Allocates sample buffers: for one MCU row, or for whole planes. */
export function allocSamples(wholePlanes: bool): i32 {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    const rows = (wholePlanes ? c.paddedHigh : c.v) * c.side;
    c.samples = alloc(<usize>c.stride * rows);
    if (c.samples == 0) return TOO_LARGE;
    memory.fill(c.samples, 128, <usize>c.stride * rows);
  }
  return OK;
}
