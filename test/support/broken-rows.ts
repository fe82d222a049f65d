// What becomes of each broken JPEG and PNG: accepted or not, rendered how far, and whether Chromium shows the plain answer alike.

import sharp from "sharp";
import { z } from "zod";
import { type ImageFacts, readImageFacts } from "../../workers/shared/image-facts.ts";
import { defaultLimits, makePlan } from "../../workers/src/plan/plan.ts";
import { originalFactsSchema } from "../../workers/src/plan/stored-facts.ts";
import { heldToFacts } from "../../workers/src/render/held-to-facts.ts";
import { stripMetadata } from "../harness/worker/stripped.ts";
import { startBrowser } from "./browser.ts";
import { type BrokenFile, brokenJpegs } from "./make-fixtures/broken-jpegs.ts";
import { brokenPngs } from "./make-fixtures/broken-pngs.ts";
import { planned } from "./planned-original.ts";
import { kernel, shape } from "./test-kernel.ts";

export interface BrokenRow {
  readonly kind: "JPEG" | "PNG";
  readonly name: string;
  /** `refused` by its head, `garbage` where no row can be read, else a picture, `damaged` or whole. */
  readonly outcome: "refused" | "garbage" | "damaged" | "whole";
  /** Of what Chromium shows of the plain answer, by how much a sample differs from ours on average; null where it shows nothing. */
  readonly chromium: number | null;
  /** The share of the picture that Chromium shows of the plain answer. */
  readonly shown: number;
  /** The same difference from libvips, which reads the upload; null where it can't. */
  readonly vips: number | null;
  /** Words of the upload that nobody should see. */
  readonly leaks: boolean;
}

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const seenSchema = z.object({ width: z.number(), height: z.number(), base64: z.string() }).nullable();

/** Runs in the browser, whose words these tests don't know. */
const lookInPage = `async (address) => {
  const image = new Image();
  image.src = address;
  await new Promise((resolve) => {
    image.onload = resolve;
    image.onerror = resolve;
  });
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width === 0) return null;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, base64: btoa(Array.from(data, (value) => String.fromCharCode(value)).join("")) };
}`;

export async function brokenRows(): Promise<BrokenRow[]> {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const look = async (file: Uint8Array, mime: string): Promise<Seen | null> => {
      const address = `data:${mime};base64,${Buffer.from(file).toString("base64")}`;
      const seen = seenSchema.parse(await page.evaluate(`(${lookInPage})("${address}")`));
      return seen && { width: seen.width, height: seen.height, data: Buffer.from(seen.base64, "base64") };
    };
    const rows: BrokenRow[] = [];
    for (const file of await brokenJpegs())
      rows.push(await rowOf("JPEG", file, (plain) => look(plain, "image/jpeg")));
    for (const file of await brokenPngs())
      rows.push(await rowOf("PNG", file, (plain) => look(plain, "image/png")));
    return rows;
  } finally {
    await browser.close();
  }
}

async function rowOf(
  kind: BrokenRow["kind"],
  { name, file }: BrokenFile,
  look: (plain: Uint8Array) => Promise<Seen | null>,
): Promise<BrokenRow> {
  const read = readImageFacts(file, file.length);
  const nothing = { kind, name, chromium: null, shown: 0, vips: null, leaks: false } as const;
  if (read.kind !== "image") return { ...nothing, outcome: "refused" };
  const ours = await decoded(kind, file, read.facts);
  if (!ours) return { ...nothing, outcome: "garbage" };
  const plain = await plainOf(file, read.facts, ours);
  const seen = await look(plain);
  const { orientation } = read.facts;
  const upright = orientation === 1;
  const vips = await sharp(file, { failOn: "none" })
    .ensureAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer()
    .catch(() => null);
  return {
    kind,
    name,
    outcome: ours.isDamaged ? "damaged" : "whole",
    chromium: seen && upright ? difference(ours.data, seen.data) : null,
    shown: seen
      ? seen.data.filter((value, at) => at % 4 === 3 && value > 0).length / (seen.data.length / 4)
      : 0,
    vips: vips && upright && vips.length === ours.data.length ? difference(ours.data, vips) : null,
    leaks: /secret/.test(Buffer.from(plain).toString("latin1")),
  };
}

async function decoded(kind: BrokenRow["kind"], file: Uint8Array<ArrayBuffer>, facts: ImageFacts) {
  const bytes = {
    stream: async () => new Blob([file]).stream(),
    whole: async () => file,
    range: async (offset: number, length: number) => file.slice(offset, offset + length),
  };
  const stream = await heldToFacts(bytes, facts).stream();
  const source = kind === "JPEG" ? ({ kind: "jpeg", stream } as const) : ({ kind: "png", stream } as const);
  const answer = await kernel.renderPixels(source, shape(facts));
  return answer.ok ? { isDamaged: answer.value.isDamaged, data: answer.value.pixels.data } : null;
}

/** The file itself, or a render of it where that is what the plain URL answers. */
async function plainOf(
  file: Uint8Array<ArrayBuffer>,
  facts: ImageFacts,
  { isDamaged, data }: { readonly isDamaged: boolean; readonly data: Uint8ClampedArray },
): Promise<Uint8Array> {
  const original = { ...planned(facts, originalFactsSchema.parse(facts)), isDamaged, bytes: file.length };
  const asked = { transform: {}, extension: original.format, accept: "" };
  if (makePlan(asked, original, defaultLimits).kind === "render") {
    const { width, height } = facts;
    return sharp(data, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer();
  }
  const options = { metadata: "none", facts, isEndless: facts.endless === true } as const;
  const format = facts.format === "png" ? "png" : "jpg";
  return new Response(stripMetadata(format, new Blob([file]).stream(), options)).bytes();
}

/** Mean over the colours of what is shown, to a tenth. */
function difference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number | null {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < ours.length; at += 4) {
    const alpha = theirs[at + 3] ?? 0;
    if (alpha === 0) continue;
    count += 3;
    for (let channel = 0; channel < 3; channel++)
      sum += (Math.abs((ours[at + channel] ?? 0) - (theirs[at + channel] ?? 0)) * alpha) / 255;
  }
  return count === 0 ? null : Math.round((10 * sum) / count) / 10;
}
