import { beforeAll, describe, expect, test } from "vitest";
import { retouchParameters } from "../../schema/retouch.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { defaultLimits, makePlan } from "../../workers/src/plan/plan.ts";
import { denoise } from "../../workers/src/render/steps/denoise.ts";
import { grain } from "../../workers/src/render/steps/grain.ts";
import { texture } from "../../workers/src/render/steps/texture.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { pixelAt, quadrants } from "../support/drawing.ts";
import { planned } from "../support/planned-original.ts";
import { storeImage } from "../support/stored-image.ts";
import { tryRandomQueries } from "./random-steps.ts";
import { ask, pixelsOf, pngOf } from "./src-request.ts";

const stored = async (pixels: Pixels) => (await storeImage(await pngOf(pixels))).path;
const render = async (path: string, query: string) => pixelsOf(await ask(`${path}?${query}`));

type Colour = readonly [number, number, number];
const flat = (colours: readonly Colour[], side = 24): Pixels => {
  const width = colours.length * side;
  const data = new Uint8ClampedArray(width * side * 4);
  for (let at = 0; at < data.length; at += 4)
    data.set([...(colours[Math.floor(((at / 4) % width) / side)] ?? [0, 0, 0]), 255], at);
  return { width, height: side, data };
};
const shown = (pixels: Pixels, patch: number): Colour => {
  const [red, green, blue] = pixelAt(pixels, patch * 24 + 12, 12);
  return [red, green, blue];
};

const ramp: Pixels = {
  width: 256,
  height: 8,
  data: Uint8ClampedArray.from({ length: 256 * 8 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at >> 2) % 256)),
};
const row = ({ data }: Pixels) => Array.from({ length: 256 }, (_, x) => data[(4 * 256 + x) * 4] ?? 0);

/** Fair and dark skin, a sky, leaves. */
const fair: Colour = [224, 178, 148];
const dark: Colour = [120, 78, 56];
const sky: Colour = [110, 160, 215];
const leaves: Colour = [84, 110, 60];
const patches = flat([fair, dark, sky, leaves]);

let rampPath: string;
let patchPath: string;
beforeAll(async () => {
  rampPath = await stored(ramp);
  patchPath = await stored(patches);
});

