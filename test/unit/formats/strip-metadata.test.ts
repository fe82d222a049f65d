// What is hidden goes, what is seen stays: every format, judged by sharp, by exifr and by plain search for planted strings.
import exifr from "exifr";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { SourceFormat } from "../../../schema/facts.ts";
import { Damage } from "../../../workers/formats/damage.ts";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import { damage } from "../../harness/hostile/mutate.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { fixture } from "../../support/fixtures.ts";
import { buildExif, secrets } from "../../support/make-fixtures/exif.ts";
import {
  asPhoneWouldSave,
  commentSegment,
  exifSegment,
  insertSegments,
  jpegSegment,
} from "../../support/make-fixtures/jpeg-segments.ts";

import { insertChunks } from "../../support/make-fixtures/png-chunks.ts";
import { strip } from "../../support/strip.ts";

const pictures: readonly (readonly [string, SourceFormat])[] = [
  ["photo.jpg", "jpg"],
  ["photo-portrait.jpg", "jpg"],
  ["progressive.jpg", "jpg"],
  ["gray.jpg", "jpg"],
  ["cmyk.jpg", "jpg"],
  ["p3.jpg", "jpg"],
  ["logo.png", "png"],
  ["deep.png", "png"],
  ["interlaced.png", "png"],
  ["animation.png", "png"],
  ["animation.gif", "gif"],
  ["disposal.gif", "gif"],
  ["photo.webp", "webp"],
  ["animation.webp", "webp"],
  ["photo.avif", "avif"],
];
const all = [...pictures, ["photo.heic", "heic"]] as const;

const plantedStrings = [
  ...Object.values(secrets),
  "secret",
  "Fixturecam",
  "MPF\0",
  "ns.adobe.com",
  "8BIM",
  "(c)",
];
const found = (bytes: Buffer) => plantedStrings.filter((text) => bytes.includes(Buffer.from(text, "latin1")));

const pixels = async (bytes: Buffer) => {
  const { data, info } = await sharp(bytes, { animated: true }).raw().toBuffer({ resolveWithObject: true });
  return {
    data,
    info: { width: info.width, height: info.height, channels: info.channels, pages: info.pages },
  };
};

/** All but how many pieces the file is cut into: some have gone. */
function factsOf(file: Uint8Array) {
  const result = readImageFacts(file, file.length);
  return result.kind === "image" ? { ...result.facts, pieces: 0 } : result;
}

describe("the picture stays, pixel for pixel, with its profile, orientation and animation", () => {
  test.each(pictures)("%s", async (name, format) => {
    const [before, after] = [fixture(name), await strip(format, fixture(name))];
    const [shown, shownBefore] = [await pixels(after), await pixels(before)];
    expect(shown.info).toEqual(shownBefore.info);
    expect(shown.data.equals(shownBefore.data)).toBe(true);
    const [seen, seenBefore] = [await sharp(after).metadata(), await sharp(before).metadata()];
    expect(seen.icc).toEqual(seenBefore.icc);
    expect(seen.orientation ?? 1).toBe(seenBefore.orientation ?? 1);
    expect(seen.loop).toBe(seenBefore.loop);
    expect(seen.delay).toEqual(seenBefore.delay);
    expect(seen.density).toBe(seenBefore.density);
    expect(factsOf(after)).toEqual(factsOf(before));
  });

  test("photo.heic keeps every byte outside its EXIF and XMP items", async () => {
    const [before, after] = [fixture("photo.heic"), await strip("heic", fixture("photo.heic"))];
    const changed = before.findIndex((byte, index) => byte !== after[index]);
    const tail = before.length - changed;
    expect(after.length).toBe(before.length);
    // The items of a fixture stand at its end, behind all tiles.
    expect(tail).toBeLessThan(buildExif({ orientation: 6 }).length + 80);
  });
});

describe("the hidden goes", () => {
  test.each(all)("%s carries no planted string and no place", async (name, format) => {
    const after = await strip(format, fixture(name));
    expect(found(after)).toEqual([]);
    const isRead = format === "jpg" || format === "png" || format === "avif" || format === "heic";
    if (!isRead) return;
    expect(await exifr.gps(after).catch(() => undefined)).toBeUndefined();
    const tags =
      (await exifr.parse(after, { tiff: true, xmp: true, iptc: true }).catch(() => undefined)) ?? {};
    for (const tag of ["Make", "Model", "GPSLatitude", "SerialNumber", "Artist", "Copyright"])
      expect(tags).not.toHaveProperty(tag);
  });

  test("the test pictures do carry it before", async () => {
    expect(await exifr.gps(fixture("photo.jpg"))).toMatchObject({ latitude: expect.closeTo(47.62, 2) });
    for (const name of ["photo.jpg", "logo.png", "disposal.gif", "photo.webp", "photo.avif", "photo.heic"])
      expect(found(fixture(name)), name).not.toEqual([]);
  });

  test("an embedded thumbnail, also the one that JFIF may hold, and the preview behind EOI", async () => {
    const jpeg = await sharp(fixture("gray.jpg")).jpeg().toBuffer();
    const thumbnail = jpegSegment(0xe0, Buffer.from("JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01secret"));
    const withThumbnail = Buffer.concat([jpeg.subarray(0, 2), thumbnail, jpeg.subarray(2), jpeg]);
    const after = await strip("jpg", withThumbnail);
    expect(found(after)).toEqual([]);
    expect(after.length).toBe(jpeg.length + 4 + 14);
  });

  test("a comment between the scans of a progressive picture", async () => {
    const jpeg = fixture("progressive.jpg");
    const second = jpeg.indexOf(Buffer.from([0xff, 0xc4]), jpeg.indexOf(Buffer.from([0xff, 0xda])));
    const hiding = Buffer.concat([jpeg.subarray(0, second), commentSegment(), jpeg.subarray(second)]);
    expect(found(hiding)).toEqual(["secret"]);
    expect((await strip("jpg", hiding)).equals(jpeg)).toBe(true);
  });

  test("an eXIf chunk behind the pixels of a PNG, and what follows IEND", async () => {
    const png = fixture("deep.png");
    const late = Buffer.concat([
      insertChunks(png, [{ type: "zTXt", body: Buffer.from("secret\0\0x") }]),
      Buffer.from("secret"),
    ]);
    expect((await strip("png", late)).equals(png)).toBe(true);
  });
});

