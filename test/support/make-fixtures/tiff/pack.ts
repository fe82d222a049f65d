// Packs a strip or tile the ways that TIFF knows: each of them the simple way, so that it can be read over.
import { deflateSync, zstdCompressSync } from "node:zlib";
import { packFax } from "./pack-fax.ts";

export interface PackWish {
  readonly compression: number;
  /** Pixels of a row, for faxes. */
  readonly width: number;
  /** T4Options of a fax. */
  readonly faxOptions?: number;
}

export function pack(bytes: Uint8Array, { compression, width, faxOptions = 0 }: PackWish): Uint8Array {
  switch (compression) {
    case 1:
      return bytes;
    case 2:
    case 3:
    case 4:
    case 32_771:
      return packFax(bytes, width, compression, faxOptions);
    case 5:
      return packLzw(bytes);
    case 8:
    case 32_946:
      return deflateSync(bytes);
    case 32_773:
      return packBits(bytes);
    case 50_000:
      return zstdCompressSync(bytes);
    default:
      throw new Error(`Nothing here packs by ${compression}.`);
  }
}

/** TIFF 6.0, section 9: runs of three and more, and what lies between them. */
export function packBits(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let run = 1;
    while (run < 128 && at + run < bytes.length && bytes[at + run] === bytes[at]) run++;
    if (run >= 3) {
      out.push(257 - run, bytes[at] ?? 0);
      at += run;
      continue;
    }
    let count = 0;
    const isRun = (from: number) =>
      from + 2 < bytes.length && bytes[from] === bytes[from + 1] && bytes[from] === bytes[from + 2];
    while (count < 128 && at + count < bytes.length && !(count > 0 && isRun(at + count))) count++;
    out.push(count - 1, ...bytes.subarray(at, at + count));
    at += count;
  }
  return Uint8Array.from(out);
}

/** TIFF 6.0, section 13. */
export function packLzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let bitCount = 0;
  let width = 9;
  let table = new Map<string, number>();
  let next = 258;
  const put = (code: number) => {
    bits = (bits << width) | code;
    bitCount += width;
    for (; bitCount >= 8; bitCount -= 8) out.push((bits >>> (bitCount - 8)) & 255);
    bits &= (1 << bitCount) - 1;
  };
  const codeOf = (key: string) => table.get(key) ?? key.charCodeAt(0);
  put(256);
  let known = "";
  for (const byte of bytes) {
    const longer = known + String.fromCharCode(byte);
    if (known === "" || table.has(longer)) {
      known = longer;
      continue;
    }
    put(codeOf(known));
    table.set(longer, next++);
    if (next === 4094) {
      put(256);
      table = new Map();
      next = 258;
      width = 9;
    } else if (next === 1 << width && width < 12) width++;
    known = String.fromCharCode(byte);
  }
  if (known !== "") {
    put(codeOf(known));
    next++;
    if (next === 1 << width && width < 12) width++;
  }
  put(257);
  if (bitCount > 0) out.push((bits << (8 - bitCount)) & 255);
  return Uint8Array.from(out);
}
