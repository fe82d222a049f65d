// TIFFs of every kind, as people scan, draw and measure them: each shows its pixels, the way that libvips shows them too.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../harness/seeded-random.ts";
import { tiffSize, tiffTable } from "../../support/make-fixtures/tiff/table.ts";
import { farthest, rgbaOf, ThroughTheEngine } from "../../support/through-the-engine.ts";

const engine = new ThroughTheEngine();
beforeAll(() => engine.start());
afterAll(() => engine.stop());

const table = tiffTable();

describe("A TIFF shows its pixels", () => {
  test.each(table)("$name", async ({ file, shown, within, isKnownToVips }) => {
    const right = { ...tiffSize, data: shown };
    const { reason, pixels } = await engine.send(file);
    if (!pixels) throw new Error(reason);
    expect(farthest(pixels, right)).toBeLessThanOrEqual(within);
    if (isKnownToVips)
      expect(farthest(await rgbaOf(file), right), "libvips").toBeLessThanOrEqual(Math.max(within, 1));
  });
});

describe("A TIFF that lies or breaks off", () => {
  const whole = (name: string) => {
    const row = table.find((one) => one.name === name);
    if (!row) throw new Error(`There is no ${name}`);
    return row.file;
  };
  /** The value of a tag in the first directory of a little-endian classic file, written over. */
  const lying = (file: Buffer, tag: number, value: number) => {
    const copy = Buffer.from(file);
    const first = copy.readUInt32LE(4);
    for (let entry = 0; entry < copy.readUInt16LE(first); entry++) {
      const at = first + 2 + entry * 12;
      if (copy.readUInt16LE(at) === tag) copy.writeUInt32LE(value, at + 8);
    }
    return copy;
  };
  const strips = whole("RGB, LZW, in strips of 7 rows");
  const strip = whole("RGB, LZW, in one strip");
  const tiles = whole("RGB, deflate, in tiles");
  const looped = Buffer.from(strip);
  const firstDirectory = looped.readUInt32LE(4);
  looped.writeUInt32LE(firstDirectory, firstDirectory + 2 + looped.readUInt16LE(firstDirectory) * 12);

  test.each([
    ["whose strip lies behind its end", lying(strip, 273, 900_000_000)],
    ["whose strip is shorter than it should be", lying(strip, 279, 100)],
    ["whose list of strips lies behind its end", lying(strips, 273, 900_000_000)],
    ["that is taller than its strips", lying(strip, 257, 4_000)],
    ["that is wider than its strips", lying(strip, 256, 60_000)],
    ["of strips of one row, which are missing", lying(strip, 278, 1)],
    ["with tiles of 60000", lying(lying(tiles, 322, 60_000), 323, 60_000)],
    ["with tiles of one pixel", lying(lying(tiles, 322, 1), 323, 1)],
    ["with 65,535 samples a pixel", lying(strip, 277, 65_535)],
    ["packed in a way that nobody knows", lying(strip, 259, 34_712)],
    ["whose colours nobody knows", lying(strip, 262, 32_803)],
    ["with a predictor that nobody knows", lying(whole("RGB, LZW, predictor"), 317, 9)],
  ])("%s is refused", async (_name, file) => {
    expect(await engine.send(file)).toMatchObject({ kind: "refused" });
  });

  test("whose directories lead back to the first shows that one", async () => {
    const { pixels } = await engine.send(looped);
    expect(pixels?.width).toBe(tiffSize.width);
  });

  test("is a picture or refused, wherever it is cut and whatever bytes are changed", async () => {
    const random = seededRandom(10);
    const below = (most: number) => Math.floor(random() * most);
    for (let round = 0; round < 400; round++) {
      const { file, name } = table[below(table.length)] ?? { file: strip, name: "" };
      const copy = Buffer.from(file);
      for (let change = below(4); change >= 0; change--) {
        // Where directories are there is the most to break.
        const from = below(2) === 0 ? Math.max(0, copy.length - 400) : 0;
        copy[from + below(copy.length - from)] = below(256);
      }
      const sent = below(3) === 0 ? copy.subarray(0, below(copy.length)) : copy;
      const { kind, reason } = await engine.send(sent);
      expect(kind === "fault" ? `${name}: ${reason}` : "").toBe("");
    }
  });
});
