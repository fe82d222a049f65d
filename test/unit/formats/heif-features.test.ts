// What an AVIF's or HEIC's header says of how it is shown, and what decoders are handed of it.
import { describe, expect, test } from "vitest";
import { inOurContainer } from "../../../workers/formats/heif/ours.ts";
import { together } from "../../../workers/formats/heif/write.ts";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import { avifFeatures } from "../../support/make-fixtures/avif-features.ts";
import { heicFeatures, heicGridFeatures } from "../../support/make-fixtures/heic-features.ts";
import type { Change } from "../../support/make-fixtures/heif-features.ts";
import { takeApart } from "../../support/make-fixtures/heif-parts.ts";

const kinds = [
  ["AVIF", "avif", { width: 160, height: 128 }, avifFeatures],
  ["HEIC of one picture", "heic", { width: 512, height: 512 }, heicFeatures],
  ["HEIC of tiles", "heic", { width: 1200, height: 900 }, heicGridFeatures],
] as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeAfter(size: Size, changes: readonly Change[]): Size {
  return changes.reduce<Size>((before, change) => {
    if (typeof change === "string") return before;
    if ("cut" in change) return { width: change.cut.width, height: change.cut.height };
    return change.turn === 180 ? before : { width: before.height, height: before.width };
  }, size);
}

describe.each(kinds)("%s", (_kind, format, size, features) => {
  const told = features.filter(({ seen }) => seen !== null);

  test.each(told)("with $what is told as it is shown", ({ bytes, seen }) => {
    const facts = readImageFacts(bytes, bytes.length);
    expect(facts).toMatchObject({ kind: "image", facts: { format } });
    if (facts.kind !== "image" || !seen || seen === "as in Chromium") return;
    const shown = sizeAfter(size, seen);
    expect(facts.facts).toMatchObject({ displayedWidth: shown.width, displayedHeight: shown.height });
    expect(facts.facts).toMatchObject(size);
  });

  test.each(features.filter(({ seen }) => seen === null))("with $what is refused", ({ bytes }) => {
    expect(readImageFacts(bytes, bytes.length).kind).toBe("damaged");
  });

  test.each(told)("with $what is handed over as coded pictures, and nothing else", ({ bytes }) => {
    const ours = Buffer.from(together(inOurContainer(bytes, format)));
    for (const word of ["irot", "imir", "clap", "mp42", "depth", "Exif"])
      expect(ours.includes(word)).toBe(false);
    const { primary, items, references } = takeApart(ours);
    expect(primary).toBe(1);
    expect(items.map(({ id }) => id)).toEqual(items.map((_, at) => at + 1));
    // Tiles are numbered as they are placed.
    for (const { type, to } of references)
      if (type === "dimg") expect(to).toEqual(to.toSorted((one, other) => one - other));
  });
});