describe("light", () => {
  test("a stop doubles what is far from white, and halves everything", async () => {
    const linear = (value: number) =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const [up, down] = [
      row(await render(rampPath, "exposure=1")),
      row(await render(rampPath, "exposure=-1")),
    ];
    for (const value of [20, 60, 120]) expect(linear(up[value] ?? 0) / linear(value)).toBeCloseTo(2, 0.5);
    for (const value of [60, 120, 255]) expect(linear(down[value] ?? 0) / linear(value)).toBeCloseTo(0.5, 1);
    expect([up[0], up[255], down[0]]).toEqual([0, 255, 0]);
  });

  test.each(["exposure", "whites", "blacks"])(
    "more %s is never darker, and light stays in order",
    async (name) => {
      let before = row(await render(rampPath, `${name}=${name === "exposure" ? -4 : -100}`));
      for (const share of [-0.5, -0.2, 0.2, 0.5, 1]) {
        const now = row(await render(rampPath, `${name}=${share * (name === "exposure" ? 4 : 100)}`));
        expect(now.filter((value, at) => value < (before[at] ?? 0))).toEqual([]);
        expect(now.filter((value, at) => value < (now[at - 1] ?? 0))).toEqual([]);
        before = now;
      }
    },
  );

  test.each([
    ["highlights", 2, 3],
    ["shadows", 0, 1],
  ])("%s move their parts of a picture alone", async (name, at, beside) => {
    const tones = flat([
      [40, 40, 40],
      [235, 235, 235],
      [200, 200, 200],
      [12, 12, 12],
    ]);
    const path = await stored(tones);
    const [less, more] = [await render(path, `${name}=-100`), await render(path, `${name}=100`)];
    const was = tones.data[at * 24 * 4] ?? 0;
    expect(shown(less, at)[0]).toBeLessThan(was - 8);
    expect(shown(more, at)[0]).toBeGreaterThan(was + 8);
    const other = tones.data[beside * 24 * 4] ?? 0;
    expect(Math.abs(shown(more, beside)[0] - other)).toBeLessThan(8);
  });

  test("a curve goes through its points, and turned around it is a negative", async () => {
    const bent = row(await render(rampPath, "curve=0,10;64,40;192,215;255,250"));
    expect([bent[0], bent[64], bent[192], bent[255]]).toEqual([10, 40, 215, 250]);
    expect(bent.filter((value, at) => value < (bent[at - 1] ?? 0))).toEqual([]);
    const negative = row(await render(rampPath, "curve=0,255;255,0"));
    expect(Math.max(...negative.map((value, at) => Math.abs(value - (255 - at))))).toBeLessThanOrEqual(1);
  });

  test("warm light is yellow, cool light blue, and greys keep their brightness", async () => {
    const grey = await stored(flat([[120, 120, 120]]));
    const [warm, cool] = [shown(await render(grey, "temp=60"), 0), shown(await render(grey, "temp=-60"), 0)];
    expect(warm[0]).toBeGreaterThan(warm[2] + 20);
    expect(cool[2]).toBeGreaterThan(cool[0] + 20);
    const [magenta, green] = [
      shown(await render(grey, "tint=60"), 0),
      shown(await render(grey, "tint=-60"), 0),
    ];
    expect(magenta[0]).toBeGreaterThan(magenta[1] + 8);
    expect(green[1]).toBeGreaterThan(green[0] + 8);
    for (const [red, greenest, blue] of [warm, cool, magenta, green])
      expect(Math.abs(0.2126 * red + 0.7152 * greenest + 0.0722 * blue - 120)).toBeLessThan(6);
  });
});

const chroma = ([red, green, blue]: Colour) => Math.max(red, green, blue) - Math.min(red, green, blue);

describe("colour", () => {
  test("vibrance gives a sky more than skin, and takes from all", async () => {
    const more = await render(patchPath, "vibrance=100");
    const gain = (patch: number, was: Colour) => chroma(shown(more, patch)) / chroma(was);
    expect(gain(2, sky)).toBeGreaterThan(1.25);
    expect(gain(3, leaves)).toBeGreaterThan(1.2);
    for (const [patch, was] of [
      [0, fair],
      [1, dark],
    ] as const) {
      expect(gain(patch, was)).toBeGreaterThan(1);
      expect(gain(patch, was)).toBeLessThan(1.3);
    }
    const less = await render(patchPath, "vibrance=-100");
    for (const [patch, was] of [fair, dark, sky, leaves].entries())
      expect(chroma(shown(less, patch))).toBeLessThan(0.5 * chroma(was));
  });

  test.each(["vibrance=100", "vibrance=-100", "hue=77", "hue=-200"])(
    "%s leaves greys as they are",
    async (query) => {
      const greys = row(await render(rampPath, query));
      expect(greys.filter((value, at) => Math.abs(value - at) > 1)).toEqual([]);
      const { data } = await render(rampPath, query);
      let most = 0;
      for (let at = 0; at < data.length; at += 4)
        most = Math.max(
          most,
          Math.abs((data[at] ?? 0) - (data[at + 1] ?? 0)),
          Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)),
        );
      expect(most).toBeLessThanOrEqual(1);
    },
  );

  test("hue turns a red coat green at 120, and all around it is back", async () => {
    const red = await stored(flat([[200, 60, 50]]));
    const [r, g, b] = shown(await render(red, "hue=120"), 0);
    expect(g).toBeGreaterThan(Math.max(r, b) + 40);
    expect((await ask(`${red}?hue=360`)).headers.get("ETag")).toBe((await ask(red)).headers.get("ETag"));
  });

  test("grade tones dark and light in its colours, and leaves black and white", async () => {
    const tones = await stored(
      flat([
        [0, 0, 0],
        [60, 60, 60],
        [200, 200, 200],
        [255, 255, 255],
      ]),
    );
    const graded = await render(tones, "grade=blue,orange");
    expect(shown(graded, 1)[2]).toBeGreaterThan(shown(graded, 1)[0] + 8);
    expect(shown(graded, 2)[0]).toBeGreaterThan(shown(graded, 2)[2] + 8);
    expect([shown(graded, 0), shown(graded, 3)]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });
});

