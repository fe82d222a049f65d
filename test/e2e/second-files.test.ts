// What is served of files with second files in them, shown by a real browser beside the clean ones.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mimeTypes } from "../../schema/facts.ts";
import { startBrowser } from "../support/browser.ts";
import { hiding } from "../support/make-fixtures/second-files.ts";
import { readFrom, strip } from "../support/strip.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Size and a sum over all pixels, as Chromium decodes the first frame. */
const look = `async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return canvas.width + "x" + canvas.height + " " + data.reduce((sum, value) => (sum * 31 + value) | 0, 0);
}`;

/** No browser on this machine shows these. */
const shown = hiding.filter(({ format }) => format !== "heic" && format !== "tiff");

test("Chromium shows every picture that hid a second file as it shows the clean one", async () => {
  const page = await browser.newPage();
  const seen = (format: keyof typeof mimeTypes, bytes: Buffer) =>
    page.evaluate(`(${look})("data:${mimeTypes[format]};base64,${bytes.toString("base64")}")`);
  for (const { what, format, bytes, clean } of shown) {
    for (const metadata of ["none", "keep"] as const) {
      const after = await strip(format, bytes, { metadata, readRange: readFrom(bytes) });
      expect(await seen(format, after), `${format}: ${what}`).toBe(await seen(format, clean));
    }
  }
});
