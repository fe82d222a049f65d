// TIFF, BMP and ICO, and files that are no picture at all.

import { deflateSync, gzipSync } from "node:zlib";
import { bmp, ico, info } from "../../../test/harness/hostile/files/bitmap.ts";
import { ascii, bytes, join, little32, noise, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import * as png from "../../../test/harness/hostile/files/png.ts";
import { dataOffset, grey, packedZeros, tag, tiff } from "../../../test/harness/hostile/files/tiff.ts";
import { type Attack, file } from "../attack.ts";

const quick = true;
const views = ["w=320&format=jpg", "", "w=64"];

export const tiffRows: readonly Attack[] = [
  file("TIFF that says 100000 x 100000", () => grey(100_000, 100_000, [], new Uint8Array(4_096)), {
    views,
  }),
  file(
    "TIFF of 17000 x 17000 in PackBits",
    () => grey(17_000, 17_000, [[tag.compression, 32773]], packedZeros(17_000 * 17_000)),
    { quick, views },
  ),
  file(
    "TIFF of 6000 x 6000 in PackBits",
    () => grey(6_000, 6_000, [[tag.compression, 32773]], packedZeros(6_000 * 6_000)),
    { views },
  ),
  file(
    "TIFF of 64 x 64 whose deflated strip goes on for 600 MB",
    () => grey(64, 64, [[tag.compression, 8]], png.zeros(600_000_000)),
    { quick, views },
  ),
  file(
    "TIFF of 4000 x 4000, deflated",
    async () => grey(4_000, 4_000, [[tag.compression, 8]], deflateSync(new Uint8Array(16_000_000))),
    { views },
  ),
  file(
    "TIFF of LZW noise that says 5000 x 5000",
    () => grey(5_000, 5_000, [[tag.compression, 5]], noise(5_000_000)),
    { views },
  ),
  file("TIFF whose directories go round in a circle", () => grey(64, 64, [], new Uint8Array(4_096), 8), {
    views,
  }),
  file(
    "TIFF whose sub-directory is itself",
    () => grey(64, 64, [[tag.subDirectories, 8]], new Uint8Array(4_096)),
    { views },
  ),
  file("TIFF of 65,535 entries", () => tiff(Array.from({ length: 65_535 }, (_, at) => [at, 1] as const)), {
    views,
  }),
  file(
    "TIFF of four billion strips",
    () =>
      grey(
        64,
        64,
        [
          [tag.rowsPerStrip, 1],
          [tag.stripOffsets, 8, 0xffffffff],
          [tag.stripBytes, 8, 0xffffffff],
        ],
        new Uint8Array(4_096),
      ),
    { views },
  ),
  file(
    "TIFF whose 60,000 strips are one and the same",
    () => {
      const at = dataOffset(9);
      const offsets = repeat(little32(at + 480_000), 60_000);
      const lengths = repeat(little32(60_000), 60_000);
      return tiff(
        [
          [tag.width, 60_000],
          [tag.height, 60_000],
          [tag.bits, 8],
          [tag.compression, 1],
          [tag.photometric, 1],
          [tag.samples, 1],
          [tag.rowsPerStrip, 1],
          [tag.stripOffsets, at, 60_000],
          [tag.stripBytes, at + 240_000, 60_000],
        ],
        join(offsets, lengths, new Uint8Array(60_000)),
      );
    },
    { quick, views },
  ),
  file(
    "TIFF of 16 million tiles of one pixel",
    () =>
      grey(
        4_000,
        4_000,
        [
          [tag.tileWidth, 1],
          [tag.tileHeight, 1],
          [tag.tileOffsets, 8, 16_000_000],
          [tag.tileBytes, 8, 16_000_000],
        ],
        new Uint8Array(4_096),
      ),
    { views },
  ),
  file(
    "TIFF of 65,535 samples a pixel",
    () => grey(2_000, 2_000, [[tag.samples, 65_535]], new Uint8Array(4_096)),
    { views },
  ),
  file("TIFF with rows of no height", () => grey(64, 64, [[tag.rowsPerStrip, 0]], new Uint8Array(4_096)), {
    views,
  }),
  file(
    "TIFF with a strip behind the end of the file",
    () => grey(64, 64, [[tag.stripOffsets, 0xfffffff0]], new Uint8Array(4_096)),
    { views },
  ),
  file("BigTIFF", () => join(ascii("II"), bytes(43, 0, 8, 0, 0, 0), new Uint8Array(64)), { views }),
];

export const bitmapRows: readonly Attack[] = [
  file("BMP that says 60000 x 60000", () => bmp({ width: 60_000, height: 60_000 }), { views }),
  file("BMP of -2147483648 rows", () => bmp({ width: 64, height: 0x80000000 }), { views }),
  file(
    "BMP of 20000 x 20000 in run lengths",
    () => bmp({ width: 20_000, height: 20_000, compression: 1, data: repeat(bytes(255, 0), 1_600_000) }),
    { quick, views },
  ),
  file(
    "BMP of 5000 x 5000 in run lengths",
    () => bmp({ width: 5_000, height: 5_000, compression: 1, data: repeat(bytes(255, 0), 100_000) }),
    { views },
  ),
  file(
    "BMP of run lengths that only jump",
    () =>
      bmp({ width: 3_000, height: 3_000, compression: 1, data: repeat(bytes(0, 2, 255, 255), 1_000_000) }),
    { views },
  ),
  file(
    "BMP of empty run lengths, 18 MB",
    () => bmp({ width: 3_000, height: 3_000, compression: 1, data: repeat(bytes(0, 0), 9_000_000) }),
    { views },
  ),
  file("BMP of four billion colours", () => bmp({ width: 64, height: 64, colours: 0xffffffff }), { views }),
  file("BMP whose pixels lie behind its end", () => bmp({ width: 64, height: 64, offset: 0xfffffff0 }), {
    views,
  }),
  file("BMP of 7 bits a pixel", () => bmp({ width: 64, height: 64, depth: 7 }), { views }),
  file(
    "ICO of 255 bitmaps of 60000 x 60000",
    () => ico(255, info({ width: 60_000, height: 120_000, depth: 32 })),
    { views },
  ),
  file(
    "ICO with a PNG of 16000 x 16000 in it",
    () => ico(1, png.zerosPng({ width: 16_000, height: 16_000 })),
    {
      quick,
      views,
    },
  ),
  file(
    "ICO with a PNG of 30000 x 30000 in it",
    () => ico(1, png.zerosPng({ width: 30_000, height: 30_000 })),
    { views },
  ),
  file("ICO of 65,535 times the same PNG", () => ico(65_535, png.zerosPng({ width: 256, height: 256 })), {
    views,
  }),
  file("ICO in an ICO", () => ico(1, ico(1, info({ width: 64, height: 128, depth: 32 }))), { views }),
];

const nothing = { views: [] };

export const noPictureRows: readonly Attack[] = [
  file("file of no bytes", () => bytes(), nothing),
  file("file of one byte", () => bytes(0xff), nothing),
  file("file of 20 MB of zeros", () => new Uint8Array(20_000_000), nothing),
  file("file of noise, 20 MB", () => noise(20_000_000), nothing),
  file("gzip bomb", () => gzipSync(new Uint8Array(100_000_000)), nothing),
  file("web page that begins like a GIF", () => ascii("GIF89a/*<script>alert(1)</script>*/=1;"), {
    quick,
    views,
  }),
  file("the first three bytes of a JPEG", () => bytes(0xff, 0xd8, 0xff), nothing),
  file(
    "the signature of a PNG and nothing more",
    () => bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    nothing,
  ),
  file("file of 71 MB", () => join(bytes(0xff, 0xd8, 0xff, 0xe0), new Uint8Array(71_000_000)), {
    quick,
    views: [],
  }),
];
