// Originals pass through one chunk's memory, which every read takes away and fills anew: what is served is what a reader with all of it at hand serves.
import { describe, expect, test } from "vitest";
import type { SourceFormat } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { createFactsReader } from "../../../workers/shared/image-facts.ts";
import { passesUnchanged, type StripOptions, stripInto } from "../../../workers/src/metadata/strip.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { filling } from "../../support/filling.ts";
import { fixture, fixtureNames } from "../../support/fixtures.ts";
import { madeFiles } from "../../support/made-files.ts";
import { asPhoneWouldSave } from "../../support/make-fixtures/jpeg-segments.ts";
import { readFrom } from "../../support/strip.ts";

/** In one piece of memory of its own. */
function handed(file: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(file);
      controller.close();
    },
  });
}

function factsOf(file: Uint8Array) {
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  return read.kind === "image" ? read.facts : undefined;
}

const phone = { orientation: 6, thumbnail: fixture("gray.jpg") } as const;
const files: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(fixtureNames.map((name) => [name, fixture(name).subarray(0, 300_000)])),
  ...Object.fromEntries(Object.entries(madeFiles).map(([name, file]) => [`made: ${name}`, file])),
  "as a phone saves it": asPhoneWouldSave(fixture("cat.jpg"), phone),
};

const kinds: readonly MetadataKept[] = ["none", "copyright", "keep", "keep_with_location"];
const sized = (size: number) => () => size;
const random = seededRandom(5);
const paces = {
  "7 bytes": sized(7),
  "4,096": sized(4_096),
  "whatever has come": () => 1 + Math.floor(random() ** 4 * 70_000),
};

/** All that is written until the end, or until what is broken. */
async function writtenOf(format: SourceFormat, original: ReadableStream<Uint8Array>, options: StripOptions) {
  const pieces: Uint8Array[] = [];
  const write = async (piece: Uint8Array) => {
    // Whoever reads it is late.
    await Promise.resolve();
    pieces.push(piece.slice());
  };
  const isWhole = await stripInto(format, original, options, write).then(
    () => true,
    () => false,
  );
  return { isWhole, bytes: Buffer.concat(pieces) };
}

describe.each(Object.keys(files))("%s", (name) => {
  const file = files[name] ?? new Uint8Array();
  const facts = factsOf(file);
  test.each(Object.entries(paces))("comes out alike, read %s at a time", async (_, next) => {
    if (!facts || passesUnchanged(facts.format)) return;
    for (const metadata of kinds) {
      const options = { metadata, facts, readRange: readFrom(file), isEndless: facts.endless === true };
      const expected = await writtenOf(facts.format, handed(file), options);
      const served = await writtenOf(facts.format, filling(file, next), options);
      expect(served.isWhole, metadata).toBe(expected.isWhole);
      // What is broken has gone out as far as it was gathered.
      const length = expected.isWhole
        ? Number.POSITIVE_INFINITY
        : Math.min(served.bytes.length, expected.bytes.length);
      expect(served.bytes.subarray(0, length).equals(expected.bytes.subarray(0, length)), metadata).toBe(
        true,
      );
    }
  });
});
