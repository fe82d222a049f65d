// Pictures of every format that can be read, loud ones and plain ones, and the plain ones damaged.
import { createFactsReader, type ImageFacts } from "../../workers/shared/image-facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { isReadable, type ReadableFormat } from "../../workers/src/plan/traits.ts";
import { fixtureBytes } from "./fixture-bytes.ts";
import { fileOf, noise } from "./noise.ts";
import { bmpOf, icoOf, icoOfPng, tiffOf } from "./whole-frames.ts";

export const outputs = ["jpg", "png", "webp", "avif", "gif"] as const;
export type Output = (typeof outputs)[number];
type File = Uint8Array<ArrayBuffer>;

export interface Sample {
  readonly format: ReadableFormat;
  readonly file: File;
  readonly facts: ImageFacts;
}

export function sampleOf(file: File): Sample {
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  if (read.kind !== "image") throw new Error(`This is no picture: ${read.kind}.`);
  const { format } = read.facts;
  if (!isReadable(format)) throw new Error("An SVG is not decoded.");
  return { format, file, facts: read.facts };
}

export async function written(format: Output, picture: Pixels): Promise<Sample> {
  return sampleOf(await fileOf(format, picture, format === "png" || format === "gif" ? null : 80));
}

const frames = [bmpOf, tiffOf, icoOf];

/** Noise in every format; another for another seed. */
export async function loudPictures(seed: 1 | 2): Promise<Sample[]> {
  const picture = noise(180, 140, seed);
  const heic = await fixtureBytes("photo.heic");
  // Tiles whose bits are turned are of other colours.
  if (seed === 2)
    for (let at = heic.length >> 1; at < heic.length; at += 4_001) heic[at] = (heic[at] ?? 0) ^ 1;
  return [
    ...(await Promise.all(outputs.map((format) => written(format, picture)))),
    ...frames.map((write) => sampleOf(write(picture))),
    sampleOf(heic),
  ];
}

/** Healthy files of every kind that a codec treats in its own way. */
export async function seeds(): Promise<Sample[]> {
  const names =
    "progressive.jpg cmyk.jpg gray.jpg p3.jpg logo.png interlaced.png deep.png animation.png disposal.gif animation.gif " +
    "animation.webp sample.bmp icon.ico scan.tiff photo.heic";
  const clear = landscape(true);
  return [
    ...(await Promise.all(outputs.map((format) => written(format, landscape(false))))),
    ...(await Promise.all((["png", "webp", "avif", "gif"] as const).map((format) => written(format, clear)))),
    ...frames.map((write) => sampleOf(write(clear))),
    sampleOf(icoOfPng(clear, await fileOf("png", clear, null))),
    ...(await Promise.all(names.split(" ").map(async (name) => sampleOf(await fixtureBytes(name))))),
  ];
}

export function landscape(hasAlpha: boolean): Pixels {
  const [width, height] = [121, 87];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([x * 2, y * 2, 255 - x - y, hasAlpha ? (x * 7) % 256 : 255], (y * width + x) * 4);
  return { width, height, data };
}

/** Cut off, bits turned, a stretch of zeros, a stretch from elsewhere in the file. */
export function damaged(file: File, random: () => number): File {
  const at = (from = 0) => from + Math.floor(random() * (file.length - from));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return file.slice(0, at(Math.floor(file.length / 4)));
  const copy = file.slice();
  const start = at(Math.min(30, file.length >> 1));
  const end = start + 1 + Math.floor(random() * 40);
  if (kind === 1) for (let count = 0; count < 3; count++) copy[at(20)] = Math.floor(random() * 256);
  if (kind === 2) copy.fill(0, start, end);
  if (kind === 3) copy.copyWithin(start, at(), at());
  return copy;
}
