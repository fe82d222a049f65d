// A cut at the picture's own scale copies its pixels: a line one pixel wide stays one pixel wide, and as dark as it was.
import { beforeAll, describe, expect, test } from "vitest";
import type { Orientation } from "../../schema/facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { fileOf, noise } from "../support/noise.ts";
import { storeImage } from "../support/stored-image.ts";
import { turnPixels } from "../support/turned-pixels.ts";
import { ask, decode, pixelsOf, pngOf } from "./src-request.ts";

/** Any pixel that is mixed with its neighbour shows in noise. */
const picture = noise(400, 301, 11);
let path: string;
let jpeg: { path: string; pixels: Pixels };

beforeAll(async () => {
  ({ path } = await storeImage(await pngOf(picture)));
  const file = await fileOf("jpg", noise(90, 61, 5), 95);
  jpeg = { path: (await storeImage(file)).path, pixels: await decode(file) };
});

function partOf({ width: across, data }: Pixels, x: number, y: number, width: number, height: number) {
  const part = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * across + x) * 4;
    part.set(data.subarray(start, start + width * 4), row * width * 4);
  }
  return { width, height, data: part };
}

async function expectCopy(url: string, expected: Pixels) {
  const answer = await ask(url);
  const seen = await pixelsOf(answer);
  expect([seen.width, seen.height]).toEqual([expected.width, expected.height]);
  expect(Buffer.compare(Buffer.from(seen.data), Buffer.from(expected.data)), url).toBe(0);
}

describe("at scale 1", () => {
  test.each([
    ["w=400&h=300&fit=cover", 0, 1, 400, 300],
    ["w=400&h=300&fit=crop", 0, 1, 400, 300],
    ["w=400&h=300&fit=cover&gravity=top", 0, 0, 400, 300],
    ["w=400&h=300&fit=cover&gravity=bottom-right", 0, 1, 400, 300],
    ["w=400&h=300&fit=cover&gravity=0.3x0.4", 0, 0, 400, 300],
    ["w=400&h=200&fit=cover&gravity=0.3x0.37", 0, 11, 400, 200],
    ["w=399&h=301&fit=cover", 1, 0, 399, 301],
    ["w=398&h=301&fit=cover&gravity=left", 0, 0, 398, 301],
    ["w=133&h=301&fit=cover&gravity=0.77x0.1", 242, 0, 133, 301],
    ["w=200&h=150&dpr=2&fit=cover", 0, 1, 400, 300],
  ])("%s is cut from pixel %i, %i", async (query, x, y, width, height) => {
    await expectCopy(`${path}?${query}`, partOf(picture, x, y, width, height));
  });

  test.each([
    ["rotate=90", 6],
    ["rotate=180", 3],
    ["rotate=270", 8],
    ["flip=h", 2],
    ["flip=v&rotate=90", 5],
    ["flip=hv", 3],
  ] as const)("a turned picture is cut along its pixels, too: %s", async (query, turn: Orientation) => {
    const turned = turnPixels(picture, turn);
    const { width, height } = turned;
    await expectCopy(
      `${path}?${query}&w=${width}&h=${height - 1}&fit=cover`,
      partOf(turned, 0, 1, width, height - 1),
    );
    await expectCopy(
      `${path}?${query}&w=${width - 1}&h=${height}&fit=cover`,
      partOf(turned, 1, 0, width - 1, height),
    );
  });

  test("the cut that is looked for lies on whole pixels", async () => {
    const seen = await pixelsOf(await ask(`${path}?w=400&h=300&fit=cover&gravity=auto`));
    const places = [0, 1].map((y) => Buffer.from(partOf(picture, 0, y, 400, 300).data));
    expect(places.some((place) => place.equals(Buffer.from(seen.data)))).toBe(true);
  });

  test("what is padded stands on whole pixels", async () => {
    for (const [width, height, left, top] of [
      [500, 301, 50, 0],
      [400, 304, 0, 1],
    ] as const) {
      const { data } = await pixelsOf(await ask(`${path}?w=${width}&h=${height}&fit=pad&background=red`));
      const content = { width: 400, height: 301 };
      const seen = partOf({ width, height, data }, left, top, content.width, content.height);
      expect(Buffer.compare(Buffer.from(seen.data), Buffer.from(picture.data)), `${width}x${height}`).toBe(0);
    }
  });

  test.each(["s", "m", "l"])("size=%s of a picture that is as small is a copy", async (size) => {
    await expectCopy(`${path.replace(".png", ".webp")}?size=${size}&lossless=true&h=301`, picture);
    const small = noise(400, 320, 3);
    const stored = await storeImage(await pngOf(small));
    await expectCopy(`${stored.path}?size=${size}&format=webp&lossless=true`, small);
  });

  test("the axis that keeps its length is copied, whatever the other does", async () => {
    const lines = noise(64, 48, 2);
    for (let row = 1; row < 48; row++) lines.data.copyWithin(row * 64 * 4, 0, 64 * 4);
    const stored = await storeImage(await pngOf(lines));
    for (const query of ["w=64&h=20&fit=squeeze", "w=64&h=77&fit=squeeze"]) {
      const seen = await pixelsOf(await ask(`${stored.path}?${query}`));
      const firstRow = Buffer.from(lines.data.subarray(0, 64 * 4));
      expect(Buffer.from(seen.data.subarray(64 * 4 * 9, 64 * 4 * 10)).equals(firstRow), query).toBe(true);
    }
  });

  test("a JPEG's pixels are those that it has", async () => {
    const { width, height } = jpeg.pixels;
    await expectCopy(
      `${jpeg.path}?w=${width}&h=${height - 1}&fit=cover&format=png`,
      partOf(jpeg.pixels, 0, 1, width, height - 1),
    );
    await expectCopy(
      `${jpeg.path}?w=${width - 3}&h=${height}&fit=cover&format=png`,
      partOf(jpeg.pixels, 2, 0, width - 3, height),
    );
  });
});

