// BMPs of every depth, upside down or not, with masks and palettes: each shows its pixels. And of equal icons the deepest is shown.
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bmp as bitmap } from "../../harness/hostile/files/bitmap.ts";
import { bmp, bmpRows, number24 } from "../../support/make-fixtures/bmps.ts";
import { encodeIco } from "../../support/make-fixtures/plain-formats.ts";
import { farthest, ThroughTheEngine } from "../../support/through-the-engine.ts";

const engine = new ThroughTheEngine();
beforeAll(() => engine.start());
afterAll(() => engine.stop());

describe("A BMP shows its pixels", () => {
  test.each(bmpRows)("%s", async (_name, spec, right) => {
    const { pixels, reason } = await engine.send(bmp(spec));
    if (!pixels) throw new Error(reason);
    expect(farthest(pixels, right)).toBeLessThanOrEqual(1);
  });

  test.each([
    ["from the bottom up", false],
    ["top down", true],
  ] as const)("as far as it goes where it breaks off, %s", async (_, isTopDown) => {
    const file = bmp({ bits: 24, isTopDown, at: number24 });
    const { pixels: whole } = await engine.send(file);
    // A row has 112 bytes: five of 23 are missing, one of them in part.
    const { pixels } = await engine.send(file.subarray(0, file.length - 500));
    if (!whole || !pixels) throw new Error("It is refused.");
    const rowBytes = 37 * 4;
    const [kept, lost] = isTopDown ? [0, 18] : [5, 0];
    const rows = (of: typeof whole, from: number, count: number) =>
      Buffer.from(of.data.slice(from * rowBytes, (from + count) * rowBytes));
    expect(rows(pixels, kept, 18).equals(rows(whole, kept, 18))).toBe(true);
    const black = Buffer.alloc(5 * rowBytes).map((_value, at) => (at % 4 === 3 ? 255 : 0));
    expect(rows(pixels, lost, 5).equals(black)).toBe(true);
  });

  test("and none without a whole row is shown", async () => {
    const file = bmp({ bits: 24, at: number24 });
    expect(await engine.send(file.subarray(0, 54 + 100))).toMatchObject({ kind: "refused" });
  });
});

describe("A BMP packed by runs that break its rules", () => {
  const [red, green, blue, black] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [0, 0, 0],
  ] as const;
  const colours = [red, green, blue].map(([r, g, b]) => [b, g, r, 0]);
  /** 4 x 3, its lowest row first. */
  const inRuns = (...codes: readonly number[]) => {
    const head = Buffer.from(bitmap({ width: 4, height: 3, compression: 1, colours: 3 })).subarray(0, 54);
    head.writeUInt32LE(54 + 12, 10);
    return Buffer.concat([head, Buffer.from(colours.flat()), Buffer.from(codes)]);
  };
  const rowsOf = (picture: { data: Uint8Array } | null) =>
    [0, 1, 2].map((y) =>
      [0, 1, 2, 3].map((x) => [...(picture?.data ?? []).slice((y * 4 + x) * 4, (y * 4 + x) * 4 + 3)]),
    );
  const row = (colour: readonly number[]) => Array.from({ length: 4 }, () => colour);

  test("is cut at the edge where a run is longer than its line", async () => {
    const { pixels } = await engine.send(inRuns(200, 1, 0, 0, 4, 2, 0, 0, 4, 0, 0, 1));
    expect(rowsOf(pixels)).toEqual([row(red), row(blue), row(green)]);
  });

  test("is shown as far as it goes where it breaks off", async () => {
    const { pixels } = await engine.send(inRuns(4, 1, 0, 0, 2, 2));
    expect(rowsOf(pixels)).toEqual([row(black), [blue, blue, black, black], row(green)]);
  });

  test("is refused where it leaps out of its picture", async () => {
    const { reason } = await engine.send(inRuns(4, 1, 0, 2, 200, 0, 2, 2, 0, 1));
    expect(reason).toContain("it leaps out of its picture");
  });
});

test("Of icons of one size the deepest is shown", async () => {
  const plain = async (background: string) => ({
    side: 16,
    png: await sharp({ create: { width: 16, height: 16, channels: 4, background } })
      .png()
      .toBuffer(),
  });
  const file = encodeIco([await plain("#f00"), await plain("#0f0"), await plain("#00f")]);
  for (const [index, depth] of [4, 32, 8].entries()) file.writeUInt16LE(depth, 6 + index * 16 + 6);
  const { pixels } = await engine.send(file);
  expect([...(pixels?.data.subarray(0, 4) ?? [])]).toEqual([0, 255, 0, 255]);
});
