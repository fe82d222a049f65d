// The header readers against sharp, on every test picture, in chunks of every size.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createFactsReader, type ImageFacts, readImageFacts } from "../../../workers/shared/image-facts.ts";
import { chunksOf, fixture, fixtureNames } from "../../support/fixtures.ts";
import { jpegShape } from "../../support/jpeg-shapes.ts";

function factsOf(bytes: Uint8Array, chunkSize = 65_536): ImageFacts {
  const reader = createFactsReader();
  for (const chunk of chunksOf(bytes, chunkSize)) reader.push(chunk);
  const result = reader.end();
  if (result.kind !== "image") throw new Error(`expected an image, got ${JSON.stringify(result)}`);
  return result.facts;
}

/** What this build of sharp cannot open is compared with what the fixture script put in. */
const notForSharp = {
  "photo.heic": {
    format: "heic",
    width: 1200,
    height: 900,
    orientation: 6,
    displayedWidth: 900,
    bitDepth: 8,
  },
  "one-piece.heic": { format: "heic", width: 4000, height: 3000, orientation: 1, alpha: false, bitDepth: 8 },
  "icon.ico": { format: "ico", width: 48, height: 48, alpha: true, mime: "image/x-icon" },
  "sample.bmp": { format: "bmp", width: 200, height: 150, alpha: false, bitDepth: 8 },
} as const;

/** Its decoder expands palettes and knows no APNG; `loop` counts repeats for GIF; AVIF metadata is a name of its own. */
const readBySharp = fixtureNames.filter((name) => !(name in notForSharp));
const formatNames: Readonly<Record<string, string>> = { jpeg: "jpg", heif: "avif" };
const depths: Readonly<Record<string, number>> = { uchar: 8, ushort: 16 };

describe("facts agree with sharp", () => {
  test.each(readBySharp)("%s", async (name) => {
    const bytes = fixture(name);
    const facts = factsOf(bytes);
    const seen = await sharp(bytes).metadata();
    expect(facts.format).toBe(formatNames[seen.format] ?? seen.format);
    expect([facts.width, facts.height]).toEqual([seen.width, seen.height]);
    expect([facts.displayedWidth, facts.displayedHeight]).toEqual([
      seen.autoOrient.width,
      seen.autoOrient.height,
    ]);
    expect(facts.orientation).toBe(seen.orientation ?? 1);
    expect(facts.hasIcc).toBe(seen.hasProfile);
    expect(facts.alpha).toBe(seen.hasAlpha);
    expect(facts.bitDepth).toBe(depths[seen.depth]);
    expect(facts.progressive).toBe(seen.isProgressive ?? false);
    if (name !== "animation.png") expect(facts.frames).toBe(seen.pages ?? 1);
    if (facts.format === "jpg")
      expect(facts.chroma).toBe(facts.colour === "rgb" ? seen.chromaSubsampling : null);
    if (facts.colour === "cmyk" || facts.colour === "gray")
      expect(seen.space).toBe(facts.colour === "gray" ? "b-w" : "cmyk");
  });

  test.each(Object.entries(notForSharp))(
    "%s, which sharp does not open, says what was put in",
    (name, expected) => {
      expect(factsOf(fixture(name))).toMatchObject(expected);
    },
  );
});

test("animations say their frames and how often they play", () => {
  expect(factsOf(fixture("animation.gif"))).toMatchObject({ frames: 12, animated: true, plays: 0 });
  expect(factsOf(fixture("disposal.gif"))).toMatchObject({ frames: 4, animated: true, plays: 4 });
  expect(factsOf(fixture("animation.webp"))).toMatchObject({ frames: 12, animated: true, plays: 3 });
  expect(factsOf(fixture("animation.png"))).toMatchObject({ frames: 4, animated: true, plays: 2 });
});

test("a JPEG says how many samples a decoder must hold", () => {
  const samples = ["photo.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg"].map((name) =>
    factsOf(fixture(name)),
  );
  expect(samples.map(({ samplesPerPixel }) => samplesPerPixel)).toEqual([1.5, 3, 1, 4]);
});

test("a sequential JPEG in several scans can't be decoded row by row", () => {
  const names = ["2x2 plain 63x64", "2x2 separate-scans 63x64", "2x1 paired-scans 7x9"];
  const facts = names.map((name) => factsOf(jpegShape(name).file));
  expect(facts.map(({ progressive }) => progressive)).toEqual([false, true, true]);
});

describe("the size of the chunks makes no difference", () => {
  const small = fixtureNames.filter((name) => fixture(name).length < 400_000);
  test.each(small)("%s", (name) => {
    const bytes = fixture(name);
    const whole = factsOf(bytes, bytes.length);
    for (const size of [1, 7, 65_536]) expect(factsOf(bytes, size)).toEqual(whole);
  });
});

describe("a head of 64 KB is enough", () => {
  const streamed = fixtureNames.filter((name) => name !== "scan.tiff");
  test.each(streamed)("%s", (name) => {
    const bytes = fixture(name);
    const result = readImageFacts(bytes.subarray(0, 65_536), bytes.length);
    const whole = factsOf(bytes);
    expect(result.kind).toBe("image");
    const facts = result.kind === "image" ? result.facts : null;
    const { frames, alpha, pieces } = whole;
    expect({ ...facts, frames, alpha, pieces }).toEqual(whole);
  });

  test("but a TIFF with its directory at the end says how much it needs", () => {
    const bytes = fixture("scan.tiff");
    const result = readImageFacts(bytes.subarray(0, 65_536), bytes.length);
    expect(result.kind).toBe("need-more");
    if (result.kind === "need-more") expect(result.atLeast).toBeLessThanOrEqual(bytes.length);
    expect(readImageFacts(bytes, bytes.length)).toMatchObject({ kind: "image", facts: { format: "tiff" } });
  });
});

test("a JPEG whose metadata takes megabytes is read without holding them", () => {
  const photo = fixture("gray.jpg");
  const profile = Buffer.concat([Uint8Array.of(0xff, 0xe2, 0xff, 0xff), Buffer.alloc(65_533)]);
  const padded = Buffer.concat([photo.subarray(0, 2), ...Array<Buffer>(40).fill(profile), photo.subarray(2)]);
  expect(readImageFacts(padded.subarray(0, 65_536), padded.length)).toMatchObject({ kind: "need-more" });
  const { pieces, ...others } = factsOf(photo);
  expect(factsOf(padded)).toEqual({ ...others, pieces: pieces + 40 });
});
