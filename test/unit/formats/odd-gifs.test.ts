// GIFs that are wrong somewhere: what the header walk says of them, what is served of them, and what is drawn, held to what Chromium shows.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createFactsReader } from "../../../workers/shared/image-facts.ts";
import { readFirstGifFrame } from "../../../workers/src/render/animation/gif/first-frame.ts";
import { oddGifs } from "../../support/make-fixtures/odd-gifs.ts";
import { roomyLimits } from "../../support/moving-pictures.ts";
import { strip } from "../../support/strip.ts";

const factsOf = (bytes: Uint8Array, pieceBytes = bytes.length) => {
  const reader = createFactsReader();
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.slice(at, at + pieceBytes));
  return reader.end();
};

/** Whether the first frame is all there; null where there is nothing of it. */
function firstFrameOf(bytes: Uint8Array) {
  const read = factsOf(bytes);
  if (read.kind !== "image") return null;
  const first = readFirstGifFrame(bytes, roomyLimits, read.facts);
  return first.ok ? { isDamaged: first.value.isDamaged?.() ?? false, facts: read.facts } : null;
}

describe.each(oddGifs)("A GIF: $name", ({ bytes, shown }) => {
  test(shown ? "is shown" : "is refused", () => {
    const first = firstFrameOf(bytes);
    if (!shown) return expect(first).toBeNull();
    const { width, height, frames, isDamaged = false } = shown;
    expect(first?.facts).toMatchObject({ width, height, frames });
    expect((first?.facts.damaged ?? false) || first?.isDamaged).toBe(isDamaged);
  });

  test("says the same in pieces of one byte, and served it is a file that ends", async () => {
    expect(factsOf(bytes, 1)).toEqual(factsOf(bytes));
    if (!shown) return;
    const plain = await strip("gif", bytes);
    expect(plain.at(-1)).toBe(0x3b);
    expect(await strip("gif", bytes, { metadata: "none" }, 1)).toEqual(plain);
    expect(factsOf(plain)).toMatchObject({
      facts: { width: shown.width, height: shown.height, frames: shown.frames },
    });
    expect(await sharp(plain).metadata()).toMatchObject({ width: shown.width, height: shown.height });
  });
});
