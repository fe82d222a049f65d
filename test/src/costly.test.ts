// A few bytes that ask for hours of frames are answered all the same: smaller, or with their first frame.
import { expect, test } from "vitest";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

/** A GIF of one pixel that changes its colour a thousand times: some 30 KB. */
function blinkingPixel(frames: number): Uint8Array<ArrayBuffer> {
  const screen = [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const frame = (index: number) => [
    ...[0x21, 0xf9, 4, 0, 5, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    // Codes of three bits: clear, the colour, end.
    ...[2, 2, index % 2 ? 0x4c : 0x44, 1, 0],
  ];
  const all = Array.from({ length: frames }, (_, index) => frame(index)).flat();
  return Uint8Array.from([...new TextEncoder().encode("GIF89a"), ...screen, ...all, 0x3b]);
}

test.each(["w=1900&fit=contain&format=webp", "w=12000&fit=contain", "w=12000&h=12000&fit=pad&format=webp"])(
  "a pixel that blinks a thousand times, asked for with %s, is answered with its first frame",
  async (query) => {
    const { path } = await storeImage(blinkingPixel(1_000));
    const answer = await ask(`${path}?${query}`);
    expect(answer.status).toBe(200);
    const facts = createFactsReader();
    facts.push(await answer.bytes());
    const read = facts.end();
    expect(read).toMatchObject({ kind: "image", facts: { animated: false } });
  },
);

test("a pixel that blinks forty times moves at the size that was asked for", async () => {
  const { path } = await storeImage(blinkingPixel(40));
  const answer = await ask(`${path}?w=100&fit=contain&format=webp`);
  const facts = createFactsReader();
  facts.push(await answer.bytes());
  expect(facts.end()).toMatchObject({ kind: "image", facts: { animated: true, width: 100, frames: 40 } });
});
