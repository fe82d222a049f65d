import { beforeAll, describe, expect, test } from "vitest";
import { filterNames, lookParameters } from "../../schema/looks.ts";
import { retouchParameters } from "../../schema/retouch.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { pixelAt, quadrants } from "../support/drawing.ts";
import { type Colour, patchAt, patchesOf } from "../support/patches.ts";
import { storeImage } from "../support/stored-image.ts";
import { tryRandomQueries } from "./random-steps.ts";
import { ask, pixelsOf, pngOf } from "./src-request.ts";

const stored = async (pixels: Pixels) => (await storeImage(await pngOf(pixels))).path;
const render = async (path: string, query: string) => pixelsOf(await ask(`${path}?${query}`));

const tones: readonly Colour[] = [
  [0, 0, 0],
  [64, 64, 64],
  [128, 128, 128],
  [192, 192, 192],
  [255, 255, 255],
  [200, 60, 50],
  [110, 160, 215],
];
const all = (pixels: Pixels) => tones.map((_, patch) => patchAt(pixels, patch));

let path: string;
let ramp: string;
beforeAll(async () => {
  path = await stored(patchesOf(tones));
  const data = Uint8ClampedArray.from({ length: 256 * 64 * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : (at >> 2) % 256,
  );
  ramp = await stored({ width: 256, height: 64, data });
});

/** Each value within so many. */
function near(found: readonly Colour[], wanted: readonly Colour[], within: number) {
  for (const [patch, colour] of wanted.entries())
    for (const [channel, value] of colour.entries())
      expect(Math.abs((found[patch]?.[channel] ?? -99) - value), `${patch}: ${found[patch]}`).toBeLessThan(
        within + 1,
      );
}

describe("inks", () => {
  test("a negative is one to the value, and twice is the picture", async () => {
    const negative = await render(path, "invert=true");
    near(
      all(negative),
      tones.map(([r, g, b]) => [255 - r, 255 - g, 255 - b]),
      1,
    );
    near(all(await render(await stored(negative), "invert=1")), tones, 2);
  });

  test("grey keeps how light things look, and greys as they are", async () => {
    const light = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
    near(
      all(await render(path, "grayscale=true")),
      tones.map((colour) => [light(colour), light(colour), light(colour)]),
      1,
    );
  });

  test("duotone goes from its first colour to its second, and alpha is how much", async () => {
    const made = all(await render(path, "duotone=1e1e5a,ffd9a0"));
    near(
      [made[0] ?? [0, 0, 0], made[4] ?? [0, 0, 0]],
      [tones[0], tones[4]].map((_, at) => (at === 0 ? [30, 30, 90] : [255, 217, 160])),
      1,
    );
    const half = all(await render(path, "duotone=1e1e5a80,ffd9a080"));
    near([half[4] ?? [0, 0, 0]], [[255, 236, 207]], 2);
  });

  test("monochrome leaves black and white, and greys take its hue", async () => {
    const made = all(await render(path, "monochrome=1e6fb8"));
    near(
      [made[0] ?? [9, 9, 9], made[4] ?? [0, 0, 0]],
      [
        [0, 0, 0],
        [255, 255, 255],
      ],
      1,
    );
    expect(made[2]?.[2]).toBeGreaterThan((made[2]?.[0] ?? 255) + 60);
  });

  test("more sepia is browner, and light stays in order", async () => {
    let before = 0;
    for (const strength of [20, 60, 100]) {
      const made = all(await render(path, `sepia=${strength}`));
      const [red = 0, , blue = 0] = made[2] ?? [];
      expect(red - blue).toBeGreaterThan(before + 8);
      before = red - blue;
      const greys = made.slice(0, 5).map(([, green]) => green);
      expect(greys).toEqual([...greys].sort((a, b) => a - b));
    }
  });

  test.each(filterNames)("%s makes another picture, mixed by look as it says", async (name) => {
    const full = all(await render(path, `filter=${name}`));
    expect(full).not.toEqual(tones);
    const half = all(await render(path, `filter=${name}&look=0.5`));
    near(
      half,
      full.map(([r, g, b], at) => {
        const [red, green, blue] = tones[at] ?? [0, 0, 0];
        return [(r + red) / 2, (g + green) / 2, (b + blue) / 2];
      }),
      2,
    );
  });
});

describe("grids and screens", () => {
  test("squares are of one colour, the mean of what they were, and stand at whole pixels", async () => {
    const made = await render(ramp, "pixelate=16");
    for (const x of [0, 15, 16, 31, 255])
      expect(Math.abs(pixelAt(made, x, 9)[0] - (Math.floor(x / 16) * 16 + 7.5))).toBeLessThan(1);
  });

  test("a threshold leaves black and white, and more of it never more white", async () => {
    let before = 256;
    for (const percent of [0, 25, 50, 75, 100]) {
      const { data } = await render(ramp, `threshold=${percent}`);
      const row = Array.from({ length: 256 }, (_, x) => data[x * 4] ?? 0);
      const white = row.filter((value) => value === 255).length;
      expect(row.filter((value) => value > 0 && value < 255).length).toBeLessThan(18);
      expect(white).toBeLessThanOrEqual(before);
      before = white;
    }
  });

  test.each([3, 6, 20])(
    "halftone of %d pixels has more ink where it is darker, none in white",
    async (dot) => {
      const made = await render(path, `halftone=${dot}`);
      const mean = (patch: number) => {
        let sum = 0;
        for (let y = 0; y < 24; y++) for (let x = 0; x < 24; x++) sum += pixelAt(made, patch * 24 + x, y)[0];
        return sum / 576;
      };
      const means = [0, 1, 2, 3, 4].map(mean);
      expect([means[0], means[4]]).toEqual([0, 255]);
      expect(means).toEqual([...means].sort((a, b) => a - b));
    },
  );

  test("dither has as many tones as are asked for, about the same mean, and no seams", async () => {
    const made = await render(ramp, "dither=2&grayscale=true");
    const values = new Set(made.data.filter((_, at) => at % 4 !== 3));
    expect([...values].sort()).toEqual([0, 255]);
    for (const from of [32, 96, 160]) {
      let sum = 0;
      for (let y = 0; y < 64; y++) for (let x = from; x < from + 64; x++) sum += pixelAt(made, x, y)[0];
      expect(Math.abs(sum / 4096 - (from + 31.5))).toBeLessThan(6);
    }
  });

  test("what a screen made is printed in two inks", async () => {
    const { data } = await render(path, "halftone=8&duotone=000080,ffd700");
    const [darkest, lightest] = [Math.min(...data.filter((_, at) => at % 4 === 0)), data[4 * 24 * 4]];
    expect([darkest, lightest]).toEqual([0, 255]);
    expect(data[2]).toBe(128);
  });
});

describe("paint, glass and relief", () => {
  const noisy = (): Pixels => {
    const random = seededRandom(3);
    const data = new Uint8ClampedArray(160 * 120 * 4);
    for (let at = 0; at < data.length; at += 4) {
      const half = (at / 4) % 160 < 80 ? 60 : 190;
      data.set([...Array(3).fill(half + 30 * (random() - 0.5)), 255], at);
    }
    return { width: 160, height: 120, data };
  };

  test("oil takes what is rough, and leaves an edge where it was", async () => {
    const made = await render(await stored(noisy()), "oil=100");
    const values = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, x) => pixelAt(made, from + x, 60)[0]);
    for (const [from, mean] of [
      [10, 60],
      [90, 190],
    ] as const)
      for (const value of values(from, from + 60)) expect(Math.abs(value - mean)).toBeLessThan(12);
    expect(Math.abs(pixelAt(made, 78, 60)[0] - 60)).toBeLessThan(15);
    expect(Math.abs(pixelAt(made, 81, 60)[0] - 190)).toBeLessThan(15);
  });

  test.each(["oil=100", "frosted=100", "edges=100", "emboss=100"])(
    "%s leaves a flat colour flat, whatever strips it is made in",
    async (query) => {
      const flat = new Uint8ClampedArray(50 * 700 * 4);
      for (let at = 0; at < flat.length; at += 4) flat.set([90, 140, 60, 255], at);
      const made = await render(await stored({ width: 50, height: 700, data: flat }), query);
      const colours = new Set(Array.from({ length: 700 }, (_, y) => pixelAt(made, 25, y).join()));
      expect([...colours]).toEqual([query.startsWith("edges") ? "0,0,0,255" : "90,140,60,255"]);
    },
  );

  test("glass is the same for the same address, and a film moves behind it", async () => {
    const from = await stored(noisy());
    const [first, again] = [await render(from, "frosted=60"), await render(from, "frosted=60&unknown=1")];
    expect(first.data).toEqual(again.data);
  });

  test("what is clear gives no colour to what is not", async () => {
    const picture = quadrants(40, 40, [
      [255, 255, 255, 0],
      [40, 60, 80, 255],
      [40, 60, 80, 255],
      [255, 255, 255, 0],
    ]);
    const from = await stored(picture);
    for (const query of ["oil=100", "frosted=100", "pixelate=16"]) {
      const made = await render(from, `${query}&format=png`);
      expect([query, pixelAt(made, 21, 18), pixelAt(made, 3, 3)[3]]).toEqual([query, [40, 60, 80, 255], 0]);
    }
  });
});

