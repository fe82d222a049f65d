// TIFFs made of JPEGs, inks and Lab: what libvips shows is what we show.
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jpegTiff, jpegTiffs } from "../../support/make-fixtures/tiff/jpegs.ts";
import { writeTiff } from "../../support/make-fixtures/tiff/write.ts";
import { farthest, type Rgba, rgbaOf, ThroughTheEngine } from "../../support/through-the-engine.ts";

const engine = new ThroughTheEngine();
beforeAll(() => engine.start());
afterAll(() => engine.stop());

const photo = readFileSync("test/fixtures/photo.jpg");
const source = await sharp(photo).resize(200, 150, { fit: "fill" }).png().toBuffer();
const size = { width: 150, height: 110 } as const;

function mean(one: Rgba, other: Rgba): number {
  const sum = one.data.reduce((all, value, at) => all + Math.abs(value - (other.data[at] ?? 0)), 0);
  return farthest(one, other) === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : sum / one.data.length;
}

describe("A TIFF of JPEGs shows what libvips shows", () => {
  test.each(jpegTiffs)("%s", async (_name, wish) => {
    const file = await jpegTiff(source, { ...size, ...wish });
    const { pixels, reason } = await engine.send(file);
    if (!pixels) throw new Error(reason);
    expect(mean(pixels, await rgbaOf(file))).toBeLessThan(wish.colours === "inks" ? 3 : 1);
  });
});

test("A TIFF that repeats its tables before each of its JPEGs is refused, and one with notes among them shows its picture", async () => {
  const file = await jpegTiff(source, { ...size, colours: "YCbCr", tile: [64, 48], hasSharedTables: true });
  const shown = await engine.send(file);
  const repeated = await engine.send(withTables(file, (tables) => Buffer.concat(Array(40).fill(tables))));
  expect(repeated).toMatchObject({ kind: "refused", reason: expect.stringContaining("tables") });
  const noted = await engine.send(
    withTables(file, (tables) => Buffer.concat([...Array(4).fill(note), tables])),
  );
  if (!shown.pixels || !noted.pixels) throw new Error(noted.reason);
  expect(farthest(shown.pixels, noted.pixels)).toBe(0);
});

/** A comment of 60 KB. */
const note = Buffer.concat([Buffer.of(0xff, 0xfe, 0xea, 0x60), Buffer.alloc(59_998, 0x78)]);

/** Other segments in the place of those that its JPEGs share. */
function withTables(file: Buffer, change: (tables: Buffer) => Buffer): Buffer {
  const copy = Buffer.from(file);
  const first = copy.readUInt32LE(4);
  const entries = Array.from({ length: copy.readUInt16LE(first) }, (_, index) => first + 2 + index * 12);
  const entry = entries.find((at) => copy.readUInt16LE(at) === 347);
  if (entry === undefined) throw new Error("There are no tables.");
  const start = copy.readUInt32LE(entry + 8);
  const tables = copy.subarray(start + 2, start + copy.readUInt32LE(entry + 4) - 2);
  const stream = Buffer.concat([Buffer.of(0xff, 0xd8), change(tables), Buffer.of(0xff, 0xd9)]);
  copy.writeUInt32LE(stream.length, entry + 4);
  copy.writeUInt32LE(copy.length, entry + 8);
  return Buffer.concat([copy, stream]);
}

test.each([
  ["as press profiles are", 560_000],
  ["of more than any press has", 3_000_000],
])("A printed page in small tiles is shown with a profile %s", async (_name, bytes) => {
  const wish = { ...size, colours: "inks", tile: [64, 64] } as const;
  const file = await jpegTiff(source, { ...wish, profile: new Uint8Array(bytes).fill(1) });
  const { pixels, reason } = await engine.send(file);
  if (!pixels) throw new Error(reason);
  expect(mean(pixels, await rgbaOf(await jpegTiff(source, wish)))).toBeLessThan(3);
});

test("A TIFF of inks is no negative", async () => {
  const file = await sharp(source).toColourspace("cmyk").tiff({ compression: "lzw" }).toBuffer();
  const { pixels, reason } = await engine.send(file);
  if (!pixels) throw new Error(reason);
  expect(mean(pixels, await rgbaOf(file))).toBeLessThan(3);
});

test("A TIFF in Lab shows its colours", async () => {
  const file = await sharp(source).toColourspace("labs").tiff({ compression: "deflate" }).toBuffer();
  const { pixels, reason } = await engine.send(file);
  if (!pixels) throw new Error(reason);
  expect(mean(pixels, await rgbaOf(file))).toBeLessThan(2);
});

test("sRGB's own red, green, blue and white come back from Lab of 8 bits, which libvips can't read", async () => {
  // Lightness of 0 to 255, and a and b under D50 as bytes with a sign.
  const values = [138, 81, 70, 224, 177, 81, 75, 68, 144, 255, 0, 0];
  const { pixels, reason } = await engine.send(
    writeTiff({ width: 2, height: 2, values, samples: 3, bits: 8, photometric: 8 }),
  );
  if (!pixels) throw new Error(reason);
  const data = Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255);
  expect(farthest(pixels, { width: 2, height: 2, data })).toBeLessThan(12);
});
