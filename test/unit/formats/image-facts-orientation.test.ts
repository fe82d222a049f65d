// Orientation in every format that carries one, in each way it is written.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import { av1Payload, hevcConfiguration, hevcPayload } from "../../support/make-fixtures/coded-pictures.ts";
import { buildExif } from "../../support/make-fixtures/exif.ts";
import { buildHeif, imageSize, mirror, rotation } from "../../support/make-fixtures/heif-file.ts";
import { exifSegment, insertSegments } from "../../support/make-fixtures/jpeg-segments.ts";
import { insertChunks } from "../../support/make-fixtures/png-chunks.ts";

const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const canvas = sharp({ create: { width: 40, height: 30, channels: 3, background: "#468" } });

function displayed(bytes: Uint8Array) {
  const result = readImageFacts(bytes, bytes.length);
  if (result.kind !== "image") throw new Error(`expected an image, got ${JSON.stringify(result)}`);
  const { width, height, orientation, displayedWidth, displayedHeight } = result.facts;
  return { stored: [width, height], orientation, shown: [displayedWidth, displayedHeight] };
}

const expected = (orientation: number) => ({
  stored: [40, 30],
  orientation,
  shown: orientation > 4 ? [30, 40] : [40, 30],
});

describe.each(orientations)("orientation %i", (orientation) => {
  test("in a JPEG, in both byte orders", async () => {
    const jpeg = await canvas.clone().jpeg().toBuffer();
    for (const littleEndian of [true, false])
      expect(displayed(insertSegments(jpeg, [exifSegment({ orientation, littleEndian })]))).toEqual(
        expected(orientation),
      );
  });

  test("in a PNG's eXIf chunk", async () => {
    const png = insertChunks(await canvas.clone().png().toBuffer(), [
      { type: "eXIf", body: buildExif({ orientation }) },
    ]);
    expect(displayed(png)).toEqual(expected(orientation));
  });

  test("in a TIFF; not in a WebP, which browsers never turn", async () => {
    const marked = canvas.clone().withMetadata({ orientation });
    expect(displayed(await marked.clone().tiff().toBuffer())).toEqual(expected(orientation));
    expect(displayed(await marked.clone().webp().toBuffer())).toEqual(expected(1));
  });

  test("in the transforms of an AVIF and a HEIC", () => {
    // The table of libavif's avifImageExtractExifOrientationToIrotImir, read backwards.
    const transforms = {
      1: [],
      2: [mirror(1)],
      3: [rotation(2)],
      4: [mirror(0)],
      5: [rotation(1), mirror(0)],
      6: [rotation(3)],
      7: [rotation(3), mirror(0)],
      8: [rotation(1)],
    } as const;
    for (const brand of ["avif", "heic"] as const) {
      const properties = [imageSize(40, 30), hevcConfiguration(40, 30), ...transforms[orientation]];
      const places = properties.map((_, index) => index + 1);
      const type = brand === "avif" ? "av01" : "hvc1";
      const payload = brand === "avif" ? av1Payload(40, 30) : hevcPayload();
      const file = {
        brand,
        properties,
        items: [{ type, payload, properties: places }],
      } as const;
      expect(displayed(buildHeif(file))).toEqual(expected(orientation));
      expect(displayed(buildHeif({ ...file, mediaFirst: true }))).toEqual(expected(orientation));
    }
  });
});

test("the order of irot and imir matters to HEIC; browsers turn an AVIF first", () => {
  const orientation = (brand: "avif" | "heic", ...turns: readonly Buffer[]) =>
    displayed(
      buildHeif({
        brand,
        properties: [imageSize(40, 30), ...turns, hevcConfiguration(40, 30)],
        items: [
          brand === "avif"
            ? { type: "av01", payload: av1Payload(40, 30), properties: [1, 2, 3] }
            : { type: "hvc1", payload: hevcPayload(), properties: [1, 2, 3, 4] },
        ],
      }),
    ).orientation;
  expect(orientation("heic", rotation(1), mirror(1))).toBe(7);
  expect(orientation("heic", mirror(1), rotation(1))).toBe(5);
  expect(orientation("avif", rotation(1), mirror(1))).toBe(7);
  expect(orientation("avif", mirror(1), rotation(1))).toBe(7);
});

test("an orientation outside 1..8 is shown as stored", async () => {
  const jpeg = await canvas.clone().jpeg().toBuffer();
  for (const orientation of [0, 9, 65_535])
    expect(displayed(insertSegments(jpeg, [exifSegment({ orientation })]))).toEqual(expected(1));
});
