// Puts a second picture into a TIFF: as a page, or as a directory below the first page.
import { SECOND } from "./placed.ts";

/** An uncompressed TIFF page of its own, with nothing but its pixels. */
export function withPage(file: Buffer, subfileType: number): Buffer {
  const start = file.length + (file.length & 1);
  const entry = (tag: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(4, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const pixelsAt = start + 2 + 5 * 12 + 4;
  const entries = [
    entry(254, subfileType),
    entry(256, SECOND.length),
    entry(257, 1),
    entry(273, pixelsAt),
    entry(279, SECOND.length),
  ];
  const page = Buffer.concat([
    Uint8Array.of(entries.length, 0),
    ...entries,
    Buffer.alloc(4),
    Buffer.from(SECOND),
  ]);
  const whole = Buffer.concat([file, Buffer.alloc(start - file.length), page]);
  const first = whole.readUInt32LE(4);
  whole.writeUInt32LE(start, first + 2 + whole.readUInt16LE(first) * 12);
  return whole;
}

/** Its first directory gets a tag that nobody shows, which points to a whole second TIFF. */
export function withSubDirectory(file: Buffer): Buffer {
  const paged = withPage(file, 0);
  const first = paged.readUInt32LE(4);
  const count = paged.readUInt16LE(first);
  const sub = paged.readUInt32LE(first + 2 + count * 12);
  // The chain ends, and the tag of the software (or another that is not shown) becomes one of SubIFDs.
  paged.writeUInt32LE(0, first + 2 + count * 12);
  const directory = Buffer.alloc(2 + (count + 1) * 12 + 4);
  paged.copy(directory, 0, first, first + 2 + count * 12);
  directory.writeUInt16LE(count + 1, 0);
  const at = 2 + count * 12;
  directory.writeUInt16LE(330, at);
  directory.writeUInt16LE(4, at + 2);
  directory.writeUInt32LE(1, at + 4);
  directory.writeUInt32LE(sub, at + 8);
  const whole = Buffer.concat([paged, Buffer.alloc(paged.length & 1), directory]);
  whole.writeUInt32LE(whole.length - directory.length, 4);
  return whole;
}
