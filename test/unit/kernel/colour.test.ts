// Colours of profiles brought to sRGB, against a colour-managed reference (Little CMS through sharp).

import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type ColourWay, colourWay } from "../../../workers/src/kernel/host/icc/icc.ts";
import { type ColourExports, loadColour } from "../../../workers/src/kernel/host/icc/kernel.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { cmykTiff } from "../../support/cmyk-tiff.ts";
import { deltaE } from "../../support/delta-e.ts";
import {
  grayProfile,
  lut16Profile,
  lutAToBProfile,
  rgbProfile,
  type ToneCurve,
} from "../../support/icc-writer.ts";
import { instantiateKernel } from "../../support/kernel-exports.ts";
import { chunk, writePng } from "../../support/png-writer.ts";

const kernel = instantiateKernel<ColourExports>([
  "colourSums",
  "colourGrid",
  "colourSumRow",
  "colourCmykRow",
]);

const d50 = {
  srgb: [
    [0.43607, 0.22249, 0.01392],
    [0.38515, 0.71687, 0.09708],
    [0.14307, 0.06061, 0.7141],
  ],
  displayP3: [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
  adobeRgb: [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  proPhoto: [
    [0.7977, 0.288, 0],
    [0.1352, 0.7119, 0],
    [0.0313, 0.0001, 0.8249],
  ],
} as const;

const srgbCurve: ToneCurve = { shape: 3, parameters: [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] };
const srgbSamples: ToneCurve = {
  samples: Array.from({ length: 1024 }, (_, i) => {
    const v = i / 1023;
    return Math.round(65535 * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  }),
};

/** 16 x 16 x 16 colours, all over the cube. */
const side = 64;
const lattice = Uint8Array.from(
  { length: side * side * 3 },
  (_, i) => ((Math.floor(i / 3) >> (4 * (i % 3))) & 15) * 17,
);

function rgbaOf(samples: Uint8Array, channels: number): Uint8Array {
  const rgba = new Uint8Array((samples.length / channels) * 4).fill(255);
  for (let i = 0; i < rgba.length; i++)
    if (i % 4 < 3) rgba[i] = samples[Math.floor(i / 4) * channels + (channels === 1 ? 0 : i % 4)] ?? 0;
  return rgba;
}

/** A whole picture as one long row through the kernel. */
function convert(way: ColourWay, rgba: Uint8Array): Uint8Array {
  kernel.reset();
  expect(loadColour(kernel, way)).toBe(true);
  const row = kernel.alloc(rgba.length);
  new Uint8Array(kernel.memory.buffer).set(rgba, row);
  if (way.kind === "sums") expect(kernel.colourSumRow(row, rgba.length / 4)).toBe(0);
  if (way.kind === "grid") expect(kernel.colourGridRow(row, rgba.length / 4)).toBe(0);
  return new Uint8Array(kernel.memory.buffer, row, rgba.length).slice();
}

function pngWith(profile: Uint8Array, samples: Uint8Array, colourType: 0 | 2): Uint8Array {
  const channels = colourType === 0 ? 1 : 3;
  const width = 64;
  const height = samples.length / channels / width;
  const iccp = chunk("iCCP", Buffer.concat([Buffer.from("test\0\0"), deflateSync(profile)]));
  const sample = (x: number, y: number, c: number) => samples[(y * width + x) * channels + c] ?? 0;
  return writePng({ width, height, bitDepth: 8, colourType, extra: [iccp] }, sample);
}

const managed = (file: Uint8Array) => sharp(file).toColourspace("srgb").ensureAlpha().raw().toBuffer();

function expectNear(ours: Uint8Array, theirs: Uint8Array, mean: number, max: number) {
  const difference = deltaE(ours, theirs);
  expect(difference.mean).toBeLessThan(mean);
  expect(difference.max).toBeLessThan(max);
}

describe("a profile by matrix and curves", () => {
  const profiles: readonly [string, Buffer][] = [
    ["Display P3", rgbProfile(d50.displayP3, srgbCurve, 4)],
    ["Display P3 with a sampled curve", rgbProfile(d50.displayP3, srgbSamples)],
    ["Adobe RGB", rgbProfile(d50.adobeRgb, { gamma: 2.19921875 })],
    ["ProPhoto RGB", rgbProfile(d50.proPhoto, { gamma: 1.8 })],
    ["sRGB's primaries with gamma 1.8", rgbProfile(d50.srgb, { shape: 0, parameters: [1.8] }, 4)],
    ["linear light", rgbProfile(d50.srgb, { samples: [] })],
    ["a curve that starts late", rgbProfile(d50.adobeRgb, { shape: 1, parameters: [2, 1.05, -0.05] }, 4)],
    [
      "Rec. 709's curve",
      rgbProfile(d50.srgb, { shape: 3, parameters: [1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081] }),
    ],
  ];
  for (const [name, profile] of profiles) {
    it(`${name} comes out within a small Delta E of Little CMS`, async () => {
      const way = colourWay(profile, 3);
      expect(way.kind).toBe("sums");
      expectNear(convert(way, rgbaOf(lattice, 3)), await managed(pngWith(profile, lattice, 2)), 1, 3);
    });
  }

  it("that sharp itself embeds as Display P3 is read", async () => {
    const file = await sharp(lattice, { raw: { width: side, height: side, channels: 3 } })
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const { icc } = await sharp(file).metadata();
    const pixels = await sharp(file, { ignoreIcc: true }).ensureAlpha().raw().toBuffer();
    expectNear(convert(colourWay(icc, 3), pixels), await managed(file), 1, 3);
  });

  it("that is sRGB under whatever name leaves the pixels alone", async () => {
    const file = await sharp(lattice, { raw: { width: side, height: side, channels: 3 } })
      .withIccProfile("srgb")
      .png()
      .toBuffer();
    const { icc } = await sharp(file).metadata();
    expect(icc).toBeDefined();
    for (const profile of [icc, rgbProfile(d50.srgb, srgbCurve, 4), rgbProfile(d50.srgb, srgbSamples)]) {
      expect(colourWay(profile, 3).kind).toBe("none");
    }
  });

  it("keeps alpha", () => {
    const rgba = Uint8Array.from({ length: 1024 }, (_, i) => i & 255);
    const out = convert(colourWay(rgbProfile(d50.displayP3, srgbCurve), 3), rgba);
    expect(out.filter((_, i) => i % 4 === 3)).toEqual(rgba.filter((_, i) => i % 4 === 3));
  });
});

describe("a profile by lookup table", () => {
  const profiles: readonly [string, Buffer][] = [
    ["lut16Type", lut16Profile(d50.adobeRgb, 1.6)],
    ["lutAToBType", lutAToBProfile(d50.adobeRgb, 1.6)],
  ];
  for (const [name, profile] of profiles) {
    it(`of ${name} comes close to Little CMS`, async () => {
      const way = colourWay(profile, 3);
      expect(way.kind).toBe("grid");
      expectNear(convert(way, rgbaOf(lattice, 3)), await managed(pngWith(profile, lattice, 2)), 1, 8);
    });
  }
});

describe("a gray profile", () => {
  it("of gamma 1.8 comes out within a small Delta E of Little CMS", async () => {
    const profile = grayProfile({ gamma: 1.8 });
    const ramp = Uint8Array.from({ length: 256 }, (_, i) => i);
    const ours = convert(colourWay(profile, 1), rgbaOf(ramp, 1));
    expectNear(ours, await managed(pngWith(profile, ramp, 0)), 1, 3);
  });

  it("does not belong to a colour picture", () => {
    expect(colourWay(grayProfile({ gamma: 1.8 }), 3).kind).toBe("none");
  });
});

describe("CMYK", () => {
  const random = seededRandom(21);
  const inks = Uint8Array.from({ length: 64 * 40 * 4 }, () => Math.floor(random() * 256));

  function convertCmyk(way: ColourWay, cmyk: Uint8Array, inverted: boolean): Uint8Array {
    kernel.reset();
    expect(loadColour(kernel, way)).toBe(true);
    const count = cmyk.length / 4;
    const planes = [0, 1, 2, 3].map((channel) => {
      const at = kernel.alloc(count);
      const plane = cmyk.filter((_, i) => i % 4 === channel).map((v) => (inverted ? 255 - v : v));
      new Uint8Array(kernel.memory.buffer).set(plane, at);
      return at;
    });
    const out = kernel.alloc(count * 4);
    const [c = 0, m = 0, y = 0, k = 0] = planes;
    expect(kernel.colourCmykRow(c, m, y, k, inverted ? 1 : 0, count, out)).toBe(0);
    return new Uint8Array(kernel.memory.buffer, out, count * 4).slice();
  }

  it("without a profile looks as generic inks do", async () => {
    const theirs = await managed(cmykTiff(inks, 64, 40));
    for (const inverted of [false, true])
      expectNear(convertCmyk(colourWay(undefined, 4), inks, inverted), theirs, 2.5, 20);
  });

  it("with a profile by lookup table comes close to Little CMS", async () => {
    const blank = sharp({ create: { width: 8, height: 8, channels: 3, background: "white" } });
    const { icc } = await sharp(
      await blank.toColourspace("cmyk").withIccProfile("cmyk").tiff().toBuffer(),
    ).metadata();
    expect(icc).toBeDefined();
    const way = colourWay(icc, 4);
    expectNear(convertCmyk(way, inks, false), await managed(cmykTiff(inks, 64, 40, icc)), 1.5, 12);
  });

  it("white paper is white and full ink is nearly black", () => {
    const out = convertCmyk(colourWay(undefined, 4), Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255), false);
    expect([...out.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    expect(Math.max(...out.subarray(4, 7))).toBeLessThan(20);
  });
});

describe("a profile that lies", () => {
  it("is left out or makes some colours, and never throws or hangs", async () => {
    const random = seededRandom(9);
    const blank = sharp({ create: { width: 8, height: 8, channels: 3, background: "white" } });
    const { icc } = await sharp(
      await blank.toColourspace("cmyk").withIccProfile("cmyk").tiff().toBuffer(),
    ).metadata();
    const good = [rgbProfile(d50.displayP3, srgbCurve), grayProfile({ gamma: 2 }), icc ?? Buffer.alloc(0)];
    for (let round = 0; round < 60; round++) {
      const profile = Buffer.from(good[round % 3] ?? []);
      const reach = Math.min(profile.length, round % 2 ? 600 : profile.length);
      for (let n = 0; n < 1 + (round % 8); n++)
        profile[Math.floor(random() * reach)] = Math.floor(random() * 256);
      const cut = round % 5 === 0 ? profile.subarray(0, Math.floor(random() * profile.length)) : profile;
      const samples = ([3, 1, 4] as const)[round % 3] ?? 3;
      kernel.reset();
      expect(loadColour(kernel, colourWay(cut, samples))).toBe(true);
    }
  });

  it("of no bytes at all is none", () => {
    expect(colourWay(undefined, 3).kind).toBe("none");
    expect(colourWay(new Uint8Array(0), 3).kind).toBe("none");
    expect(colourWay(new Uint8Array(200), 1).kind).toBe("none");
  });
});
