// Makes small files that claim, or unfold into, far more than they weigh. Each function is one trick.

import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const big16 = (value: number) => bytes(value >> 8, value & 255);
const little16 = (value: number) => bytes(value & 255, value >> 8);
const big32 = (value: number) => bytes(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
const little32 = (value: number) => big32(value).toReversed();

const smallJpeg = (progressive: boolean) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: "#4a7" } })
    .jpeg({ progressive })
    .toBuffer();

/** A healthy JPEG whose frame header lies about its size. */
export async function lyingJpeg(side: number): Promise<Uint8Array> {
  const file = await smallJpeg(false);
  const frame = file.indexOf(bytes(0xff, 0xc0));
  file.set([...big16(side), ...big16(side)], frame + 5);
  return file;
}

/** Scans are cheap to write and each goes over every coefficient. */
export async function manyScans(side: number, repeats: number): Promise<Uint8Array> {
  const file = await smallJpeg(true);
  const frame = file.indexOf(bytes(0xff, 0xc2));
  file.set([...big16(side), ...big16(side)], frame + 5);
  const firstScan = file.indexOf(bytes(0xff, 0xda));
  const scans = file.subarray(firstScan, file.length - 2);
  return Buffer.concat([
    file.subarray(0, firstScan),
    ...Array.from({ length: repeats }, () => scans),
    bytes(0xff, 0xd9),
  ]);
}

function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  return Buffer.concat([big32(body.length), named, big32(crc32(named))]);
}

/** Claims a gigabyte of picture, and begins with honest rows of zeros. */
export function zerosPng(side: number): Uint8Array {
  const rows = deflateSync(Buffer.alloc((side + 1) * 3000), { level: 9 });
  return Buffer.concat([
    bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    pngChunk("IHDR", Buffer.concat([big32(side), big32(side), bytes(8, 0, 0, 0, 0)])),
    pngChunk("IDAT", rows),
    pngChunk("IEND", bytes()),
  ]);
}

/** The same within the size limit: what must be decoded, and within the CPU budget. */
export function wholeZerosPng(side: number): Uint8Array {
  const rows = deflateSync(Buffer.alloc((side + 1) * side), { level: 9 });
  return Buffer.concat([
    bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    pngChunk("IHDR", Buffer.concat([big32(side), big32(side), bytes(8, 0, 0, 0, 0)])),
    pngChunk("IDAT", rows),
    pngChunk("IEND", bytes()),
  ]);
}

/** A colour profile that inflates to 200 MB. */
export function profilePng(): Uint8Array {
  const profile = deflateSync(Buffer.alloc(200_000_000), { level: 9 });
  const iccp = Buffer.concat([Buffer.from("bomb\0\0", "latin1"), profile]);
  const rows = deflateSync(Buffer.alloc(65 * 64), { level: 9 });
  return Buffer.concat([
    bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    pngChunk("IHDR", Buffer.concat([big32(64), big32(64), bytes(8, 0, 0, 0, 0)])),
    pngChunk("iCCP", iccp),
    pngChunk("IDAT", rows),
    pngChunk("IEND", bytes()),
  ]);
}

export function framesGif(side: number, frames: number): Uint8Array {
  const frame = Buffer.concat([
    bytes(0x2c, 0, 0, 0, 0),
    ...[little16(side), little16(side)],
    // Two-bit codes: clear, one pixel, end.
    bytes(0, 2, 2, 0x44, 0x01, 0),
  ]);
  const palette = bytes(0, 0, 0, 255, 255, 255);
  const head = Buffer.concat([
    Buffer.from("GIF89a"),
    little16(side),
    little16(side),
    bytes(0x80, 0, 0),
    palette,
  ]);
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), bytes(0x3b)]);
}

/** A lossy WebP's key frame header, 14 bits a side, and nothing behind it. */
export function hugeWebp(): Uint8Array {
  const frame = Buffer.concat([
    bytes(0x50, 0x02, 0, 0x9d, 0x01, 0x2a),
    little16(16383),
    little16(16383),
    new Uint8Array(400),
  ]);
  const chunk = Buffer.concat([Buffer.from("VP8 "), little32(frame.length), frame]);
  return Buffer.concat([Buffer.from("RIFF"), little32(chunk.length + 4), Buffer.from("WEBP"), chunk]);
}

/** A healthy AVIF whose `ispe` lies. */
export async function hugeAvif(): Promise<Uint8Array> {
  const file = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#4a7" } })
    .avif({ effort: 0 })
    .toBuffer();
  file.set([...big32(17_000), ...big32(17_000)], file.indexOf("ispe") + 8);
  return file;
}

/** A directory of 255 entries that all point at a bitmap of 60,000 x 60,000. */
export function hugeIco(): Uint8Array {
  const count = 255;
  const entry = Buffer.concat([
    bytes(0, 0, 0, 0),
    little16(1),
    little16(32),
    little32(40),
    little32(6 + count * 16),
  ]);
  const bitmap = Buffer.concat([
    little32(40),
    little32(60_000),
    little32(120_000),
    little16(1),
    little16(32),
    new Uint8Array(24),
  ]);
  return Buffer.concat([
    bytes(0, 0, 1, 0),
    little16(count),
    ...Array.from({ length: count }, () => entry),
    bitmap,
  ]);
}

export const billionLaughs = () =>
  Buffer.from(
    `<!DOCTYPE svg [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, level) => `<!ENTITY b${level} "${(level ? `&b${level - 1};` : "&a;").repeat(10)}">`).join("")}]><svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script><text>&b19;</text></svg>`,
  );
