// A parameter that makes another picture must never be answered with the original: every one of the table stands here.
import { describe, expect, test } from "vitest";
import { neutral, type Transform } from "../../../schema/transform.ts";
import { planned } from "../../support/planned-original.ts";
import { planFor } from "./cases.ts";

/** A value that asks for another picture; null where a parameter alone asks for none. */
const touching: Readonly<Record<keyof Transform, string | null>> = {
  size: "s",
  w: "100",
  h: "100",
  fit: null,
  gravity: null,
  dpr: null,
  format: "webp",
  quality: "50",
  lossless: null,
  background: "red",
  brightness: "2",
  contrast: "2",
  gamma: "2",
  saturation: "2",
  blur: "3",
  sharp: "2",
  auto: "enhance",
  exposure: "1",
  temp: "10",
  tint: "10",
  highlights: "10",
  shadows: "10",
  whites: "10",
  blacks: "10",
  curve: "0,0;128,90;255,255",
  vibrance: "10",
  hue: "10",
  grade: "navy,gold",
  denoise: "10",
  dehaze: "10",
  clarity: "10",
  texture: "10",
  vignette: "-10",
  grain: "10",
  oil: "10",
  frosted: "10",
  edges: "10",
  emboss: "10",
  filter: "vintage",
  grayscale: "true",
  sepia: "10",
  pixelate: "10",
  threshold: "50",
  halftone: "10",
  dither: "4",
  monochrome: "red",
  duotone: "navy,gold",
  invert: "true",
  solarize: "10",
  look: null,
  border: "4",
  radius: "10",
  rotate: "90",
  flip: "h",
  trim: "10",
  metadata: null,
  anim: "false",
  download: null,
};
const moving = planned(
  { width: 1000, height: 800 },
  { format: "webp", animated: true, frames: 3, alpha: true },
);
const original = (name: string) =>
  name === "format"
    ? { ...moving, format: "gif", facts: { ...moving.facts, format: "gif" as const } }
    : moving;

describe("the original", () => {
  test.each(Object.entries(touching))("and %s=%s", (name, value) => {
    const plan = planFor(`${name}=${value ?? "1"}`, original(name));
    expect(plan.kind).toBe(value === null ? "plain" : "render");
  });

  test.each([
    "exposure=0&temp=0&tint=-0&highlights=0&shadows=0&whites=0&blacks=0.0",
    "curve=0,0;255,255",
    "curve=255,255;0,0;128,128",
    "vibrance=0&hue=360&grade=0000,fff0",
    "hue=-360&texture=0&grain=0&denoise=0&dehaze=0&clarity=0&vignette=0",
    "oil=0&frosted=0&edges=0&emboss=0&sepia=0&solarize=0",
    "border=0,red&radius=0",
    "border=9,f000",
    "pixelate=1&halftone=0&monochrome=f000&duotone=f000,0f00&look=0.5",
    "filter=vintage&dither=2&threshold=50&invert=true&grayscale=true&look=0",
  ])("is untouched by a retouch or a look at rest: %s", (query) => {
    expect(planFor(query, moving).kind).toBe("plain");
    // Beside what is asked for, the plan is to the byte the one that doesn't ask.
    expect(JSON.stringify(planFor(`${query}&w=300`, moving))).toBe(JSON.stringify(planFor("w=300", moving)));
  });

  test.each(Object.entries(neutral))("is untouched by %s=%s, its value at rest", (name, value) => {
    expect(planFor(`${name}=${value}`, moving).kind).toBe("plain");
  });
});
