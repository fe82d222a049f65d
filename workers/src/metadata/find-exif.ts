// Finds the EXIF block of an original without reading its picture.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { Bytes } from "../../formats/bytes/source.ts";

/** A JPEG's segments before its picture, and a PNG's chunks, are looked for up to here. */
const HEAD_BYTES = 256 * 1024;
/** More chunks than any writer makes: the rest is noise. */
const MAX_CHUNKS = 64;

/** The TIFF structure, or null. Only formats whose EXIF stands in the open are looked into. */
export async function findExif(format: SourceFormat, bytes: Bytes): Promise<Uint8Array | null> {
  switch (format) {
    case "jpg":
      return exifOfJpeg(await bytes.range(0, HEAD_BYTES));
    case "png":
      return exifOfPng(await bytes.range(0, HEAD_BYTES));
    case "webp":
      return exifOfWebp(bytes);
    default:
      return null;
  }
}

function exifOfJpeg(head: Uint8Array): Uint8Array | null {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  for (let at = 2; at + 10 <= head.length && head[at] === 0xff; ) {
    const marker = head[at + 1] ?? 0;
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === 0xda || end > head.length) return null;
    if (marker === 0xe1 && letters(head, at + 4, 6) === "Exif\0\0") return head.subarray(at + 10, end);
    at = end;
  }
  return null;
}

function exifOfPng(head: Uint8Array): Uint8Array | null {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  for (let at = 8; at + 12 <= head.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > head.length) return null;
    if (letters(head, at + 4, 4) === "eXIf") return head.subarray(at + 8, end - 4);
    at = end;
  }
  return null;
}

/** A WebP keeps its EXIF at its end, so its chunks are stepped over by their lengths. */
async function exifOfWebp(bytes: Bytes): Promise<Uint8Array | null> {
  let at = 12;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await bytes.range(at, 8);
    if (head.length < 8) return null;
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
    if (letters(head, 0, 4) === "EXIF") {
      const block = length > HEAD_BYTES ? null : await bytes.range(at + 8, length);
      // Some writers put JPEG's prefix here, too.
      return block && letters(block, 0, 6) === "Exif\0\0" ? block.subarray(6) : block;
    }
    at += 8 + length + (length & 1);
  }
  return null;
}

const letters = (bytes: Uint8Array, at: number, count: number) =>
  String.fromCharCode(...bytes.subarray(at, at + count));
