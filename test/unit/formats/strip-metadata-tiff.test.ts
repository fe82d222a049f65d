// TIFF directories stand anywhere: what hangs on hidden tags is overwritten in place, page by page.
import exifr from "exifr";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { Damage } from "../../../workers/formats/damage.ts";
import { damage } from "../../harness/hostile/mutate.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { fixture } from "../../support/fixtures.ts";
import { buildExif, secrets } from "../../support/make-fixtures/exif.ts";
import { readFrom, strip } from "../../support/strip.ts";

const marked = async () =>
  sharp(fixture("scan.tiff"))
    .withMetadata({ orientation: 6 })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">secret-xmp</x:xmpmeta>')
    .tiff({ compression: "lzw" })
    .toBuffer();

const found = (bytes: Buffer) =>
  [secrets.make, secrets.serial, secrets.artist, "secret-xmp"].filter((text) => bytes.includes(text));

const stripped = (bytes: Uint8Array, metadata: "none" | "copyright" = "none") =>
  strip("tiff", bytes, { metadata, readRange: readFrom(bytes) });

describe("a TIFF with everything in it", () => {
  test("keeps its pixels, profile, orientation and length", async () => {
    for (const before of [await marked(), fixture("scan.tiff")]) {
      const after = await stripped(before);
      expect(after.length).toBe(before.length);
      expect((await sharp(after).raw().toBuffer()).equals(await sharp(before).raw().toBuffer())).toBe(true);
      const [seen, seenBefore] = [await sharp(after).metadata(), await sharp(before).metadata()];
      expect([seen.icc, seen.density]).toEqual([seenBefore.icc, seenBefore.density]);
      expect(seen.orientation ?? 1).toBe(seenBefore.orientation ?? 1);
    }
  });

  test("loses its XMP", async () => {
    expect(found(await marked())).toEqual(["secret-xmp"]);
    expect(found(await stripped(await marked()))).toEqual([]);
  });
});

test("copyright and artist stay on request, and nothing else", async () => {
  const after = await stripped(buildExif({ orientation: 3 }), "copyright");
  expect(found(after)).toEqual([secrets.artist]);
  expect(await exifr.parse(after)).toMatchObject({ Artist: secrets.artist, Copyright: secrets.copyright });
});

test("directories of EXIF, GPS and a thumbnail are emptied, in both byte orders", async () => {
  for (const littleEndian of [true, false]) {
    const block = buildExif({ orientation: 3, thumbnail: Buffer.from("x".repeat(40)), littleEndian });
    const after = await stripped(block);
    expect(after.length).toBe(block.length);
    expect(found(after)).toEqual([]);
    expect(await exifr.gps(after).catch(() => undefined)).toBeUndefined();
  }
});

test("without reads by range it is refused", async () => {
  await expect(strip("tiff", fixture("scan.tiff"))).rejects.toBeInstanceOf(Damage);
});

test("damage ends in the one error, or in a file of some length", async () => {
  const [random, before] = [seededRandom(3), await marked()];
  for (let round = 0; round < 80; round++) {
    const broken = damage(before, random);
    const outcome = await stripped(broken).catch((problem: unknown) => problem);
    if (!(outcome instanceof Buffer)) expect(outcome).toBeInstanceOf(Damage);
  }
});
