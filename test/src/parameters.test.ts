import { beforeAll, describe, expect, test } from "vitest";
import { filterNames } from "../../schema/looks.ts";
import { parameterDocs } from "../../schema/transform.ts";
import { quadrants } from "../support/drawing.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pixelsOf, pngOf } from "./src-request.ts";

let path: string;
beforeAll(async () => {
  const file = await pngOf(quadrants(60, 40));
  ({ path } = await storeImage(file));
});

const ABSURD = [
  "",
  "-1001",
  "1.5e9",
  "NaN",
  "0x10",
  "%00",
  "null",
  "☃",
  "9".repeat(400),
  "../..",
  "<script>",
  "true false",
];

/** Every parameter: what leaves the picture alone, its smallest and its largest value. */
const values: Readonly<Record<string, readonly string[]>> = {
  size: ["l", "s", "social"],
  w: ["60", "1", "12000"],
  h: ["40", "1", "12000"],
  fit: [
    "scale-down",
    "cover&w=7&h=30",
    "squeeze&w=300&h=3",
    "pad&w=200&h=5",
    "contain&w=1&h=400",
    "crop&w=59&h=1",
  ],
  gravity: [
    "center",
    "0x0&fit=cover&w=9&h=30",
    "1x1&fit=cover&w=9&h=30",
    "auto&fit=cover&w=9&h=30",
    "auto&fit=cover&w=1&h=1",
  ],
  dpr: ["1", "1&w=10", "4&w=10"],
  format: ["png", "jpg", "webp", "avif", "gif", "auto", "jpeg"],
  quality: ["80&f=jpg", "1&f=jpg", "100&f=jpg", "1&f=webp", "100&f=webp", "1&f=avif", "100&f=avif"],
  lossless: ["true", "true&f=webp", "true&f=jpg"],
  background: ["white", "0000", "fff&fit=pad&w=90&h=90", "transparent&fit=pad&w=90&h=90&f=jpg"],
  brightness: ["1", "0", "10"],
  contrast: ["1", "0", "10"],
  gamma: ["1", "0", "10"],
  saturation: ["1", "0", "10"],
  blur: ["1", "250"],
  sharp: ["0", "0.01", "10"],
  auto: ["enhance", "enhance,format", "enhance&exposure=0"],
  exposure: ["0", "-4", "4"],
  temp: ["0", "-100", "100"],
  tint: ["0", "-100", "100"],
  highlights: ["0", "-100", "100"],
  shadows: ["0", "-100", "100"],
  whites: ["0", "-100", "100"],
  blacks: ["0", "-100", "100"],
  curve: ["0,0;255,255", "0,255;255,0", "0,0;1,255;2,0;255,9"],
  vibrance: ["0", "-100", "100"],
  hue: ["0", "-360", "180"],
  grade: ["0000,fff0", "navy,gold", "f00,00f"],
  denoise: ["0", "0.1", "100"],
  dehaze: ["0", "-100", "100"],
  clarity: ["0", "-100", "100"],
  texture: ["0", "-100", "100"],
  vignette: ["0", "-100", "100"],
  grain: ["0", "0.1", "100"],
  oil: ["0", "1", "100"],
  frosted: ["0", "1", "100"],
  edges: ["0", "100"],
  emboss: ["0", "100"],
  filter: ["vintage", ...filterNames],
  grayscale: ["true", "1"],
  sepia: ["0", "100"],
  pixelate: ["0", "1", "2", "1000"],
  threshold: ["50", "0", "100"],
  halftone: ["0", "1", "100"],
  dither: ["8", "2", "16"],
  monochrome: ["f000", "red", "black"],
  duotone: ["f000,0f00", "navy,gold", "000f,fff0"],
  invert: ["true", "1"],
  solarize: ["0", "1", "100"],
  look: ["1", "0", "0.5&oil=9&sepia=30"],
  border: ["0", "5,white", "500,0f08", "3"],
  radius: ["0", "9", "max", "6000", "max&f=jpg", "9&border=4,red&fit=pad&w=90&h=90&bg=teal"],
  rotate: ["0", "90", "270"],
  flip: ["h", "hv"],
  trim: ["0", "true", "100"],
  metadata: ["none", "copyright&w=9", "keep&w=9"],
  anim: ["true", "false"],
  download: ["1", "x".repeat(255)],
};

test("every parameter of the table is tried here", () => {
  expect(Object.keys(values)).toEqual(parameterDocs.map(({ name }) => name));
});

describe.each(parameterDocs.map(({ name }) => name))("%s", (name) => {
  test("gives a picture at every value of its range", async () => {
    for (const value of values[name] ?? []) {
      const pixels = await pixelsOf(await ask(`${path}?${name}=${value}`));
      expect([value, pixels.width > 0, pixels.height > 0]).toEqual([value, true, true]);
    }
  });

  test("falls away where it makes no sense, alone or repeated", async () => {
    const plain = (await ask(path)).headers.get("ETag");
    for (const value of name === "download" ? ["", "x".repeat(256)] : ABSURD) {
      const query = `${name}=${encodeURIComponent(value)}&${name}=${encodeURIComponent(value)}`;
      const answer = await ask(`${path}?${query}`);
      await answer.arrayBuffer();
      expect([query, answer.status, answer.headers.get("ETag")]).toEqual([query, 200, plain]);
    }
  });
});

test("all parameters at once give a picture", async () => {
  const first = Object.entries(values)
    .map(([name, [, value = ""]]) => `${name}=${value}`)
    .join("&");
  const last = Object.entries(values)
    .map(([name, all]) => `${name}=${all.at(-1)}`)
    .join("&");
  for (const query of [first, last])
    expect((await pixelsOf(await ask(`${path}?${query}`))).width).toBeGreaterThan(0);
});

test("a single pixel takes every step", async () => {
  const dot = await storeImage(await pngOf(quadrants(1, 1)));
  const steps = "brightness=2&contrast=2&gamma=.5&saturation=3&blur=9&sharp=3&rotate=90&flip=v&trim=true";
  for (const format of ["jpg", "png", "webp", "avif", "gif"]) {
    const pixels = await pixelsOf(await ask(`${dot.path}?${steps}&f=${format}&w=5&h=9&fit=pad&bg=red`));
    expect([pixels.width, pixels.height]).toEqual([5, 9]);
  }
});