describe("texture and grain", () => {
  const speckled = (): Pixels => {
    const random = seededRandom(5);
    const data = new Uint8ClampedArray(120 * 90 * 4);
    for (let at = 0; at < data.length; at += 4) {
      const half = (at / 4) % 120 < 60 ? 70 : 190;
      data.set([...Array(3).fill(half + 16 * (random() - 0.5)), 255], at);
    }
    return { width: 120, height: 90, data };
  };
  const spread = ({ data, width }: Pixels, from: number, to: number) => {
    const values: number[] = [];
    for (let at = 0; at < data.length; at += 4) {
      const x = (at / 4) % width;
      if (x >= from && x < to) values.push(data[at] ?? 0);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      mean,
      deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
    };
  };

  test("texture brings out and smooths what is fine, and no edge gets a seam", async () => {
    const picture = speckled();
    const path = await stored(picture);
    const was = spread(picture, 10, 50);
    const [more, less] = [await render(path, "texture=100"), await render(path, "texture=-100")];
    expect(spread(more, 10, 50).deviation).toBeGreaterThan(1.6 * was.deviation);
    expect(spread(less, 10, 50).deviation).toBeLessThan(0.5 * was.deviation);
    for (const made of [more, less])
      for (const [from, to] of [
        [56, 60],
        [60, 64],
      ] as const)
        expect(Math.abs(spread(made, from, to).mean - spread(picture, from, to).mean)).toBeLessThan(4);
  });

  test("grain is noise about the same mean, the same for the same address, another for another", async () => {
    const grey = await stored(
      flat(
        [
          [128, 128, 128],
          [128, 128, 128],
        ],
        24,
      ),
    );
    const first = await render(grey, "grain=60");
    // Made anew, not kept.
    const picture = flat(
      [
        [128, 128, 128],
        [128, 128, 128],
      ],
      24,
    );
    const plan = makePlan(
      { transform: { grain: 60 }, extension: "png", accept: "" },
      planned(picture, { format: "png" }),
      defaultLimits,
    );
    if (plan.kind !== "render") throw new Error(`It is ${plan.kind}.`);
    const again = async () => (await grain({ ...picture, data: picture.data.slice() }, plan.variant)).data;
    expect(await again()).toEqual(await again());
    const { mean, deviation } = spread(first, 0, 48);
    expect(Math.abs(mean - 128)).toBeLessThan(4);
    expect(deviation).toBeGreaterThan(4);
    const other = await render(grey, "grain=60&w=47");
    expect(other.data.slice(0, 400)).not.toEqual(first.data.slice(0, 400));
  });
});

