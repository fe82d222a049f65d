// What every walker says of every fixture, whole and damaged: facts, and the bytes that are left when what is hidden is taken out.
import { createHash } from "node:crypto";
import { type SourceFormat, sourceFormats } from "../../schema/facts.ts";
import type { MetadataKept } from "../../schema/hidden-metadata.ts";
import { Damage } from "../../workers/formats/damage.ts";
import { keptExif } from "../../workers/formats/exif/kept.ts";
import { codedInFile } from "../../workers/formats/heif/coded.ts";
import { avifSamples } from "../../workers/formats/heif/samples.ts";
import { iccProfileOf } from "../../workers/formats/icc/find.ts";
import { exifInJpeg } from "../../workers/formats/jpeg/exif.ts";
import { exifInPng } from "../../workers/formats/png/exif.ts";
import { exifInWebp } from "../../workers/formats/webp/exif.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { damage } from "../harness/hostile/mutate.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { chunksOf, fixture, fixtureNames } from "./fixtures.ts";
import { madeFiles } from "./made-files.ts";
import { buildExif } from "./make-fixtures/exif.ts";
import {
  asPhoneWouldSave,
  commentSegment,
  insertSegments,
  xmpSegment,
} from "./make-fixtures/jpeg-segments.ts";
import { insertChunks } from "./make-fixtures/png-chunks.ts";
import { readFrom, strip } from "./strip.ts";

/** Damaged copies of each. */
const COPIES = 300;
/** Longer ones are only walked whole. */
const MOST_DAMAGED_BYTES = 100_000;
const MOST_AWAITED_BYTES = 4_096;
const kept: readonly MetadataKept[] = ["none", "copyright", "keep", "keep_with_location"];

const phone = { orientation: 6, thumbnail: fixture("gray.jpg") };
const pictures: Readonly<Record<string, Buffer>> = {
  ...Object.fromEntries(fixtureNames.map((name) => [name, fixture(name)])),
  ...madeFiles,
  "phone-saved.jpg": asPhoneWouldSave(fixture("gray.jpg"), phone),
  "commented.jpg": insertSegments(fixture("p3.jpg"), [xmpSegment(), commentSegment()]),
  "described.png": insertChunks(fixture("logo.png"), [
    { type: "eXIf", body: buildExif({ orientation: 3, littleEndian: true }) },
    { type: "tEXt", body: Buffer.from("Copyright\0Ada") },
    { type: "tIME", body: Buffer.alloc(7, 1) },
    { type: "pHYs", body: Buffer.alloc(9, 1) },
  ]),
};

const short = (...parts: readonly (string | Uint8Array)[]) =>
  parts
    .reduce((hash, part) => hash.update(part), createHash("sha256"))
    .digest("hex")
    .slice(0, 12);

function factsIn(bytes: Uint8Array) {
  const reader = createFactsReader();
  for (const chunk of chunksOf(bytes, 20_000)) reader.push(chunk);
  const result = reader.end();
  return result.kind === "image" ? result.facts : null;
}

/** How many bytes its reader asks for, from the first one on, when they come one at a time. */
function waits(bytes: Uint8Array): string {
  const reader = createFactsReader();
  const asked: number[] = [];
  for (const byte of bytes.subarray(0, MOST_AWAITED_BYTES)) {
    const { result } = reader;
    if (result.kind === "need-more" && asked.at(-1) !== result.atLeast) asked.push(result.atLeast);
    reader.push(Uint8Array.of(byte));
  }
  return short(asked.join());
}

const formatNamed = (name: string) => sourceFormats.find((format) => name.endsWith(format)) ?? "png";

/** The bytes that are left, or the word `refused`. */
export async function stripped(
  format: SourceFormat,
  bytes: Uint8Array,
  metadata: MetadataKept,
): Promise<string | Uint8Array> {
  try {
    return await strip(format, bytes, { metadata, readRange: readFrom(bytes) }, 20_000);
  } catch {
    return "refused";
  }
}