describe("trim", () => {
  /** Noise in a white border, larger than the size at which borders are looked for. */
  function framed(width: number, height: number, left: number, top: number): Pixels {
    const inner = noise(width, height, 9);
    const across = width + left + 60;
    const down = height + top + 21;
    const data = new Uint8ClampedArray(across * down * 4).fill(255);
    for (let row = 0; row < height; row++)
      data.set(
        inner.data.subarray(row * width * 4, (row + 1) * width * 4),
        ((row + top) * across + left) * 4,
      );
    return { width: across, height: down, data };
  }

  test("copies what is left", async () => {
    const stored = await storeImage(await pngOf(framed(120, 80, 13, 7)));
    await expectCopy(`${stored.path}?trim=true`, noise(120, 80, 9));
    await expectCopy(
      `${stored.path}?trim=true&w=120&h=79&fit=cover`,
      partOf(noise(120, 80, 9), 0, 1, 120, 79),
    );
  });

  test("copies what is left of a picture that was looked at smaller", async () => {
    const whole = framed(2900, 40, 31, 17);
    const stored = await storeImage(await pngOf(whole));
    const seen = await pixelsOf(await ask(`${stored.path}?trim=true`));
    const row = Buffer.from(seen.data.subarray(0, seen.width * 4));
    const rows = Array.from({ length: whole.height }, (_, y) =>
      Buffer.from(whole.data.subarray(y * whole.width * 4, (y + 1) * whole.width * 4)),
    );
    // Borders may be a few pixels off; what is there is a copy.
    const middle = Buffer.from(seen.data.subarray(20 * seen.width * 4, 21 * seen.width * 4));
    expect(rows.some((line) => line.includes(middle))).toBe(true);
    expect(row.length).toBe(seen.width * 4);
  });
});

describe("less than a pixel too much", () => {
  test.each([
    [[1000, 667], "w=300&h=200&fit=cover"],
    [[667, 1000], "w=200&h=300&fit=cover&gravity=bottom"],
    [[401, 301], "w=400&h=300&fit=cover"],
  ] as const)("of %j is not cut away: %s", async ([width, height], query) => {
    const { path } = await storeImage(await pngOf(noise(width, height, 4)));
    const cut = await (await ask(`${path}?${query}`)).bytes();
    const squeezed = await (await ask(`${path}?${query.replace("cover", "squeeze")}`)).bytes();
    expect(Buffer.compare(Buffer.from(cut), Buffer.from(squeezed))).toBe(0);
  });

  test("is cut away where it is seen, in a picture that is enlarged", async () => {
    const { path } = await storeImage(await pngOf(noise(10, 10, 4)));
    const cut = await (await ask(`${path}?w=100&h=95&fit=cover`)).bytes();
    const squeezed = await (await ask(`${path}?w=100&h=95&fit=squeeze`)).bytes();
    expect(Buffer.compare(Buffer.from(cut), Buffer.from(squeezed))).not.toBe(0);
  });
});
