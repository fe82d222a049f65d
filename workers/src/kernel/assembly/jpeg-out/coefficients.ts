// The whole picture's quantised coefficients, which progressive JPEG goes over once for each scan.

import { alloc } from "../memory";

const BLOCK_BYTES: usize = 128;
const starts = memory.data(3 * 4, 4);
const strides = memory.data(3 * 4, 4);

/** False: no memory. Blocks that only fill up MCUs are held too: interleaved scans have them. */
export function openCoefficients(components: i32, halving: i32, mcusAcross: i32, mcusDown: i32): bool {
  for (let c = 0; c < components; c++) {
    const each = c == 0 ? halving : 1;
    const across = mcusAcross * each, down = mcusDown * each;
    const bytes = <u64>across * <u64>down * BLOCK_BYTES;
    if (bytes > <u64>i32.MAX_VALUE) return false;
    const at = alloc(<usize>bytes);
    if (at == 0) return false;
    store<u32>(starts + (c << 2), <u32>at);
    store<i32>(strides + (c << 2), across);
  }
  return true;
}

@inline
export function blockAt(component: i32, x: i32, y: i32): usize {
  const index = <usize>y * load<i32>(strides + (component << 2)) + x;
  return <usize>load<u32>(starts + (component << 2)) + index * BLOCK_BYTES;
}
