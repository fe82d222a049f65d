// A file cut into millions of empty pieces costs no more than its first hundred thousand, at upload and when it is served.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { SourceFormat } from "../../../schema/facts.ts";
import { maxPieces, maxSubBlocks } from "../../../workers/formats/bytes/pieces.ts";
import { Damage } from "../../../workers/formats/damage.ts";
import { createFactsReader } from "../../../workers/shared/image-facts.ts";
import { ascii, bytes, join, repeat } from "../../harness/hostile/files/bytes.ts";
import * as gif from "../../harness/hostile/files/gif.ts";
import * as heif from "../../harness/hostile/files/heif.ts";
import { gridsOfGrids } from "../../harness/hostile/files/heif-grids.ts";
import * as jpeg from "../../harness/hostile/files/jpeg.ts";
import * as webp from "../../harness/hostile/files/webp.ts";
import { stripMetadata } from "../../harness/worker/stripped.ts";

type Make = (pieces: number) => Uint8Array | Promise<Uint8Array>;

const pixel = gif.frame({ width: 1, height: 1 });
const plainPng = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#4a7" } })
    .png()
    .toBuffer();

/** A chunk without a body; nobody looks at its checksum. */
const emptyText = join(bytes(0, 0, 0, 0), ascii("tEXt"), bytes(0, 0, 0, 0));

const rows: readonly (readonly [name: string, SourceFormat, most: number, Make])[] = [
  ["JPEG segments", "jpg", maxPieces, (count) => jpeg.opened(repeat(jpeg.segment(0xfe, bytes()), count))],
  ["JPEG markers in a scan", "jpg", maxPieces, (count) => jpeg.inScan(repeat(bytes(0xff, 0x02), count))],
  ["PNG chunks", "png", maxPieces, async (count) => withChunks(await plainPng(), repeat(emptyText, count))],
  [
    "WebP chunks",
    "webp",
    maxPieces,
    async (count) =>
      webp.riff(
        webp.extended(0, 64, 64),
        await webp.imageChunk(64),
        repeat(webp.chunk("JUNK", bytes()), count),
      ),
  ],
  ["AVIF boxes", "avif", maxPieces, (count) => heif.opened(repeat(heif.box("free"), count))],
  ["GIF comments", "gif", maxPieces, (count) => gif.gif(8, 8, repeat(bytes(0x21, 0xfe, 0), count), pixel)],
  ["GIF frames", "gif", maxPieces, (count) => gif.gif(8, 8, repeat(pixel, count))],
  [
    "GIF sub-blocks",
    "gif",
    maxSubBlocks,
    (count) =>
      gif.gif(
        8,
        8,
        gif.frame({ width: 1, height: 1, data: join(bytes(2), repeat(bytes(1, 0), count), bytes(0)) }),
      ),
  ],
];

const withChunks = (png: Uint8Array, chunks: Uint8Array) =>
  join(png.subarray(0, 33), chunks, png.subarray(33));

/** How much of the file the reader took before it knew. */
function bytesRead(file: Uint8Array): { readonly kind: string; readonly bytes: number } {
  const reader = createFactsReader();
  let at = 0;
  while (at < file.length && reader.result.kind !== "damaged") {
    reader.push(file.subarray(at, at + 65_536));
    at += 65_536;
  }
  return { kind: reader.end().kind, bytes: Math.min(at, file.length) };
}

async function bytesServed(
  format: SourceFormat,
  file: Uint8Array,
): Promise<{ read: number; isRefused: boolean }> {
  let read = 0;
  const original = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (read >= file.length) return controller.close();
      controller.enqueue(file.slice(read, read + 65_536));
      read += 65_536;
    },
  });
  try {
    for await (const _ of stripMetadata(format, original, { metadata: "none" }));
    return { read, isRefused: false };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { read, isRefused: true };
  }
}

describe.each(rows)("%s", (_name, format, most, make) => {
  test("many thousand are taken, as honest files have them", async () => {
    const file = await make(most - 1_000);
    expect(bytesRead(file)).toEqual({ kind: "image", bytes: file.length });
    expect(await bytesServed(format, file)).toMatchObject({ isRefused: false });
  });

  test("ten times the most are refused after the first tenth, and so is an old row's file", async () => {
    const file = await make(most * 10);
    const { kind, bytes } = bytesRead(file);
    expect(kind).toBe("damaged");
    expect(bytes / file.length).toBeLessThan(0.2);
    const { read, isRefused } = await bytesServed(format, file);
    expect(isRefused).toBe(true);
    expect(read / file.length).toBeLessThan(0.2);
  });
});

const readWhole = (file: Uint8Array) => {
  const reader = createFactsReader();
  reader.push(file);
  return reader.end();
};

test("a HEIC of 30 KB whose grids of grids are 65,536 tiles is refused at upload; an honest grid is taken", () => {
  const levels = [
    { side: 4, says: 512 },
    { side: 16, says: 512 },
    { side: 4, says: 512 },
  ];
  expect(readWhole(gridsOfGrids(levels))).toMatchObject({ kind: "damaged" });
  expect(readWhole(gridsOfGrids([{ side: 8, says: 4_096 }]))).toMatchObject({
    kind: "image",
    facts: { coded: { pixels: 4_096 * 4_096 } },
  });
});

test("a grid of grids within the bound is counted for each place where it is shown", () => {
  const file = gridsOfGrids([
    { side: 2, says: 1_024 },
    { side: 4, says: 512 },
  ]);
  const tiles = 4 * 16;
  expect(readWhole(file)).toMatchObject({ facts: { coded: { pixels: tiles * 512 * 512 } } });
});

test("a GIF tells how much is unpacked of frames that are larger than its canvas", () => {
  const small = gif.frame({ width: 64, height: 64 });
  const large = gif.frame({ width: 16_000, height: 16_000 });
  expect(readWhole(gif.gif(64, 64, small, large))).toMatchObject({
    facts: { width: 64, coded: { pixels: 64 * 64 + 16_000 * 16_000 } },
  });
  expect(readWhole(gif.gif(64, 64, small, pixel))).toMatchObject({ facts: { coded: null } });
});
