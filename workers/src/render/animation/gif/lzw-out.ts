// Packs a box of colour indices into LZW codes in sub-blocks (GIF89a specification, appendix F).

import type { ByteSink } from "../../../../formats/bytes/byte-sink.ts";
import type { Box } from "../../../geometry/pixels.ts";

const MAX_CODES = 4096;
const SLOTS = 16384;
const MAX_BLOCK = 255;
// The dictionary: "string code, next index" -> longer string's code, open addressing, at most a quarter full.
const keys = new Int32Array(SLOTS);
const codes = new Int16Array(SLOTS);
const block = new Uint8Array(MAX_BLOCK);

/** `stride` is the width of the plane that `indices` holds and the box lies in. */
export function packIndices(
  sink: ByteSink,
  indices: Uint8Array,
  stride: number,
  box: Box,
  minimumCodeSize: number,
): void {
  const clear = 1 << minimumCodeSize;
  let size = minimumCodeSize + 1;
  let next = clear + 2;
  let bits = 0;
  let bitCount = 0;
  let filled = 0;

  const emit = (code: number) => {
    bits |= code << bitCount;
    bitCount += size;
    while (bitCount >= 8) {
      block[filled++] = bits & 255;
      bits >>>= 8;
      bitCount -= 8;
      if (filled === MAX_BLOCK) flush();
    }
  };
  const flush = () => {
    sink.byte(filled);
    sink.append(block.subarray(0, filled));
    filled = 0;
  };

  sink.byte(minimumCodeSize);
  emit(clear);
  keys.fill(-1);
  let string = -1;
  for (let y = box.y; y < box.y + box.height; y++) {
    const end = y * stride + box.x + box.width;
    for (let at = end - box.width; at < end; at++) {
      const index = indices[at] ?? 0;
      if (string === -1) {
        string = index;
        continue;
      }
      const key = (string << 8) | index;
      let slot = Math.imul(key, 0x9e3779b1) >>> 18;
      while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & (SLOTS - 1);
      if (keys[slot] === key) {
        string = codes[slot] ?? 0;
        continue;
      }
      emit(string);
      string = index;
      if (next < MAX_CODES) {
        keys[slot] = key;
        codes[slot] = next;
        // The reader is one entry behind, so codes widen when the entry itself no longer fits.
        if (next === 1 << size) size++;
        next++;
      } else {
        emit(clear);
        keys.fill(-1);
        size = minimumCodeSize + 1;
        next = clear + 2;
      }
    }
  }
  if (string !== -1) emit(string);
  emit(clear + 1);
  if (bitCount > 0) block[filled++] = bits & 255;
  if (filled > 0) flush();
  sink.byte(0);
}
