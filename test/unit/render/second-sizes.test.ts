// Wherever a file tells its size twice, one of the two may lie, in either direction: the answer is the right picture or a refusal, and no
// more memory than was planned.
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { ico, info } from "../../harness/hostile/files/bitmap.ts";
import * as gif from "../../harness/hostile/files/gif.ts";
import * as heif from "../../harness/hostile/files/heif.ts";
import * as jpeg from "../../harness/hostile/files/jpeg.ts";
import * as tiff from "../../harness/hostile/files/tiff.ts";
import * as webp from "../../harness/hostile/files/webp.ts";
import { Target } from "../../harness/hostile/target.ts";
import { hevcConfiguration } from "../../support/make-fixtures/coded-pictures.ts";
import { box, buildHeif, gridPayload, imageSize } from "../../support/make-fixtures/heif-file.ts";
import { insertChunks } from "../../support/make-fixtures/png-chunks.ts";

const target = new Target();
afterAll(() => target.stop());

const LARGE = 3_000;
type Row = readonly [name: string, make: () => Uint8Array | Promise<Uint8Array>, ending: string];

/** The bytes of the one AV1 item that sharp writes, whatever stands around them. */
async function av1Of(side: number): Promise<Buffer> {
  const file = Buffer.from(await heif.plainAvif(side));
  return file.subarray(file.indexOf("mdat") + 4);
}

/** An AVIF from parts: `tiles` pictures of a side each, shown as a grid that says `says`. */
async function avifGrid(tiles: number, side: number, says: number): Promise<Uint8Array> {
  const payload = await av1Of(side);
  const config = box("av1C", Buffer.from([0x81, 0x04, 0x0c, 0x00]));
  return buildHeif({
    brand: "avif",
    properties: [imageSize(says, says), imageSize(side, side), config],
    items: [
      { type: "grid", payload: gridPayload(1, tiles, says, says), properties: [1] },
      ...Array.from({ length: tiles }, () => ({ type: "av01", payload, properties: [2, 3] }) as const),
    ],
    references: [{ type: "dimg", from: 1, to: Array.from({ length: tiles }, (_, at) => at + 2) }],
  });
}

/** A HEIC whose `hvcC` is another picture's. */
function heicOver(side: number): Uint8Array {
  return buildHeif({
    brand: "heic",
    properties: [imageSize(64, 64), hevcConfiguration(side, side)],
    items: [{ type: "hvc1", payload: Buffer.from([0, 0, 0, 4, 19 << 1, 1, 0x80, 0]), properties: [1, 2] }],
  });
}

const fullGif = (screen: number, side: number) =>
  gif.gif(screen, screen, gif.frame({ width: side, height: side, data: gif.fullFrame(side, side) }));

