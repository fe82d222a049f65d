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

  test.each(Object.entries(neutral))("is untouched by %s=%s, its value at rest", (name, value) => {
    expect(planFor(`${name}=${value}`, moving).kind).toBe("plain");
  });
});
