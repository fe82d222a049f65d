import { describe, expect, test } from "vitest";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { salientPoint } from "../../../workers/src/render/steps/salient-point.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { RED, type Rgba, YELLOW } from "../../support/drawing.ts";

const size = { width: 128, height: 80 } as const;
const side = 24;

type Ground = (x: number, y: number, random: () => number) => readonly [number, number, number];

/** Grounds that hold more edges, or stronger contrasts, than what stands before them. */
const grounds: Readonly<Record<string, Ground>> = {
  "an even wall": () => [150, 155, 160],
  "light and dark leaves": (_x, _y, random) => {
    const light = random();
    return [30 + light * 90, 60 + light * 150, 20 + light * 60];
  },
  "a row of windows": (x, y) => (x % 16 < 8 && y % 16 < 10 ? [40, 44, 60] : [200, 196, 186]),
  "sky above a field": (_x, y) => (y < 40 ? [120, 170, 235] : [90, 120, 50]),
};

function scene(ground: Ground, subject: Rgba, left: number, top: number): Pixels {
  const random = seededRandom(7);
  const data = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const isSubject = x >= left && x < left + side && y >= top && y < top + side;
      const behind = ground(x, y, random);
      data.set(isSubject ? subject : [...behind, 255], (y * size.width + x) * 4);
    }
  }
  return { ...size, data };
}

describe.each(Object.entries(grounds))("before %s", (_name, ground) => {
  const places = [
    [4, 10],
    [100, 50],
    [20, 54],
  ] as const;
  const cuts = [
    { width: 80, height: 80 },
    { width: 40, height: 80 },
    { width: 128, height: 36 },
  ];
  test.each(places)("a cut keeps the whole subject at %i, %i", (left, top) => {
    for (const colour of [RED, YELLOW]) {
      const picture = scene(ground, colour, left, top);
      for (const window of cuts) {
        const point = salientPoint(picture, window);
        const x = point.x * size.width - window.width / 2;
        const y = point.y * size.height - window.height / 2;
        expect(x, "left").toBeLessThanOrEqual(left);
        expect(y, "top").toBeLessThanOrEqual(top);
        expect(x + window.width, "right").toBeGreaterThanOrEqual(left + side);
        expect(y + window.height, "bottom").toBeGreaterThanOrEqual(top + side);
      }
    }
  });
});

test("a picture of one colour, and one that is clear, are cut from their middle", () => {
  for (const colour of [RED, [0, 0, 0, 0] as const]) {
    const data = Uint8ClampedArray.from({ length: 128 * 80 * 4 }, (_, at) => colour[at % 4] ?? 0);
    expect(salientPoint({ ...size, data }, { width: 80, height: 80 })).toEqual({ x: 0.5, y: 0.5 });
  }
});

test("what is clear draws nobody's eye, whatever colour it hides", () => {
  const picture = scene(() => [150, 155, 160], RED, 100, 50);
  for (let y = 10; y < 40; y++)
    for (let x = 0; x < 40; x++) picture.data.set([0, 0, 255, 0], (y * 128 + x) * 4);
  expect(salientPoint(picture, { width: 40, height: 80 }).x).toBeGreaterThan(0.75);
});
