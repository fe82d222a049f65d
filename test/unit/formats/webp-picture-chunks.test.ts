// What a WebP's decoder is handed of its file: it copies all of that twice before it looks.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asStillFile, findPicture, pictureOf } from "../../../workers/formats/webp/picture-chunks.ts";
import { insideRiff } from "../../../workers/formats/webp/riff.ts";

const file = new Uint8Array(readFileSync("test/fixtures/photo.webp"));

test("18 MB behind the alpha of a small picture are not handed to its decoder", () => {
  const picture = pictureOf(file);
  const [coded] = picture?.chunks ?? [];
  if (!picture || !coded) throw new Error("It has no picture.");
  const most = 32 * picture.width * picture.height + 65_536;
  const alpha = { ...coded, id: "ALPH", payload: new Uint8Array(most + 18_000_000) } as const;
  const laden = asStillFile({ ...picture, chunks: [alpha, coded] });
  expect(laden.length).toBeGreaterThan(18_000_000);
  const found = findPicture(insideRiff(laden) ?? new Uint8Array());
  expect(found?.hasAlpha).toBe(true);
  expect(found?.chunks.map(({ payload }) => payload.length)).toEqual([most, coded.payload.length]);
});
