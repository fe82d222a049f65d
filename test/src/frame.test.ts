import { beforeAll, describe, expect, test } from "vitest";
import { parseTransform } from "../../schema/transform.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { defaultLimits, makePlan } from "../../workers/src/plan/plan.ts";
import { steps } from "../../workers/src/render/pipeline.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { pixelAt, quadrants } from "../support/drawing.ts";
import { planned } from "../support/planned-original.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pixelsOf, pngOf } from "./src-request.ts";

const render = async (path: string, query: string) => pixelsOf(await ask(`${path}?${query}`));
const GREEN = [0, 160, 40, 255] as const;
const WHITE = [255, 255, 255, 255];

let square: string;
let wide: string;
beforeAll(async () => {
  const flat = (width: number, height: number) => quadrants(width, height, [GREEN, GREEN, GREEN, GREEN]);
  square = (await storeImage(await pngOf(flat(60, 60)))).path;
  wide = (await storeImage(await pngOf(flat(80, 40)))).path;
});

const middles = ({ width, height }: Pixels) => [
  [0, 0],
  [width - 1, 0],
  [0, height - 1],
  [width - 1, height - 1],
];
const corners = (pixels: Pixels) => middles(pixels).map(([x = 0, y = 0]) => pixelAt(pixels, x, y));

describe("a border", () => {
  test("lies within the picture, whose size stays", async () => {
    const made = await render(wide, "border=6,navy");
    expect([made.width, made.height]).toEqual([80, 40]);
    for (const [x, y] of [
      [0, 20],
      [5, 20],
      [40, 5],
      [79, 39],
      [74, 20],
    ] as const)
      expect([x, y, ...pixelAt(made, x, y)]).toEqual([x, y, 0, 0, 128, 255]);
    for (const [x, y] of [
      [6, 6],
      [73, 33],
      [40, 20],
    ] as const)
      expect([x, y, ...pixelAt(made, x, y)]).toEqual([x, y, ...GREEN]);
  });

  test("lets the picture through as far as its colour does, and is black without one", async () => {
    expect(pixelAt(await render(wide, "border=4,fff8"), 1, 20)).toEqual([136, 211, 155, 255]);
    expect(pixelAt(await render(wide, "border=4"), 1, 20)).toEqual([0, 0, 0, 255]);
  });

  test("wider than the picture is all of it", async () => {
    const made = await render(wide, "border=500,red");
    expect(pixelAt(made, 40, 20)).toEqual([255, 0, 0, 255]);
  });
});

describe("round corners", () => {
  test("are clear, of the radius, and the same in all four", async () => {
    const made = await render(square, "radius=20");
    expect([made.width, made.height]).toEqual([60, 60]);
    for (const corner of corners(made)) expect(corner[3]).toBe(0);
    expect(pixelAt(made, 20, 0)).toEqual([...GREEN]);
    expect(pixelAt(made, 0, 20)).toEqual([...GREEN]);
    for (let y = 0; y < 60; y++)
      for (let x = 0; x < 60; x++) expect(pixelAt(made, x, y)[3]).toBe(pixelAt(made, 59 - x, 59 - y)[3]);
  });

  test("max is a circle of a square: its area, and edges that are half clear", async () => {
    const made = await render(square, "radius=max");
    let area = 0;
    for (let at = 3; at < made.data.length; at += 4) area += (made.data[at] ?? 0) / 255;
    expect(Math.abs(area - Math.PI * 900)).toBeLessThan(4);
    expect(made.data.some((value, at) => at % 4 === 3 && value > 60 && value < 200)).toBe(true);
    const ends = await render(wide, "radius=max");
    expect(pixelAt(ends, 40, 0)).toEqual([...GREEN]);
    expect(pixelAt(ends, 0, 20)[3]).toBeGreaterThan(200);
  });

  test("show background where it is named, and white in a jpg", async () => {
    for (const corner of corners(await render(square, "radius=20&background=gold")))
      expect(corner).toEqual([255, 215, 0, 255]);
    for (const corner of corners(await render(square, "radius=20&format=jpg&q=95")))
      for (const [channel, value] of corner.entries())
        expect(Math.abs(value - (WHITE[channel] ?? 0))).toBeLessThan(12);
  });

  test("show what the picture is padded with", async () => {
    const made = await render(square, "radius=max&w=120&h=60&fit=pad&background=teal");
    expect([made.width, made.height]).toEqual([120, 60]);
    expect([pixelAt(made, 0, 0), pixelAt(made, 31, 1), pixelAt(made, 60, 30)]).toEqual([
      [0, 128, 128, 255],
      [0, 128, 128, 255],
      [...GREEN],
    ]);
  });

  test("are followed by the border", async () => {
    const made = await render(square, "radius=30&border=5,red");
    expect([pixelAt(made, 0, 0)[3], pixelAt(made, 2, 30), pixelAt(made, 30, 30)]).toEqual([
      0,
      [255, 0, 0, 255],
      [...GREEN],
    ]);
    // On the diagonal the circle begins 8.8 pixels in, and the border ends at 12.3.
    expect(pixelAt(made, 10, 10)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(made, 14, 14)).toEqual([...GREEN]);
  });

  test.each(["webp", "avif", "gif", "webp&lossless=true"])("are clear in %s", async (format) => {
    const made = await render(square, `radius=20&format=${format}`);
    for (const corner of corners(made)) expect(corner[3]).toBeLessThan(20);
    expect(pixelAt(made, 30, 30)[3]).toBeGreaterThan(250);
  });

  test("format=auto keeps them clear for a browser that takes WebP", async () => {
    const answer = await ask(`${square}?radius=20&format=auto`, { headers: { Accept: "image/webp,*/*" } });
    for (const corner of corners(await pixelsOf(answer))) expect(corner[3]).toBeLessThan(20);
  });
});

test("2,000 random frames give pictures of their size, and none more solid than it was where there is no border", async () => {
  const random = seededRandom(21);
  const pick = (...values: readonly string[]) => values[Math.floor(random() * values.length)] ?? "";
  for (let round = 0; round < 2_000; round++) {
    const [width, height] = [1 + Math.floor(random() * 20), 1 + Math.floor(random() * 20)];
    const radius = pick("max", "0", "1", "5", "6000", "-1");
    const border = pick("", "", "0", "2", "500,0f08", "3,f000", "9,none");
    const query = `radius=${radius}&border=${border}&${pick("grain=20", "edges=50", "invert=1")}`;
    const original = planned({ width, height }, { format: "png", alpha: true });
    const transform = parseTransform(new URLSearchParams(query));
    const plan = makePlan({ transform, extension: "png", accept: "" }, original, defaultLimits);
    if (plan.kind !== "render") continue;
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, () => random() * 256);
    let pixels: Pixels = { width, height, data: data.slice() };
    for (const step of steps) pixels = await step(pixels, plan.variant);
    expect([query, pixels.width, pixels.height]).toEqual([query, width, height]);
    const isDrawn = transform.border !== undefined;
    const rose = pixels.data.filter((value, at) => at % 4 === 3 && value > (data[at] ?? 0));
    if (!isDrawn) expect([query, rose.length]).toEqual([query, 0]);
  }
});