const rows: readonly Row[] = [
  [
    "AVIF: ispe 64 over 3000",
    async () => heif.sayingSize(await heif.plainAvif(LARGE), 64, 64),
    "avif refused",
  ],
  ["AVIF: ispe 900 over 64", async () => heif.sayingSize(await heif.plainAvif(64), 900, 900), "avif refused"],
  ["AVIF: an alpha that says 3000", () => heif.lyingAlpha(LARGE), "avif refused"],
  ["AVIF: a film's brand", async () => avis(await heif.plainAvif(64)), "avif picture"],
  ["AVIF: a grid of 64 over tiles of 3000", () => avifGrid(2, LARGE, 64), "avif refused"],
  ["AVIF: a grid of 3000 over tiles of 64", () => avifGrid(2, 64, LARGE), "avif refused"],
  ["HEIC: ispe 64 over 16000 in its configuration", () => heicOver(16_000), "heic refused"],
  ["HEIC: ispe 16 over tiles of 512", () => heif.sayingSize(heif.plainHeic(), 16, 16), "heic refused"],
  [
    "HEIC: ispe 30000 over tiles of 512",
    () => heif.sayingSize(heif.plainHeic(), 30_000, 30_000),
    "heic refused",
  ],
  [
    "GIF: a first frame of 12200 on a screen of 64",
    () => gif.gif(64, 64, gif.frame({ width: 12_200, height: 12_200 })),
    "gif refused",
  ],
  ["GIF: a first frame of 90 on a screen of 64", () => fullGif(64, 90), "gif picture"],
  ["GIF: a first frame of 64 on a screen of 900", () => fullGif(900, 64), "gif picture"],
  [
    "GIF: a later frame of 9000 on a screen of 64",
    () => gif.gif(64, 64, one64, gif.frame({ width: 9_000, height: 9_000 })),
    "gif picture",
  ],
  [
    "WebP: canvas 64 over 3000",
    async () => webp.riff(webp.extended(0, 64, 64), await webp.imageChunk(LARGE)),
    "? refused",
  ],
  [
    "WebP: canvas 3000 over 64",
    async () => webp.riff(webp.extended(0, LARGE, LARGE), await webp.imageChunk(64)),
    "? refused",
  ],
  [
    "WebP: a canvas behind its picture",
    async () => webp.riff(await webp.imageChunk(LARGE), webp.extended(0, 64, 64)),
    "webp picture",
  ],
  [
    "WebP: a film of 64 with a still of 3000 in it",
    async () => webp.animated(64, await webp.imageChunk(LARGE)),
    "? refused",
  ],
  [
    "WebP: a film of 64 with frames of 3000",
    async () => webp.animated(64, webp.frame(LARGE, LARGE, await webp.imageChunk(LARGE))),
    "? refused",
  ],
  [
    "WebP: frames of 64 that hold 3000",
    async () => webp.animated(64, webp.frame(64, 64, await webp.imageChunk(LARGE))),
    "? refused",
  ],
  [
    "WebP: frames of 64 that hold 32",
    async () => webp.animated(64, webp.frame(64, 64, await webp.imageChunk(32))),
    "? refused",
  ],
  ["JPEG: a second frame header of 12000", () => jpeg.twoFrames(64, 12_000), "? refused"],
  ["JPEG: a height of 65000 behind its scan", () => jpeg.heightBehind(65_000), "? refused"],
  ["TIFF: a tile of 11000 in a picture of 64", () => tiledTiff(64, 11_000), "tiff refused"],
  [
    "TIFF: 64 bits a sample",
    () => tiff.grey(1_500, 1_500, [[tiff.tag.bits, 64]], new Uint8Array(64)),
    "tiff refused",
  ],
  [
    "TIFF: a strip that is a JPEG of 20000",
    () => tiff.grey(64, 64, [[259, 7]], jpegHeader(20_000)),
    "tiff refused",
  ],
  ["TIFF: a width that lies elsewhere", () => longTiff(), "? refused"],
  [
    "ICO: 16 over a bitmap of 20000",
    () => ico(1, Buffer.concat([info({ width: 20_000, height: 40_000, depth: 32 }), new Uint8Array(99)]), 16),
    "ico refused",
  ],
  [
    "ICO: a PNG whose profile unfolds to 60 MB",
    async () => ico(1, await pngWithProfile(60_000_000), 64),
    "ico picture",
  ],
  [
    "ICO: 256 over a bitmap of 16",
    () => ico(1, Buffer.concat([info({ width: 16, height: 32, depth: 32 }), new Uint8Array(2_000)]), 0),
    "ico refused",
  ],
];

/** A PNG of 64 x 64 with a colour profile of so many bytes. */
async function pngWithProfile(bytes: number): Promise<Uint8Array> {
  const picture = sharp({ create: { width: 64, height: 64, channels: 4, background: "#4a7" } });
  const profile = Buffer.concat([
    Buffer.from("bomb\0\0", "latin1"),
    deflateSync(Buffer.alloc(bytes), { level: 9 }),
  ]);
  return insertChunks(await picture.png().toBuffer(), [{ type: "iCCP", body: profile }]);
}

const one64 = gif.frame({ width: 64, height: 64 });

function avis(file: Uint8Array): Uint8Array {
  const copy = Buffer.from(file);
  copy.write("avis", 8, "latin1");
  return copy;
}

function tiledTiff(side: number, tile: number): Uint8Array {
  const { tag } = tiff;
  return tiff.grey(
    side,
    side,
    [
      [tag.tileWidth, tile],
      [tag.tileHeight, tile],
      [tag.tileOffsets, 8],
      [tag.tileBytes, 64],
    ],
    new Uint8Array(64),
  );
}

/** The type of eight bytes: its number lies where another reader sees the number itself. */
function longTiff(): Uint8Array {
  const file = Buffer.from(tiff.grey(64, 64, [], new Uint8Array(64 * 64)));
  file.writeUInt16LE(16, 8 + 2 + 2);
  return file;
}

/** SOI, and a frame header of three components. */
function jpegHeader(side: number): Uint8Array {
  const [high, low] = [side >> 8, side & 255];
  return Uint8Array.of(
    0xff,
    0xd8,
    0xff,
    0xff,
    0xc0,
    0,
    17,
    8,
    high,
    low,
    high,
    low,
    3,
    1,
    17,
    0,
    2,
    17,
    0,
    3,
    17,
    0,
  );
}

describe("A file that tells its size twice", () => {
  test.each(rows)(
    "%s",
    async (_name, make, ending) => {
      const outcome = await target.attack(await make(), "w=320&format=jpg", 30_000);
      expect(outcome).toMatchObject({ kind: ending, finding: undefined });
    },
    60_000,
  );

  test("that is honest renders as before", async () => {
    for (const name of [
      "photo.avif",
      "photo.heic",
      "photo.webp",
      "animation.gif",
      "scan.tiff",
      "icon.ico",
      "sample.bmp",
    ]) {
      const file = readFileSync(`test/fixtures/${name}`);
      const { kind, finding } = await target.attack(file, "w=64&format=jpg");
      expect({ name, kind: kind.split(" ")[1], finding }).toEqual({
        name,
        kind: "picture",
        finding: undefined,
      });
    }
  });
});
