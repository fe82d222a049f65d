// AVIFs and HEICs as the world's writers make them, through both Workers: the object's size, the plain answer and a render agree, and all
// show what Chromium shows of the same file (AVIF), or what the file asks for (HEIC, which it does not show).
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { brokenPromises } from "../harness/product/promises.ts";
import { startBrowser } from "../support/browser.ts";
import { deltaE } from "../support/delta-e.ts";
import { avifFeatures } from "../support/make-fixtures/avif-features.ts";
import { heicFeatures, heicGridFeatures } from "../support/make-fixtures/heic-features.ts";
import type { Change, HeifFeature } from "../support/make-fixtures/heif-features.ts";
import { privateFieldsIn } from "./made-files/private-fields.ts";

const origin = inject("origin");
const key = inject("key");
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  // A page of nobody's: it takes pictures out of its own address only.
  page = await browser.newPage();
});
afterAll(() => browser?.close());

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly rgba: Buffer;
}

/** As Chromium decodes and turns it; null where it shows nothing. */
const look = `async (address) => {
  const image = new Image();
  image.src = address;
  try { await image.decode(); } catch { return null; }
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}`;

async function inChromium(bytes: Buffer, type: string): Promise<Seen | null> {
  const address = `data:${type};base64,${bytes.toString("base64")}`;
  const png = await page.evaluate<string | null>(`(${look})(${JSON.stringify(address)})`);
  return png === null ? null : pixelsOf(Buffer.from(png, "base64"));
}

async function pixelsOf(file: Uint8Array): Promise<Seen> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

async function changed({ width, height, rgba }: Seen, changes: readonly Change[]): Promise<Seen> {
  let png = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  for (const change of changes) {
    const picture = sharp(png);
    if (change === "flip") picture.flip();
    else if (change === "flop") picture.flop();
    else if ("turn" in change) picture.rotate(change.turn);
    else picture.extract(change.cut);
    png = await picture.png().toBuffer();
  }
  return pixelsOf(png);
}

async function send(format: "avif" | "heic", bytes: Buffer): Promise<Response> {
  const body = new FormData();
  body.append("file", new File([Uint8Array.from(bytes)], `picture.${format}`));
  return fetch(`${origin}/v1/images`, { method: "POST", body, headers: { Authorization: `Bearer ${key}` } });
}

/** What clear pixels are coloured is nobody's business. */
function onWhite(rgba: Buffer): Buffer {
  const paper = Buffer.from(rgba);
  for (let at = 0; at < paper.length; at += 4) {
    const share = (paper[at + 3] ?? 0) / 255;
    for (let channel = at; channel < at + 3; channel++)
      paper[channel] = Math.round((paper[channel] ?? 0) * share + 255 * (1 - share));
    paper[at + 3] = 255;
  }
  return paper;
}

async function fetched(url: string): Promise<{ readonly bytes: Buffer; readonly type: string }> {
  const answer = await fetch(url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.status, `${url} ${bytes.toString("latin1", 0, 200)}`).toBe(200);
  return { bytes, type: answer.headers.get("content-type") ?? "" };
}

/** Where the picture is what was rendered without anything particular in it. */
async function rendered(format: "avif" | "heic", bytes: Buffer): Promise<Seen> {
  const answer = await send(format, bytes);
  const { url } = imageSchema.parse(await answer.json());
  return pixelsOf((await fetched(`${url}?format=png`)).bytes);
}

const expectAlike = (ours: Seen, theirs: Seen, most: number, name: string) => {
  expect([ours.width, ours.height], name).toEqual([theirs.width, theirs.height]);
  expect(deltaE(onWhite(ours.rgba), onWhite(theirs.rgba)).mean, name).toBeLessThan(most);
};

const kinds = [
  ["AVIF", "avif", avifFeatures],
  ["HEIC of one picture", "heic", heicFeatures],
  ["HEIC of tiles", "heic", heicGridFeatures],
] as const;

describe.each(kinds)("%s", (_kind, format, features) => {
  let plain: Seen;
  beforeAll(async () => {
    const [first] = features;
    if (first) plain = await rendered(format, first.bytes);
  });

  async function truthOf({ seen, bytes }: HeifFeature): Promise<Seen | null> {
    if (seen !== "as in Chromium") return seen && changed(plain, seen);
    return inChromium(bytes, `image/${format}`);
  }

  test.each(features)("with $what", async (feature) => {
    const truth = await truthOf(feature);
    const answer = await send(format, feature.bytes);
    if (!truth) return expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(answer.status, text).toBe(201);
    const image = imageSchema.parse(JSON.parse(text));
    expect(image).toMatchObject({ width: truth.width, height: truth.height, transformable: true });

    const render = await fetched(`${image.url}?format=png`);
    expectAlike(await pixelsOf(render.bytes), truth, 1.5, "rendered");
    const plainAnswer = await fetched(image.url);
    const shown = await inChromium(plainAnswer.bytes, plainAnswer.type);
    if (!shown) throw new Error("Chromium does not show its plain answer");
    // What is cut, and what browsers do not read, is coded anew.
    expectAlike(shown, truth, 6, "plain");
    const answered = { ok: true, status: 200, ...plainAnswer };
    expect(await brokenPromises(image, answered)).toEqual([]);
    expect(await privateFieldsIn(plainAnswer.bytes)).toEqual([]);
    const small = await fetched(`${image.url}?w=50&format=webp`);
    const { width } = await pixelsOf(small.bytes);
    expect(width).toBe(Math.min(50, truth.width));
  });
});