describe("orientation survives", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("%i", async (orientation) => {
    const canvas = sharp({ create: { width: 40, height: 30, channels: 3, background: "#468" } });
    const jpeg = asPhoneWouldSave(await canvas.clone().jpeg().toBuffer(), { orientation });
    const png = insertChunks(await canvas.clone().png().toBuffer(), [
      { type: "eXIf", body: buildExif({ orientation }) },
    ]);
    const webp = await canvas
      .clone()
      .withExif({ IFD0: { Make: secrets.make } })
      .withMetadata({ orientation })
      .webp()
      .toBuffer();
    for (const [format, bytes] of [
      ["jpg", jpeg],
      ["png", png],
      ["webp", webp],
    ] as const) {
      const after = await strip(format, bytes);
      // No browser turns a WebP: a viewer that would is told that it is upright.
      const kept = format === "webp" ? 1 : orientation;
      expect((await sharp(after).metadata()).orientation ?? 1, format).toBe(kept);
      expect(found(after), format).toEqual([]);
    }
    expect((await exifr.orientation(await strip("jpg", jpeg))) ?? 1).toBe(orientation);
  });
});

describe("what may stay on request", () => {
  test.each([
    ["photo.jpg", "jpg"],
    ["logo.png", "png"],
    ["photo.webp", "webp"],
    ["photo.avif", "avif"],
    ["photo.heic", "heic"],
  ] as const)("copyright and artist of %s, and no place", async (name, format) => {
    const after = await strip(format, fixture(name), { metadata: "copyright" });
    expect(found(after).toSorted()).toEqual(["(c)", secrets.copyright, secrets.artist].toSorted());
    if (format === "jpg") {
      expect(await exifr.gps(after)).toBeUndefined();
      expect(await exifr.parse(after)).toMatchObject({
        Artist: secrets.artist,
        Copyright: secrets.copyright,
      });
    }
  });

  test("a second EXIF segment is not trusted", async () => {
    const jpeg = insertSegments(await sharp(fixture("gray.jpg")).jpeg().toBuffer(), [
      exifSegment({ orientation: 6 }),
      exifSegment({ orientation: 3 }),
    ]);
    expect((await sharp(await strip("jpg", jpeg)).metadata()).orientation).toBe(6);
  });
});

test("files without hidden metadata pass as they are", async () => {
  for (const [name, format] of [
    ["sample.bmp", "bmp"],
    ["icon.ico", "ico"],
    ["drawing.svg", "svg"],
  ] as const)
    expect((await strip(format, fixture(name))).equals(fixture(name))).toBe(true);
});

describe("the size of the chunks makes no difference", () => {
  test.each(all.filter(([name]) => fixture(name).length < 70_000))("%s", async (name, format) => {
    const whole = await strip(format, fixture(name));
    for (const size of [1, 7, 1_000])
      expect((await strip(format, fixture(name), { metadata: "none" }, size)).equals(whole)).toBe(true);
  });
});

describe("damage ends in the one error, or in a picture as damaged as before", () => {
  test.each(all.filter(([name]) => name !== "photo.jpg"))("%s", async (name, format) => {
    const random = seededRandom(name.length * 104_729);
    for (let round = 0; round < 60; round++) {
      const broken = damage(fixture(name), random);
      const outcome = await strip(format, broken).catch((problem: unknown) => problem);
      if (!(outcome instanceof Buffer)) expect(outcome).toBeInstanceOf(Damage);
    }
  });

  test("a JPEG that was cut off shows as much as it did", async () => {
    const cut = fixture("cat.jpg").subarray(0, 20_000);
    const after = await strip("jpg", cut);
    expect(
      (await sharp(after, { failOn: "none" }).raw().toBuffer()).equals(
        await sharp(cut, { failOn: "none" }).raw().toBuffer(),
      ),
    ).toBe(true);
  });
});
