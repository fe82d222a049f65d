// The sample picture, which comes with the Worker: it has no row and no object, and is there on the first day.
//
// `lake.bin` is test/fixtures/photo.jpg (ours, CC0), 1440x1080 at quality 70. The name is one that bundlers leave alone.
import { SAMPLE, SAMPLE_FILENAME } from "../../../schema/sample.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { createFactsReader } from "../../shared/image-facts.ts";
import file from "./lake.bin";
import type { Original } from "./original.ts";

/** When it was drawn; it never changes. */
const CREATED_AT = Date.UTC(2026, 10, 26);

/** Of this isolate: it is looked at when it is first asked for. */
let known: Promise<Original> | undefined;

/** Is this the address of the sample? */
export function isSample({ storage, id }: Pick<Original, "storage" | "id">): boolean {
  return storage === SAMPLE.storage && id === SAMPLE.id;
}

export function sampleOriginal(): Promise<Original> {
  known ??= lookAtSample();
  return known;
}

async function lookAtSample(): Promise<Original> {
  const reader = createFactsReader();
  reader.push(new Uint8Array(file));
  const read = reader.end();
  if (read.kind !== "image") throw new Error("The sample is no picture.");
  return {
    ...SAMPLE,
    format: read.facts.format,
    filename: SAMPLE_FILENAME,
    transformable: true,
    isDamaged: false,
    bytes: file.byteLength,
    sha256: new Uint8Array(await crypto.subtle.digest("SHA-256", file)).toHex(),
    facts: read.facts,
    master: null,
    hiddenMetadata: "strip",
    createdAt: CREATED_AT,
    expiresAt: null,
  };
}

/** Each reader gets a copy: codecs take what they are given along. */
export const sampleBytes: Bytes = {
  stream: async (from = 0) => new Blob([file.slice(from)]).stream(),
  whole: async () => new Uint8Array(file.slice()),
  range: async (offset, length) => new Uint8Array(file.slice(offset, offset + length)),
};