describe("detail and what lies over all of it", () => {
  const noisy = (isColourful = true): Pixels => {
    const random = seededRandom(8);
    const data = new Uint8ClampedArray(160 * 120 * 4);
    for (let at = 0; at < data.length; at += 4) {
      const half = (at / 4) % 160 < 80 ? [60, 70, 90] : [200, 160, 120];
      const speck = random();
      data.set([...half.map((value) => value + 24 * ((isColourful ? random() : speck) - 0.5)), 255], at);
    }
    return { width: 160, height: 120, data };
  };
  const meanOf = ({ data, width }: Pixels, from: number, to: number, channel: number) => {
    let [sum, count] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const x = (at / 4) % width;
      if (x < from || x >= to) continue;
      sum += data[at + channel] ?? 0;
      count++;
    }
    return sum / count;
  };
  const roughness = ({ data, width }: Pixels, from: number, to: number) => {
    let [sum, count] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const x = (at / 4) % width;
      if (x < from || x >= to) continue;
      for (let channel = 0; channel < 3; channel++)
        sum += Math.abs((data[at + channel] ?? 0) - (data[at + 4 + channel] ?? 0));
      count += 3;
    }
    return sum / count;
  };

  test("denoise smooths more the more is asked for, and leaves edges and colours where they are", async () => {
    const picture = noisy();
    const path = await stored(picture);
    const [some, most] = [await render(path, "denoise=40"), await render(path, "denoise=100")];
    expect(roughness(some, 10, 70)).toBeLessThan(0.7 * roughness(picture, 10, 70));
    expect(roughness(most, 10, 70)).toBeLessThan(roughness(some, 10, 70));
    for (const [from, to] of [
      [10, 70],
      [74, 79],
      [81, 86],
    ] as const)
      for (let channel = 0; channel < 3; channel++)
        expect(Math.abs(meanOf(most, from, to, channel) - meanOf(picture, from, to, channel))).toBeLessThan(
          5,
        );
  });

  test("dehaze brings back what haze has dimmed, and lays it where it is asked to", async () => {
    const hazy = flat([
      [150, 160, 170],
      [210, 215, 220],
      [170, 190, 175],
      [215, 220, 225],
    ]);
    const path = await stored(hazy);
    const span = (pixels: Pixels) => shown(pixels, 3)[0] - shown(pixels, 0)[0];
    expect(span(await render(path, "dehaze=80"))).toBeGreaterThan(1.3 * span(hazy));
    expect(span(await render(path, "dehaze=-80"))).toBeLessThan(0.8 * span(hazy));
  });

  test("clarity moves what is near in light apart, or together", async () => {
    const near = await stored(noisy(false));
    const was = roughness(noisy(false), 10, 70);
    expect(roughness(await render(near, "clarity=100"), 10, 70)).toBeGreaterThan(1.3 * was);
    expect(roughness(await render(near, "clarity=-100"), 10, 70)).toBeLessThan(0.7 * was);
  });

  test("a vignette leaves the middle, and is the same in all corners", async () => {
    const grey = await stored(flat([[120, 120, 120]], 41));
    for (const [query, sign] of [
      ["vignette=100", -1],
      ["vignette=-100", 1],
    ] as const) {
      const made = await render(grey, query);
      const corners = [
        [0, 0],
        [40, 0],
        [0, 40],
        [40, 40],
      ].map(([x = 0, y = 0]) => pixelAt(made, x, y)[0]);
      expect(new Set(corners).size).toBe(1);
      expect(sign * ((corners[0] ?? 0) - 120)).toBeGreaterThan(40);
      expect(pixelAt(made, 20, 20)[0]).toBe(120);
      const line = Array.from({ length: 21 }, (_, at) => sign * pixelAt(made, 20 - at, 20 - at)[0]);
      expect(line.filter((value, at) => value < (line[at - 1] ?? value))).toEqual([]);
    }
  });
});

