// What walkers say of files that differ from a sound one in a single byte, by one, or end early: every bound, from both sides.
import { createHash } from "node:crypto";
import { type SourceFormat, sourceFormats } from "../../schema/facts.ts";
import type { MetadataKept } from "../../schema/hidden-metadata.ts";
import { carriedIn, stripped } from "./format-figures.ts";
import { decoderTold, factsIn } from "./made-figures.ts";
import { loadMadeFiles } from "./made-files/index.ts";
import { madeFiles } from "./made-files.ts";

/** Longer files are left to others: what they have more of is pixels. A JPEG's tables alone are some 600 bytes. */
const mostBytes = (format: SourceFormat) => (format === "jpg" ? 1_500 : 700);
/** From the front, where structures lie. */
const MOST_PLACES = 1_500;
const kept: readonly MetadataKept[] = ["none", "keep", "copyright", "keep_with_location"];

/** At this place a byte more, a byte less, and nothing from here on. */
function* neighbours(file: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < Math.min(file.length, MOST_PLACES); at++) {
    for (const step of [1, -1]) yield Uint8Array.from(file).fill((file[at] ?? 0) + step, at, at + 1);
    yield file.slice(0, at);
  }
}

/** One hash over all neighbours of a file. */
export async function neighbourFigure(format: SourceFormat, file: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  let count = 0;
  for (const bytes of neighbours(file)) {
    const metadata = kept[count++ % kept.length] ?? "none";
    hash.update(factsIn(bytes));
    hash.update(await decoderTold(format, bytes));
    hash.update(JSON.stringify(await carriedIn(format, bytes)));
    hash.update(await stripped(format, bytes, metadata));
  }
  return hash.digest("hex").slice(0, 12);
}

interface Sound {
  readonly name: string;
  readonly format: SourceFormat;
  readonly bytes: Uint8Array;
}

export async function soundFiles(): Promise<readonly Sound[]> {
  const sound: Sound[] = [];
  for (const [name, bytes] of Object.entries(madeFiles)) {
    const format = sourceFormats.find((one) => name.endsWith(one));
    if (format) sound.push({ name, format, bytes });
  }
  for (const { format, feature, make } of await loadMadeFiles()) {
    const bytes = await make();
    if (bytes.length <= mostBytes(format)) sound.push({ name: `${format}: ${feature}`, format, bytes });
  }
  return sound;
}

/** Of the files of one format. */
export async function neighboursIn(format: SourceFormat): Promise<Record<string, string>> {
  const figures: Record<string, string> = {};
  for (const { name, bytes } of (await soundFiles()).filter((file) => file.format === format))
    figures[name] = await neighbourFigure(format, bytes);
  return figures;
}

export async function neighbourFigures() {
  const figures: Partial<Record<SourceFormat, Record<string, string>>> = {};
  for (const format of sourceFormats) figures[format] = await neighboursIn(format);
  return figures;
}
