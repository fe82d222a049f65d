// Real photos through both Workers, looked at by a real browser: what it decodes must have the size that was promised.
import { readFileSync } from "node:fs";
import exifr from "exifr";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Image as ApiImage } from "../../schema/api.ts";
import { startBrowser } from "../support/browser.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
// Without a key the address would reach its hourly limit half-way.
const key = inject("key");
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
  // Image URLs are for <img> on any site; a page of this origin is enough to ask the browser's decoder.
  await page.goto(`${origin}/`);
});
afterAll(() => browser?.close());

/** Width and height as the browser decodes them, EXIF orientation applied. */
function decodedSize(url: string): Promise<readonly [number, number]> {
  return page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight] as const;
  }, url);
}

async function contentType(url: string): Promise<string | null> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.headers.get("content-type");
}

function promisedSizes({ sizes: { small, medium, large } }: ApiImage) {
  return [small, medium, large].filter((size) => size !== undefined);
}

/** A GIF is made from GIFs only: 256 colours do no photo justice. */
const conversions = ["jpg", "png", "webp", "avif"] as const;

const photos = [
  { name: "photo.jpg", shown: [4000, 3000], format: "jpg" },
  { name: "photo-portrait.jpg", shown: [1512, 2016], format: "jpg" },
  { name: "logo.png", shown: [600, 400], format: "png" },
  { name: "animation.gif", shown: [240, 180], format: "gif" },
  { name: "photo.webp", shown: [1600, 1200], format: "webp" },
  { name: "photo.avif", shown: [1600, 1200], format: "avif" },
] as const;

describe.each(photos)("$name", ({ name, shown: [width, height], format }) => {
  let image: ApiImage;
  beforeAll(async () => {
    image = await uploadOverHttp(origin, name, { key });
  });

  test("is described as it will be shown", () => {
    expect(image).toMatchObject({
      width,
      height,
      format,
      filename: name,
      transformable: true,
      status: "ready",
    });
  });

  test("opens in the browser at its own size", async () => {
    expect(await decodedSize(image.url)).toEqual([width, height]);
  });

  test("opens in every named size with exactly the promised pixels", async () => {
    for (const { url, width, height } of promisedSizes(image)) {
      expect(await decodedSize(url), url).toEqual([width, height]);
    }
  });

  test("opens as a social preview of 1200x630", async () => {
    expect(await decodedSize(`${image.url}?size=social`)).toEqual([1200, 630]);
  });

  test.each(conversions)("opens converted to %s by its extension", async (extension) => {
    const medium = image.sizes.medium;
    const url = `${image.url.replace(/\w+$/, extension)}?size=m`;
    expect(await contentType(url)).toBe(extension === "jpg" ? "image/jpeg" : `image/${extension}`);
    expect(await decodedSize(url)).toEqual([medium?.width, medium?.height]);
  });
});

test("the 12 MP photo comes in the sizes that the README promises", async () => {
  const image = await uploadOverHttp(origin, "photo.jpg", { key });
  expect(promisedSizes(image).map(({ width, height }) => [width, height])).toEqual([
    [426, 320],
    [853, 640],
    [1440, 1080],
  ]);
});

test("a photo that tells where it was taken is served without that", async () => {
  const { url } = await uploadOverHttp(origin, "photo-portrait.jpg", { key });
  const served = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(await exifr.gps(readFileSync("test/fixtures/photo-portrait.jpg"))).toBeDefined();
  expect(await exifr.gps(served)).toBeUndefined();
});
