// HEIC, ICO, BMP and TIFF in, in the Worker's own runtime, with the codecs as they are served.

import { describe, expect, test } from "vitest";
import type { Orientation } from "../../schema/facts.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { bmpReader } from "../../workers/src/render/codecs/bmp.ts";
import type { Reader } from "../../workers/src/render/codecs/codec.ts";
import { heicReader } from "../../workers/src/render/codecs/heic.ts";
import { icoReader } from "../../workers/src/render/codecs/ico.ts";
import { tiffReader } from "../../workers/src/render/codecs/tiff.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { heldBytes } from "./src-request.ts";

/** Decodes as the pipeline does: what is stored comes from the facts. */
async function read(
  reader: Reader,
  file: Uint8Array,
  content?: { width: number; height: number },
): Promise<Pixels> {
  return reader.decode(heldBytes(file), wishFor(file, content));
}

function wishFor(file: Uint8Array, content?: { width: number; height: number }) {
  const facts = createFactsReader();
  facts.push(file);
  const found = facts.end();
  if (found.kind !== "image") throw new Error(`No image: ${found.kind}`);
  const { width, height, orientation } = found.facts;
  const turn: Orientation = orientation;
  const shown = turn >= 5 ? { width: height, height: width } : { width, height };
  return {
    stored: { width, height },
    turn,
    window: { x: 0, y: 0, ...shown },
    content: content ?? shown,
  };
}

const at = ({ width, data }: Pixels, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4).subarray(0, 4),
];

describe("HEIC", () => {
  test("comes upright and whole, tile row by tile row", async () => {
    const picture = await read(heicReader, await fixtureBytes("photo.heic"));
    expect([picture.width, picture.height]).toEqual([900, 1200]);
    const [red = 0, green = 0] = at(picture, 286, 813);
    expect(red - green, "the boat's hull is red").toBeGreaterThan(80);
    const [skyRed = 0, , skyBlue = 0] = at(picture, 100, 20);
    expect(skyBlue - skyRed, "the sky is blue, and on top").toBeGreaterThan(40);
  });

  test("comes resized", async () => {
    const picture = await read(heicReader, await fixtureBytes("photo.heic"), { width: 90, height: 120 });
    expect([picture.width, picture.height]).toEqual([90, 120]);
  });

  test("comes whole where it is one piece of 12 megapixels", async () => {
    const file = await fixtureBytes("one-piece.heic");
    const wanted = wishFor(file, { width: 40, height: 30 });
    const caps = { reader: 80_000_000, kernel: 20_000_000, writer: 0, file: 0 };
    const picture = await heicReader.decode(heldBytes(file), wanted, caps);
    const quadrants = [at(picture, 8, 8), at(picture, 32, 8), at(picture, 8, 24), at(picture, 32, 24)];
    const drawn = [
      [200, 40, 40, 255],
      [40, 160, 60, 255],
      [40, 60, 200, 255],
      [220, 220, 60, 255],
    ];
    const apart = quadrants.flatMap((pixel, place) =>
      pixel.map((value, channel) => Math.abs(value - (drawn[place]?.[channel] ?? 0))),
    );
    expect(Math.max(...apart)).toBeLessThan(8);
  });

  test("is refused when damaged, and the next one comes out right", async () => {
    const file = await fixtureBytes("photo.heic");
    const broken = file.slice();
    broken.fill(0x55, 3000, 9000);
    const cut = file.slice(0, file.length / 3);
    const wanted = wishFor(file, { width: 90, height: 120 });
    await expect(heicReader.decode(heldBytes(cut), wanted)).rejects.toMatchObject({ name: "Damage" });
    await heicReader
      .decode(heldBytes(broken), wanted)
      .catch((error: Error) => expect(error.name).toBe("Damage"));
    const after = await read(heicReader, file, { width: 90, height: 120 });
    expect([after.width, after.height]).toEqual([90, 120]);
  });
});

describe("BMP, TIFF and ICO", () => {
  test.each([
    ["sample.bmp", bmpReader, 200, 150],
    ["scan.tiff", tiffReader, 400, 300],
    ["icon.ico", icoReader, 48, 48],
  ] as const)("%s comes whole", async (name, reader, width, height) => {
    const picture = await read(reader, await fixtureBytes(name));
    expect([picture.width, picture.height]).toEqual([width, height]);
  });

  const anywhere = [0, 0.1, 0.34, 0.5, 0.75];
  test.each([
    // Of a BMP what is there of its rows is shown: only what has none is refused.
    ["sample.bmp", bmpReader, [0, 0.0001, 0.001]],
    ["scan.tiff", tiffReader, anywhere],
    ["icon.ico", icoReader, anywhere],
  ] as const)(
    "%s is refused where nothing of it can be shown, and the next one comes whole",
    async (name, reader, parts) => {
      const file = await fixtureBytes(name);
      const wanted = wishFor(file);
      for (const part of parts) {
        const cut = file.slice(0, Math.floor(file.length * part));
        await expect(reader.decode(heldBytes(cut), wanted), `${part} of it`).rejects.toMatchObject({
          name: "Damage",
        });
      }
      const { width, height } = await reader.decode(heldBytes(file), wanted);
      expect({ width, height }).toEqual(wanted.content);
    },
  );
});
