// Has V8's collector come now, and not some time.
//
// V8 counts no WebAssembly memory as a reason to collect, and buffers late: a memory of 80 MB that nobody has any more stands until the
// JavaScript heap happens to be full. There is no call for it in Workers. But before it refuses a buffer for want of memory, V8 collects
// all that there is.

/** More than any address space holds: it can't be had, whatever the machine. */
const IMPOSSIBLE_BYTES = 2 ** 52;

/** Takes some 30 ms. Where a runtime refuses such a length before it asks for the memory, nothing happens. */
export function collectGarbage(): void {
  try {
    new ArrayBuffer(IMPOSSIBLE_BYTES);
  } catch {
    // That it would be refused was known.
  }
}
