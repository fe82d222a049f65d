// A row may be older than the checks at upload: its file is held to the row's facts before a decoder sees it.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import { type OriginalFacts, originalFactsSchema } from "../../../workers/src/plan/stored-facts.ts";
import { heldToFacts } from "../../../workers/src/render/held-to-facts.ts";
import * as heif from "../../harness/hostile/files/heif.ts";
import { gridsOfGrids } from "../../harness/hostile/files/heif-grids.ts";
import * as tiff from "../../harness/hostile/files/tiff.ts";
import * as webp from "../../harness/hostile/files/webp.ts";

const old = (format: OriginalFacts["format"]): OriginalFacts =>
  originalFactsSchema.parse({
    format,
    width: 64,
    height: 64,
    orientation: 1,
    animated: false,
    alpha: false,
    progressive: false,
    samplesPerPixel: 3,
    bitDepth: 8,
    hasIcc: false,
  });

const opened = (file: Uint8Array, facts: OriginalFacts) => {
  const bytes = Uint8Array.from(file);
  return heldToFacts(
    {
      stream: async () => new Blob([bytes]).stream(),
      whole: async () => bytes,
      range: async (offset, length) => bytes.slice(offset, offset + length),
    },
    facts,
  ).whole();
};

test.each([
  "photo.avif",
  "photo.heic",
  "photo.webp",
  "animation.webp",
  "animation.gif",
  "scan.tiff",
  "icon.ico",
  "sample.bmp",
])("an old row of %s opens, as does a new one", async (name) => {
  const file = readFileSync(`test/fixtures/${name}`);
  const read = readImageFacts(file, file.length);
  if (read.kind !== "image") throw new Error(`${name} is no image`);
  const fresh = originalFactsSchema.parse(JSON.parse(JSON.stringify(read.facts)));
  const { coded, ...before } = fresh;
  expect(await opened(file, originalFactsSchema.parse(before))).toHaveLength(file.length);
  expect(await opened(file, fresh)).toHaveLength(file.length);
});

test.each([
  ["an AVIF of 3000 pixels a side", "avif", async () => heif.sayingSize(await heif.plainAvif(3_000), 64, 64)],
  ["a WebP of 3000", "webp", async () => webp.riff(webp.extended(0, 64, 64), await webp.imageChunk(3_000))],
  [
    "a WebP of 3000 with its canvas behind it",
    "webp",
    async () => webp.riff(await webp.imageChunk(3_000, { lossless: true }), webp.extended(0, 64, 64)),
  ],
  [
    "a TIFF with a tile of 11000",
    "tiff",
    () =>
      tiff.grey(
        64,
        64,
        [
          [322, 11_000],
          [323, 11_000],
          [324, 8],
          [325, 64],
        ],
        new Uint8Array(64),
      ),
  ],
] as const)("%s in an old row that says 64 is refused before it is decoded", async (_name, format, make) => {
  await expect(opened(await make(), old(format))).rejects.toThrow(/larger inside|not of the size/);
});

test("a row from before tiles were counted does not open a HEIC of a thousand tiles in 512 pixels", async () => {
  const file = gridsOfGrids([{ side: 30, says: 512 }]);
  await expect(opened(file, { ...old("heic"), width: 512, height: 512 })).rejects.toThrow("made of more");
});