function orRefused<Told>(tell: () => Told): Told | "refused" {
  try {
    return tell();
  } catch (error) {
    if (error instanceof Damage) return "refused";
    throw error;
  }
}

/** The EXIF block and the colour profile that are found in a file, and what a HEIF's pictures are as they are coded. */
async function carried(format: SourceFormat, bytes: Uint8Array) {
  const file = Uint8Array.from(bytes);
  const range = async (offset: number, length: number) => file.slice(offset, offset + length);
  const isProfiled = format === "webp" || format === "avif" || format === "heic";
  return {
    exif:
      format === "jpg"
        ? exifInJpeg(file)
        : format === "png"
          ? exifInPng(file)
          : format === "webp"
            ? await exifInWebp({ range }, file.length)
            : null,
    bitstreams: format === "avif" || format === "heic" ? orRefused(() => codedInFile(file)) : null,
    samples: format === "avif" ? orRefused(() => avifSamples(file)) : null,
    profile: isProfiled ? (iccProfileOf(format, file) ?? null) : null,
  };
}

const held = (bytes: Uint8Array | null) => (bytes ? `${bytes.length} bytes, ${short(bytes)}` : null);

/** The same, with what is long told by its hash. */
export async function carriedIn(format: SourceFormat, bytes: Uint8Array) {
  const { exif, profile, ...more } = await carried(format, bytes);
  return { exif: held(exif), profile: held(profile), ...more };
}

async function damagedFigure(name: string, original: Buffer): Promise<string> {
  const format = formatNamed(name);
  const random = seededRandom(original.length);
  const told: (string | Uint8Array)[] = [];
  for (let copy = 0; copy < COPIES; copy++) {
    const bytes = damage(original, random);
    const metadata = kept[copy % kept.length] ?? "none";
    const { exif, profile, ...more } = await carriedIn(format, bytes);
    told.push(JSON.stringify([factsIn(bytes), exif, profile, more]), await stripped(format, bytes, metadata));
  }
  return short(...told);
}

/** Every tag there may be, one after the other, in each of EXIF's three directories: those that stay. */
function keptTags(kept: "keep" | "keep_with_location", directory: number | null): string {
  const staying: number[] = [];
  for (let tag = 0; tag <= 0xffff; tag++) {
    const block = Buffer.alloc(directory === null ? 26 : 44);
    block.write("MM\0*\0\0\0\x08", "latin1");
    const entry = (at: number, tag: number, type: number, value: number) => {
      block.writeUInt16BE(1, at);
      block.writeUInt16BE(tag, at + 2);
      block.writeUInt16BE(type, at + 4);
      block.writeUInt32BE(1, at + 6);
      block.writeUInt32BE(value, at + 10);
    };
    if (directory !== null) entry(8, directory, 4, 26);
    entry(directory === null ? 8 : 26, tag, 4, 1);
    if (keptExif(block, kept) !== null) staying.push(tag);
  }
  return staying.map((tag) => tag.toString(16)).join(" ");
}

export async function formatFigures() {
  const whole: Record<string, object> = {};
  const damaged: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(pictures)) {
    const left: Record<string, string> = {};
    for (const metadata of kept) {
      const after = await stripped(formatNamed(name), bytes, metadata);
      left[metadata] = typeof after === "string" ? after : `${after.length} bytes, ${short(after)}`;
    }
    const { exif, profile, ...more } = await carriedIn(formatNamed(name), bytes);
    whole[name] = { ...factsIn(bytes), waits: waits(bytes), exif, profile, ...more, ...left };
    if (bytes.length <= MOST_DAMAGED_BYTES) damaged[name] = await damagedFigure(name, bytes);
  }
  const tags = {
    image: keptTags("keep", null),
    camera: keptTags("keep", 0x8769),
    place: keptTags("keep_with_location", 0x8825),
    "place without leave": keptTags("keep", 0x8825),
  };
  return { whole, damaged, tags };
}
