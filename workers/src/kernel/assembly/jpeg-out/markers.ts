// JPEG's marker segments (T.81 Annex B) and the JFIF header.

import { putBlock, putByte, putShort } from "./bytes";
import { huffmanSpec, specBytes } from "./huffman";
import { scaledQuantiser, ZIGZAG } from "./tables";

const JFIF = memory.data<u8>([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
]);

/** Start of image and JFIF 1.01 with square pixels. */
export function putJfif(): void {
  putBlock(JFIF, 20);
}

/** B.2.4.1 */
export function putQuantiser(index: i32, base: usize, quality: i32): void {
  putShort(0xffdb);
  putShort(67);
  putByte(index);
  for (let k = 0; k < 64; k++) putByte(scaledQuantiser(base, load<u8>(ZIGZAG + k), quality));
}

/** B.2.2, baseline. */
export function putFrame(width: i32, height: i32, components: i32, halving: i32): void {
  putShort(0xffc0);
  putShort(8 + 3 * components);
  putByte(8);
  putShort(height);
  putShort(width);
  putByte(components);
  for (let c = 0; c < components; c++) {
    putByte(c + 1);
    putByte(c == 0 ? (halving << 4) | halving : 0x11);
    putByte(c == 0 ? 0 : 1);
  }
}

/** B.2.4.2; tables 0 and 2 are DC, 1 and 3 AC. */
export function putTable(table: i32): void {
  const bytes = specBytes(table);
  putShort(0xffc4);
  putShort(3 + bytes);
  putByte(((table & 1) << 4) | (table >> 1));
  putBlock(huffmanSpec(table), bytes);
}

/** B.2.3: one scan of all components, all coefficients in it. */
export function putScan(components: i32): void {
  putShort(0xffda);
  putShort(6 + 2 * components);
  putByte(components);
  for (let c = 0; c < components; c++) {
    putByte(c + 1);
    putByte(c == 0 ? 0x00 : 0x11);
  }
  putByte(0);
  putByte(63);
  putByte(0);
}
