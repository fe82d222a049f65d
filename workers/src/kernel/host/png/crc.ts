// CRCs computed in WASM, several times faster than a table in JavaScript.

import type { Crc } from "../../../../formats/bytes/crc32.ts";

export interface CrcExports {
  readonly memory: WebAssembly.Memory;
  pngCrc(crc: number, from: number, length: number): number;
}

/** The bytes pass through `scratch`, a place in the kernel's memory. */
export function crcBy(kernel: CrcExports, scratch: { readonly at: number; readonly bytes: number }): Crc {
  return (crc, bytes) => {
    let sum = crc;
    for (let at = 0; at < bytes.length; at += scratch.bytes) {
      const part = bytes.subarray(at, at + scratch.bytes);
      new Uint8Array(kernel.memory.buffer).set(part, scratch.at);
      sum = kernel.pngCrc(sum, scratch.at, part.length);
    }
    return sum;
  };
}
