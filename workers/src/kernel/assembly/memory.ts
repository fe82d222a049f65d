// Memory: one bump allocator for the one job that an instance runs at a time.
//
// Nothing is freed singly. The next job starts with `reset()`, and the same bytes serve again.
// WASM memory never shrinks, so the host sets a limit before each job: a header that asks for more
// than the plan allowed gets 0 and the job ends with TOO_LARGE, never with a trap.

const PAGE: usize = 65536;
/** Wide enough for v128 loads, and lets a row loop read a vector past its end without leaving memory. */
const SLACK: usize = 256;

let top: usize = 0;
/** How far the running job has ever been. */
let high: usize = 0;
let limit: usize = 256 << 20;

function align16(n: usize): usize {
  return (n + 15) & ~15;
}

/**
 * Forgets everything allocated, and clears it: the next job is another visitor's, and whatever a damaged file makes it
 * read too early must not be this one's picture. `rewind` clears nothing: within a job use `allocZeroed` where zeros matter.
 */
export function reset(): void {
  top = align16(__heap_base);
  if (high > top) memory.fill(top, 0, high - top);
  high = top;
}

/** The most bytes a job may allocate from here on (static tables count too). */
export function setMemoryLimit(bytes: usize): void {
  limit = bytes;
}

/** Bytes in use by the running job, static tables included. */
export function memoryUsed(): usize {
  return top;
}

/** `bytes` bytes, 16-byte aligned, contents undefined but nobody else's; 0 when the limit or the memory's end is reached. */
export function alloc(bytes: usize): usize {
  if (top == 0) reset();
  const start = top;
  // Sizes come from hostile headers: compare without adding, so that nothing can wrap around.
  if (start + SLACK > limit || bytes > limit - start - SLACK) return 0;
  const end = align16(start + bytes);
  const need = end + SLACK;
  const have = (<usize>memory.size()) * PAGE;
  if (need > have && memory.grow(<i32>((need - have + PAGE - 1) / PAGE)) < 0) return 0;
  top = end;
  // Vectors are written past a row's end, too.
  high = max(high, need);
  return start;
}

/** As `alloc`, with every byte 0. */
export function allocZeroed(bytes: usize): usize {
  const start = alloc(bytes);
  if (start != 0) memory.fill(start, 0, bytes);
  return start;
}