/** Within its range or absurd, as a query would have it. */
function drawn(name: string, random: () => number): string {
  const pick = (...values: readonly string[]) => values[Math.floor(random() * values.length)] ?? "";
  if (name === "filter") return pick(...filterNames, "none");
  if (name === "duotone" || name === "grade") return pick("navy,gold", "000,fff", "f00,00f8", "red");
  if (name === "monochrome") return pick("red", "0f08", "f000", "no");
  if (name === "curve") return pick("0,0;128,90;255,255", "0,255;255,0");
  if (name === "grayscale" || name === "invert") return pick("true", "1", "no");
  if (name === "dither") return pick("2", "3", "16", "17");
  if (name === "look") return pick("0.3", "0.9", "1", "0", "2");
  const most = name === "pixelate" ? 1000 : name === "exposure" ? 4 : 100;
  const whole = name === "pixelate" || name === "halftone";
  return pick("0", "1", String(most), (most * random()).toFixed(whole ? 0 : 3), "1e9", "-", "NaN");
}

test("1,500 random looks with light and colour give pictures of their size with their alpha, twice the same, and none traps", async () => {
  const looks = Object.keys(lookParameters);
  const names = [...looks, ...looks, ...Object.keys(retouchParameters)];
  await tryRandomQueries({ rounds: 1_500, names, most: 5, draw: drawn });
}, 300_000);