describe("auto=enhance", () => {
  /** A ramp squeezed into some tones, with specks, so that it is no drawing. */
  const tones = (from: number, to: number): Pixels => {
    const random = seededRandom(3);
    const data = new Uint8ClampedArray(128 * 96 * 4);
    for (let at = 0; at < data.length; at += 4) {
      const tone = from + (to - from) * random();
      data.set([tone + 4 * random(), tone, tone - 4 * random(), 255], at);
    }
    return { width: 128, height: 96, data };
  };
  const middle = ({ data }: Pixels) =>
    [...data].filter((_, at) => at % 4 === 1).sort((a, b) => a - b)[Math.floor(data.length / 8)] ?? 0;
  const span = ({ data }: Pixels) => {
    const greens = [...data].filter((_, at) => at % 4 === 1).sort((a, b) => a - b);
    return (greens.at(-1) ?? 0) - (greens[0] ?? 0);
  };

  test("lightens what is too dark and spreads what is flat", async () => {
    const dark = tones(5, 110);
    expect(middle(await render(await stored(dark), "auto=enhance"))).toBeGreaterThan(middle(dark) + 12);
    const flatTones = tones(70, 170);
    expect(span(await render(await stored(flatTones), "auto=enhance"))).toBeGreaterThan(span(flatTones) + 8);
  });

  test("leaves a drawing and a product on white as they are", async () => {
    const drawing = flat([
      [255, 255, 255],
      [40, 90, 60],
      [255, 255, 255],
    ]);
    expect((await render(await stored(drawing), "auto=enhance")).data).toEqual(drawing.data);
  });

  test("what is asked for beside it wins", async () => {
    const dark = await stored(tones(5, 110));
    const plain = middle(await render(dark, "auto=enhance"));
    expect(middle(await render(dark, "auto=enhance&exposure=-1"))).toBeLessThan(plain - 10);
  });
});

/** Within its range or absurd, as a query would have it. */
function drawn(name: string, random: () => number): string {
  const pick = (...values: string[]) => values[Math.floor(random() * values.length)] ?? "";
  if (name === "curve")
    return pick("0,0;128,90;255,255", "0,255;255,0", "0,0;1,255;2,0;255,9", "1,1;1,2", "255,0;0,0");
  if (name === "auto") return pick("enhance", "compress");
  if (name === "grade") return pick("navy,gold", "000,fff", "f00,00f8", "red");
  const most = name === "exposure" ? 4 : name === "hue" ? 360 : 100;
  return pick("0", String(most), String(-most), (most * (2 * random() - 1)).toFixed(3), "1e9", "-", "NaN");
}

test("5,000 random retouches give pictures of their size with their alpha, twice the same, and none traps", async () => {
  const names = Object.keys(retouchParameters);
  await tryRandomQueries({ rounds: 5_000, names, most: 4, draw: drawn });
}, 300_000);

test.each([
  ["texture", texture],
  ["denoise", denoise],
] as const)(
  "%s in strips is as if it had been one piece: where a strip begins is not seen",
  async (name, step) => {
    const random = seededRandom(21);
    const [width, height, cut] = [40, 240, 30];
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : 90 + 80 * random(),
    );
    const plan = makePlan(
      { transform: { [name]: 70 }, extension: "png", accept: "" },
      planned({ width, height }, { format: "png" }),
      defaultLimits,
    );
    if (plan.kind !== "render") throw new Error(`It is ${plan.kind}.`);
    const whole = await step({ width, height, data: data.slice() }, plan.variant);
    // The same rows without those above: strips begin at others.
    const below = await step(
      { width, height: height - cut, data: data.slice(cut * width * 4) },
      plan.variant,
    );
    const rows = ({ data: made }: Pixels, from: number) =>
      made.slice(from * width * 4, (from + 150) * width * 4);
    expect(rows(whole, 60)).toEqual(rows(below, 60 - cut));
  },
);

test("what is clear stays clear", async () => {
  const logo = await stored(
    quadrants(30, 20, [
      [200, 0, 0, 0],
      [0, 200, 0, 128],
      [0, 0, 200, 255],
      [9, 9, 9, 0],
    ]),
  );
  const made = await render(logo, "exposure=1&shadows=60&vibrance=50&texture=40&grain=30&format=png");
  expect([
    pixelAt(made, 3, 3)[3],
    pixelAt(made, 27, 3)[3],
    pixelAt(made, 3, 17)[3],
    pixelAt(made, 27, 17)[3],
  ]).toEqual([0, 128, 255, 0]);
});
