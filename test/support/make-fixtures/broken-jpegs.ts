// JPEGs as they lie about in the world: without an end, without tables, with bits lost on the way. Made from a sound photograph.

import sharp from "sharp";
import { fixture } from "../fixtures.ts";
import { jpegShape } from "../jpeg-shapes.ts";
import { insertSegments, jpegSegment } from "./jpeg-segments.ts";

export interface BrokenFile {
  readonly name: string;
  readonly file: Uint8Array<ArrayBuffer>;
}

const startOfScan = 0xda;

/** Where the segment of a marker begins: the FF before it. */
function placeOf(jpeg: Uint8Array, marker: number, from = 2): number {
  for (let at = from; at + 4 <= jpeg.length; ) {
    if (jpeg[at + 1] === marker) return at;
    at += 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
  }
  throw new Error(`There is no marker ${marker.toString(16)}.`);
}

/** The first byte of the first scan's data. */
export function scanStart(jpeg: Uint8Array): number {
  const at = placeOf(jpeg, startOfScan);
  return at + 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
}

function restartsIn(jpeg: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = scanStart(jpeg); at < jpeg.length; at++)
    if (jpeg[at] === 0xff && ((jpeg[at + 1] ?? 0) & 0xf8) === 0xd0) found.push(at);
  return found;
}

const bytes = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts.map((part) => Uint8Array.from(part))));

export const withoutEnd = (jpeg: Uint8Array) => Uint8Array.from(jpeg.subarray(0, -2));

/** Up to a share of its scan data. */
export function cutAt(jpeg: Uint8Array, share: number): Uint8Array<ArrayBuffer> {
  const start = scanStart(jpeg);
  return Uint8Array.from(jpeg.subarray(0, start + Math.floor((jpeg.length - start) * share)));
}

/** What webcams send: the tables of Annex K are not worth their bytes. */
export function withoutTables(jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
  let rest = jpeg;
  for (;;) {
    try {
      const at = placeOf(rest, 0xc4);
      const end = at + 2 + (rest[at + 2] ?? 0) * 256 + (rest[at + 3] ?? 0);
      rest = bytes(rest.subarray(0, at), rest.subarray(end));
    } catch {
      return Uint8Array.from(rest);
    }
  }
}

/** Other bytes in the place of some. */
const spliced = (jpeg: Uint8Array, at: number, removed: number, ...put: number[]) =>
  bytes(jpeg.subarray(0, at), put, jpeg.subarray(at + removed));

/** A phone's trailer: blocks with names, a directory "SEFH", and "SEFT" at the very end. */
export function phoneTrailer(secret: string): Uint8Array<ArrayBuffer> {
  const name = Buffer.from("Image_UTC_Data");
  const block = Buffer.concat([Uint8Array.of(0, 0, 1, 10, name.length, 0, 0, 0), name, Buffer.from(secret)]);
  const directory = Buffer.alloc(24);
  directory.write("SEFH", 0);
  directory.writeUInt32LE(101, 4);
  directory.writeUInt32LE(1, 8);
  directory.set([0, 0, 1, 10], 12);
  directory.writeUInt32LE(block.length, 16);
  directory.writeUInt32LE(block.length, 20);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(directory.length, 0);
  tail.write("SEFT", 4);
  return bytes(block, directory, tail);
}

async function profileOf(name: string): Promise<Uint8Array> {
  const { icc } = await sharp(fixture(name)).metadata();
  if (!icc) throw new Error(`${name} has no profile.`);
  return icc;
}

