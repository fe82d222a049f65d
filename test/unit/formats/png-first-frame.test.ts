// An animated PNG whose still is another picture: its first frame becomes a still of its own, as the bytes go by.
import { describe, expect, test } from "vitest";
import { viewOf } from "../../../workers/formats/bytes/numbers.ts";
import { rewritten } from "../../../workers/formats/bytes/rewritten.ts";
import { firstFrame, isWhole } from "../../../workers/formats/png/first-frame.ts";
import { chunksOf } from "../../support/fixtures.ts";
import { type Chunk, joinPng, splitPng } from "../../support/make-fixtures/png-chunks.ts";

const chunk = (type: string, ...body: readonly number[]): Chunk => ({ type, body: Buffer.from(body) });
const frame = (sequence: number, ...pixels: readonly number[]) => chunk("fdAT", 0, 0, 0, sequence, ...pixels);
const header = chunk("IHDR", 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0);
const end = chunk("IEND");
const control = (sequence: number) => chunk("fcTL", 0, 0, 0, sequence, ...Array<number>(22).fill(0));

async function still(file: Uint8Array, pieceBytes: number): Promise<Buffer> {
  const pieces = chunksOf(file, pieceBytes);
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value.slice());
    },
  });
  return Buffer.concat(await Array.fromAsync(rewritten(stream, firstFrame)));
}
const told = (file: Buffer) => splitPng(file).map(({ type, body }) => [type, ...body]);

describe.each([1, 7, 10_000])("in pieces of %i bytes", (pieceBytes) => {
  test("it is header, colours and the frame's own pixels, with the checksums of a still", async () => {
    const colours = ["PLTE", "tRNS", "gAMA", "sRGB", "iCCP"].map((type) => chunk(type, 1, 2, 3));
    const others = [chunk("acTL", 0, 0, 0, 2), chunk("tEXt", 65), chunk("IDAT", 9, 9, 9), chunk("eXIf", 1)];
    const file = joinPng([
      header,
      ...colours,
      ...others,
      control(0),
      frame(1, 4, 5),
      frame(2, 6),
      frame(3),
      control(4),
      frame(5, 7),
      end,
    ]);
    const after = await still(file, pieceBytes);
    const own = [chunk("IDAT", 4, 5), chunk("IDAT", 6), chunk("IDAT")];
    expect(after).toEqual(joinPng([header, ...colours, ...own, end]));
  });

  test("it ends with whatever follows its pixels", async () => {
    for (const next of [control(4), end, chunk("tEXt", 1), chunk("fdAT", 1, 2, 3)])
      expect(told(await still(joinPng([header, frame(1, 4), next]), pieceBytes))).toEqual([
        ["IHDR", ...header.body],
        ["IDAT", 4],
        ["IEND"],
      ]);
  });

  test("of a file that is cut there is what has come, and an error", async () => {
    const file = joinPng([header, frame(1, 4, 5, 6)]);
    await expect(still(file, pieceBytes)).rejects.toThrow("the file ends too early");
    await expect(still(file.subarray(0, -1), pieceBytes)).rejects.toThrow("the file ends too early");
  });
});

test("data that are too short for a number are passed over, and colours of more than a megabyte", async () => {
  const profile = (bytes: number) => ({ type: "iCCP", body: Buffer.alloc(bytes, 1) });
  const after = (...more: readonly Chunk[]) => still(joinPng([header, ...more, frame(1, 4), end]), 65_536);
  expect(told(await after(chunk("fdAT", 0, 0, 0)))).toHaveLength(3);
  expect((await after(profile(1_048_576))).length).toBeGreaterThan(1_048_576);
  expect((await after(profile(1_048_577))).length).toBeLessThan(100);
});

test("a frame covers the picture only where it begins in its corner and is as large", () => {
  const covers = (width: number, height: number, x: number, y: number) => {
    const body = new Uint8Array(26);
    for (const [index, value] of [0, width, height, x, y].entries()) viewOf(body).setUint32(4 * index, value);
    return isWhole(viewOf(body), { width: 5, height: 4 });
  };
  expect(covers(5, 4, 0, 0)).toBe(true);
  expect([covers(4, 4, 0, 0), covers(5, 3, 0, 0), covers(5, 4, 1, 0), covers(5, 4, 0, 1)]).toEqual([
    ...[false, false, false, false],
  ]);
});
