// The size that an SVG says is the one that a browser shows it at, or where it only has a viewBox, that of the viewBox in the browser's proportions.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readImageFacts } from "../../workers/shared/image-facts.ts";
import { startBrowser } from "../support/browser.ts";
import { svgRoots } from "../support/svg-sizes.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
});
afterAll(() => browser?.close());

async function shown(text: string): Promise<readonly [number, number]> {
  const url = `data:image/svg+xml,${encodeURIComponent(text)}`;
  return page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight] as const;
  }, url);
}

/** What hangs on a font comes within a fifth. */
const isOfAFont = (root: string) => /\d(?:ex|ch)"/.test(root);

test.each(svgRoots)("<svg %s>", async (root) => {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" ${root}><rect width="10" height="10"/></svg>`;
  const [width, height] = await shown(text);
  const read = readImageFacts(new TextEncoder().encode(text), text.length);
  if (read.kind !== "image") throw new Error(`It is ${read.kind}.`);
  const { facts } = read;
  const isByViewBox = /viewBox="[-\d., ]+"/.test(root) && !/(?:width|height)="[^"%]*\d[^"%]*"/.test(root);
  const ratio = facts.width / facts.height;
  if (isByViewBox)
    expect(Math.min(Math.abs(width - height * ratio), Math.abs(height - width / ratio))).toBeLessThan(1);
  else if (isOfAFont(root)) expect(Math.abs(facts.width - width)).toBeLessThan(width / 5);
  else expect([facts.width, facts.height]).toEqual([width, height]);
});