const withProfile = (jpeg: Uint8Array, profile: Uint8Array) =>
  bytes(
    insertSegments(jpeg, [jpegSegment(0xe2, Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x01"), profile]))]),
  );

export async function brokenJpegs(): Promise<BrokenFile[]> {
  const photo = () => sharp(fixture("cat.jpg")).resize(160, 120).removeAlpha();
  const standard = { quality: 80, optimiseCoding: false } as const;
  const plain = await photo().jpeg(standard).toBuffer();
  const fine = await photo().jpeg({ quality: 90, chromaSubsampling: "4:4:4" }).toBuffer();
  const gray = await photo().toColourspace("b-w").jpeg(standard).toBuffer();
  const progressive = await photo().jpeg({ quality: 80, progressive: true }).toBuffer();
  const cmyk = await photo().toColourspace("cmyk").jpeg({ quality: 80 }).toBuffer();
  const rows = jpegShape("2x2 rows 63x64").file;
  const fineRows = jpegShape("1x1 rows 63x64").file;
  const blocks = jpegShape("2x2 blocks 63x64").file;
  const separate = jpegShape("2x2 separate-scans 63x64").file;
  const refined = jpegShape("2x2 refined 63x64").file;
  const middle = (jpeg: Uint8Array) => {
    const start = scanStart(jpeg);
    let at = start + ((jpeg.length - start) >> 1);
    while (jpeg[at - 1] === 0xff || jpeg[at] === 0xff) at++;
    return at;
  };
  const second = (jpeg: Uint8Array, index = 1) => restartsIn(jpeg)[index] ?? 0;
  const numbered = (jpeg: Uint8Array, index: number, step: number) => {
    const at = second(jpeg, index);
    return spliced(jpeg, at + 1, 1, 0xd0 | (((jpeg[at + 1] ?? 0) + step) & 7));
  };
  const interval = (jpeg: Uint8Array, index: number) =>
    [second(jpeg, index), second(jpeg, index + 1)] as const;
  const withoutInterval = (jpeg: Uint8Array, index: number) => {
    const [from, to] = interval(jpeg, index);
    return bytes(jpeg.subarray(0, from), jpeg.subarray(to));
  };
  const p3 = await profileOf("p3.jpg");
  const press = await profileOf("cmyk.jpg").catch(() => p3);
  return [
    { name: "whole", file: bytes(plain) },
    { name: "no EOI", file: withoutEnd(plain) },
    { name: "no EOI, 4:4:4", file: withoutEnd(fine) },
    { name: "no EOI, gray", file: withoutEnd(gray) },
    { name: "no EOI, progressive", file: withoutEnd(progressive) },
    { name: "no EOI, CMYK", file: withoutEnd(cmyk) },
    { name: "no EOI, separate scans", file: withoutEnd(separate) },
    { name: "half an EOI", file: Uint8Array.from(plain.subarray(0, -1)) },
    {
      name: "a phone's trailer in EOI's place",
      file: bytes(withoutEnd(plain), phoneTrailer("secret place")),
    },
    {
      name: "a phone's trailer in EOI's place, with markers",
      file: bytes(withoutEnd(plain), phoneTrailer("secret \xff\xe1\xff\xff\x01 \xff\x00 place")),
    },
    { name: "another picture in EOI's place", file: bytes(withoutEnd(plain), gray) },
    { name: "another picture behind EOI", file: bytes(plain, gray) },
    { name: "words in EOI's place", file: bytes(withoutEnd(plain), Buffer.from("secret words")) },
    {
      name: "words behind a progressive picture",
      file: bytes(withoutEnd(progressive), Buffer.from("secret words")),
    },
    { name: "cut at 0.7", file: cutAt(plain, 0.7) },
    { name: "cut at 0.4, 4:4:4", file: cutAt(fine, 0.4) },
    { name: "cut at 0.5, gray", file: cutAt(gray, 0.5) },
    { name: "cut at 0.5, CMYK", file: cutAt(cmyk, 0.5) },
    { name: "cut at 0.7, progressive", file: cutAt(progressive, 0.7) },
    { name: "cut at 0.2, progressive", file: cutAt(progressive, 0.2) },
    { name: "cut at 0.6, separate scans", file: cutAt(separate, 0.6) },
    { name: "cut at 0.5, refined", file: cutAt(refined, 0.5) },
    { name: "cut at 0.5, then EOI", file: bytes(cutAt(plain, 0.5), [0xff, 0xd9]) },
    { name: "cut at 0.5, restarts", file: cutAt(rows, 0.5) },
    { name: "cut within its first row", file: cutAt(plain, 0.02) },
    { name: "cut within its first row, progressive", file: cutAt(progressive, 0.005) },
    { name: "cut behind its last header", file: cutAt(plain, 0) },
    { name: "cut within its headers", file: Uint8Array.from(plain.subarray(0, 200)) },
    { name: "no DHT", file: withoutTables(plain) },
    { name: "no DHT, gray", file: withoutTables(gray) },
    { name: "no DHT, no EOI", file: withoutEnd(withoutTables(plain)) },
    ...[0x01, 0x02, 0x3a, 0x80, 0xbf].map((stray) => ({
      name: `FF ${stray.toString(16).padStart(2, "0")} in a scan with restarts`,
      file: spliced(rows, second(rows) + 20, 2, 0xff, stray),
    })),
    { name: "FF 3a in the first interval", file: spliced(rows, scanStart(rows) + 60, 2, 0xff, 0x3a) },
    { name: "FF 3a in the last interval", file: spliced(rows, rows.length - 30, 2, 0xff, 0x3a) },
    { name: "FF 3a in a restart's place", file: spliced(fineRows, second(fineRows, 2), 2, 0xff, 0x3a) },
    {
      name: "FF 3a twice",
      file: spliced(fineRows, second(fineRows, 2) + 9, 6, 0xff, 0x3a, 1, 0xff, 0x3a, 2),
    },
    { name: "FF 3a among blocks", file: spliced(blocks, second(blocks, 6) + 3, 2, 0xff, 0x3a) },
    { name: "FF 3a in a scan without restarts", file: spliced(plain, middle(plain), 2, 0xff, 0x3a) },
    { name: "a table's marker in a scan", file: spliced(plain, middle(plain), 2, 0xff, 0xdb) },
    {
      name: "a table's marker in a scan with restarts",
      file: spliced(rows, second(rows) + 20, 2, 0xff, 0xdb),
    },
    { name: "EOI in the middle", file: spliced(plain, middle(plain), 2, 0xff, 0xd9) },
    { name: "a restart is missing", file: spliced(fineRows, second(fineRows, 2), 2) },
    { name: "a restart twice", file: spliced(fineRows, second(fineRows, 2), 0, 0xff, 0xd2) },
    { name: "a restart before its time by one", file: numbered(fineRows, 2, 1) },
    { name: "a restart before its time by two", file: numbered(fineRows, 2, 2) },
    { name: "a restart of long ago", file: numbered(fineRows, 3, -1) },
    { name: "a restart far off", file: numbered(fineRows, 2, 4) },
    { name: "an interval is missing", file: withoutInterval(fineRows, 2) },
    {
      name: "zeros in an interval",
      file: bytes(fineRows).fill(0, second(fineRows, 2) + 5, second(fineRows, 2) + 25),
    },
    { name: "bits turned", file: spliced(plain, middle(plain), 2, 0x55, 0xaa) },
    { name: "bits turned among restarts", file: spliced(rows, second(rows) + 30, 2, 0x55, 0xaa) },
    { name: "gray with a profile of RGB", file: withProfile(gray, p3) },
    { name: "RGB with a profile of inks", file: withProfile(plain, press.subarray(0, 60_000)) },
    { name: "bytes before EOI", file: spliced(plain, plain.length - 2, 0, 1, 2, 3, 4, 5) },
    { name: "zeros between segments", file: spliced(plain, placeOf(plain, 0xc4), 0, 0, 0, 0) },
    { name: "fill between segments", file: spliced(plain, placeOf(plain, 0xdb), 0, 0xff, 0xff) },
    { name: "a second SOI", file: spliced(plain, 2, 0, 0xff, 0xd8) },
    { name: "a broken scan header later on", file: brokenLater(progressive) },
  ];
}

/** The third scan names a component that there is not. */
function brokenLater(jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(jpeg);
  let scans = 0;
  for (let at = scanStart(copy); at + 6 < copy.length; at++)
    if (copy[at] === 0xff && copy[at + 1] === startOfScan && ++scans === 2) copy[at + 5] = 99;
  return copy;
}
