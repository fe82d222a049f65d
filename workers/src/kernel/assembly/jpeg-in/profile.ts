// The ICC profile of a JPEG: APP2 segments, put together in order, within a bound.

import { alloc } from "../memory";
import { OK } from "../status";

/** Display and camera profiles take a few KB, CMYK press profiles about 600. */
const MAX_BYTES: i32 = 1 << 20;
/** "ICC_PROFILE", 0, sequence number, count. */
const HEAD: i32 = 14;

let parts: usize = 0;
let seen: i32 = 0;
let total: i32 = 0;
let joined: usize = 0;

const PART_TABLE: usize = 256 * 8;

export function forgetProfile(): void {
  parts = 0;
  seen = 0;
  total = 0;
  joined = 0;
}

/** Keeps an APP2 segment when it is a part of a profile. A broken profile is no reason to refuse a picture. */
export function readProfilePart(at: usize, length: i32): i32 {
  if (length <= HEAD || load<u64>(at) != 0x464f52505f434349 || load<u32>(at, 8) != 0x00454c49) return OK;
  const number = <i32>load<u8>(at, 12);
  const size = length - HEAD;
  if (number == 0 || total + size > MAX_BYTES || joined != 0) return OK;
  if (parts == 0) {
    parts = alloc(PART_TABLE);
    if (parts == 0) return OK;
    memory.fill(parts, 0, PART_TABLE);
  }
  const entry = parts + number * 8;
  if (load<u32>(entry) != 0) return OK;
  const copy = alloc(size);
  if (copy == 0) return OK;
  memory.copy(copy, at + HEAD, size);
  store<u32>(entry, <u32>copy);
  store<u32>(entry, size, 4);
  seen++;
  total += size;
  return OK;
}

/** Bytes of the profile; 0 for none, or one with missing parts. */
export function profileLength(): i32 {
  for (let i = 1; i <= seen; i++) if (load<u32>(parts + i * 8) == 0) return 0;
  return total;
}

/** The whole profile in one piece; 0 when there is none. */
export function jpegProfile(): usize {
  const length = profileLength();
  if (length == 0 || joined != 0) return joined;
  joined = alloc(length);
  if (joined == 0) return 0;
  let to = joined;
  for (let i = 1; i <= seen; i++) {
    const size = load<u32>(parts + i * 8, 4);
    memory.copy(to, load<u32>(parts + i * 8), size);
    to += size;
  }
  return joined;
}
