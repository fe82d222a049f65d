// GIFs and WebPs that are broken somewhere, through both Workers and into a browser: what is accepted has a plain URL that Chromium shows, a
// variant that looks the same, the size that the API says, and a note where something is missing; the rest is refused at upload.
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { startBrowser } from "../support/browser.ts";
import type { OddFile } from "../support/make-fixtures/odd-file.ts";
import { oddGifs } from "../support/make-fixtures/odd-gifs.ts";
import { oddWebps } from "../support/make-fixtures/odd-webps.ts";

const origin = inject("origin");
const key = inject("key");
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
  await page.goto(`${origin}/`);
});
afterAll(() => browser?.close());

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly rgba: readonly number[] | Uint8Array;
}

/** As the browser shows it; of what moves, the first frame. */
function shown(url: string): Promise<Seen> {
  return page.evaluate(async (src) => {
    const image = new Image();
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error(`The browser shows nothing of ${src}.`));
      image.src = src;
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(image, 0, 0);
    return { width, height, rgba: [...(context?.getImageData(0, 0, width, height).data ?? [])] };
  }, url);
}

async function rendered(url: string): Promise<Seen> {
  const answer = await fetch(url);
  const bytes = await answer.bytes();
  expect(answer.status, Buffer.from(bytes).toString("latin1").slice(0, 300)).toBe(200);
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

/** Mean difference on a white page, of all pixels or of those that both show; and the share of these. */
function compare(one: Seen, other: Seen, isDamaged: boolean) {
  let [sum, counted, both, either] = [0, 0, 0, 0];
  for (let at = 0; at < one.rgba.length; at += 4) {
    const alphas = [one, other].map(({ rgba }) => rgba[at + 3] ?? 0);
    const isBoth = alphas.every((alpha) => alpha > 0);
    if (alphas.some((alpha) => alpha > 0)) either++;
    if (isBoth) both++;
    if (isDamaged && !isBoth) continue;
    counted++;
    for (let channel = 0; channel < 3; channel++)
      sum += Math.abs(onWhite(one, at, channel) - onWhite(other, at, channel)) / 3;
  }
  return { difference: sum / Math.max(1, counted), both: either === 0 ? 1 : both / either };
}

function onWhite({ rgba }: Seen, at: number, channel: number): number {
  const alpha = (rgba[at + 3] ?? 0) / 255;
  return (rgba[at + channel] ?? 0) * alpha + 255 * (1 - alpha);
}

async function send({ bytes }: OddFile, name: string) {
  const body = new FormData();
  body.append("file", new File([bytes], name));
  const order = { method: "POST", body, headers: { Authorization: `Bearer ${key}` } };
  const answer = await fetch(`${origin}/v1/images`, order);
  return { status: answer.status, text: await answer.text() };
}

const formats = { gif: oddGifs, webp: oddWebps };
const rows = Object.entries(formats).flatMap(([format, files]) => files.map((file) => ({ format, ...file })));

describe.each(rows)("A $format: $name", (file) => {
  const { format, shown: expected } = file;
  test(expected ? "is accepted and shown" : "is refused", async () => {
    const { status, text } = await send(file, `odd.${format}`);
    if (!expected) return expect(status, text).toBe(422);
    expect(status, text).toBe(201);
    const image = imageSchema.parse(JSON.parse(text));
    const { width, height, isDamaged = false } = expected;
    expect(image).toMatchObject({ width, height, transformable: true });
    expect(image.notes.some(({ code }) => code === "damaged")).toBe(isDamaged);
    const plain = await shown(image.url);
    expect(plain).toMatchObject({ width, height });
    const variant = await rendered(image.url.replace(/\w+$/, "png"));
    expect(variant).toMatchObject({ width, height });
    const { difference, both } = compare(plain, variant, isDamaged);
    expect(difference).toBeLessThan(3);
    // A decoder that is cut short hands over more of its last rows, or less.
    if (isDamaged) expect(both).toBeGreaterThan(format === "webp" ? 0.4 : 0.95);
    for (const size of Object.values(image.sizes).filter((size) => size !== undefined))
      expect((await fetch(size.url)).status).toBe(200);
  });
});
