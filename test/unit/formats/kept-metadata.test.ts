// What an uploader allows stays, and nothing else: `keep` shows who and with what, and never where.
import exifr from "exifr";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { keptExif } from "../../../workers/formats/exif/kept.ts";
import { keptXmp } from "../../../workers/formats/xmp/kept.ts";
import { damage } from "../../harness/hostile/mutate.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { buildExif, secrets } from "../../support/make-fixtures/exif.ts";
import { NOTICE, PLACE, placed, SECOND, xmpPacket } from "../../support/make-fixtures/placed.ts";
import { strip } from "../../support/strip.ts";

const formats = ["jpg", "png", "webp", "avif", "heic"] as const;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("a stranger who asks a phone's photo for metadata=keep learns no place", () => {
  test.each(formats)("%s", async (format) => {
    expect(text(placed[format])).toContain(PLACE);
    const after = await strip(format, placed[format], { metadata: "keep" });
    expect(text(after)).not.toContain(PLACE);
    expect(text(after)).not.toContain("GPS");
    expect(await exifr.gps(after).catch(() => undefined)).toBeUndefined();
    expect(text(after)).toContain(secrets.serial);
    expect(text(after)).toContain(NOTICE);
    expect(text(after)).not.toContain(SECOND);
  });
});

describe("keep_with_location carries the place too, but no second picture", () => {
  test.each(formats)("%s", async (format) => {
    const after = await strip(format, placed[format], { metadata: "keep_with_location" });
    expect(text(after)).toContain(PLACE);
    expect(text(after)).toContain(secrets.serial);
    expect(text(after)).not.toContain(SECOND);
    if (format === "webp") return;
    expect(await exifr.gps(after)).toMatchObject({
      latitude: expect.closeTo(47.62, 2),
      longitude: expect.closeTo(12.35, 2),
    });
  });
});

test.each(["jpg", "png", "webp"] as const)(
  "a %s with kept metadata shows the same pixels",
  async (format) => {
    const after = await strip(format, placed[format], { metadata: "keep" });
    const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
    expect((await pixels(after)).equals(await pixels(placed[format]))).toBe(true);
    const { xmp } = await sharp(after).metadata();
    expect(xmp?.toString()).toContain(NOTICE);
  },
);

test("IPTC keeps its notice and loses its city, country and preview", async () => {
  const after = await strip("jpg", placed.jpg, { metadata: "keep" });
  const iptc = await exifr.parse(after, { iptc: true, tiff: false, xmp: false });
  expect(iptc).toMatchObject({ Byline: "Ada", CopyrightNotice: NOTICE });
  expect(iptc).not.toHaveProperty("City");
});

test("an EXIF block written anew says what it said, in both byte orders", async () => {
  for (const littleEndian of [true, false]) {
    const block =
      keptExif(buildExif({ orientation: 6, littleEndian }), "keep_with_location") ?? new Uint8Array();
    const all = await exifr.parse(Buffer.from(block), { translateValues: false });
    expect(all).toMatchObject({ Make: secrets.make, Orientation: 6, Artist: secrets.artist });
    expect(all.latitude).toBeCloseTo(47.62, 2);
  }
});

test("EXIF values that lie over each other don't swell", () => {
  const block = Buffer.from(buildExif({ orientation: 1 }));
  // Every entry of the first directory points to the same 3 KB.
  const big = Buffer.concat([block, Buffer.alloc(3_000, "x")]);
  const count = big.readUInt16BE(big.readUInt32BE(4));
  for (let entry = 0; entry < count; entry++) {
    const at = big.readUInt32BE(4) + 2 + entry * 12;
    if (big.readUInt16BE(at + 2) !== 2) continue;
    big.writeUInt32BE(3_000, at + 4);
    big.writeUInt32BE(block.length, at + 8);
  }
  expect(keptExif(big, "keep")?.length ?? 0).toBeLessThanOrEqual(big.length);
});

test("XMP is read by its names, whatever their prefixes, and stays XML", () => {
  const kept = text(keptXmp(xmpPacket, "keep") ?? new Uint8Array());
  expect(kept).toContain('photoshop:Headline="A harbour &amp; more"');
  expect(kept).toContain("https://agency.example");
  expect(kept).not.toContain("GpsLongitude");
});

test.each([
  ["no XML", "secret"],
  ["an element that never ends", xmpPacket.toString().replace("</rdf:RDF>", "")],
  [
    "an entity of its own",
    '<!DOCTYPE x [<!ENTITY a "b">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;</x:xmpmeta>',
  ],
  ["64 KB and more", xmpPacket.toString() + " ".repeat(65_536)],
])("XMP that is %s goes whole", (_, packet) => {
  expect(keptXmp(Buffer.from(packet), "keep")).toBeNull();
});

test("damaged EXIF and XMP end in less of it, never in an exception", () => {
  const random = seededRandom(10);
  const exif = Buffer.from(buildExif({ orientation: 6 }));
  for (let round = 0; round < 2_000; round++) {
    const broken = damage(exif, random);
    expect(keptExif(broken, "keep_with_location")?.length ?? 0).toBeLessThanOrEqual(broken.length);
    keptXmp(damage(xmpPacket, random), "keep");
  }
});
