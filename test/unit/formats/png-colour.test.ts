// Which of a PNG's colour chunks counts: sRGB over a profile over gAMA, in whatever order they stand.
import { expect, test } from "vitest";
import { colourAfter, type PngColour } from "../../../workers/formats/png/colour.ts";

const unknown: PngColour = { space: "unknown" };
const chunks: Readonly<Record<string, Uint8Array>> = {
  sRGB: Uint8Array.of(0),
  iCCP: Uint8Array.from([...Buffer.from("name\0\0"), 7, 8]),
  gAMA: Uint8Array.of(0, 1, 0x86, 0xa0),
};
const after = (...types: readonly string[]) =>
  types.reduce<PngColour>(
    (known, type) => colourAfter(known, type, chunks[type] ?? Uint8Array.of()),
    unknown,
  );
const profile = { space: "icc", deflated: Uint8Array.of(7, 8) };

test.each([
  [["gAMA"], { space: "gamma", gamma: 1 }],
  [["iCCP"], profile],
  [["gAMA", "iCCP"], profile],
  [["iCCP", "gAMA"], profile],
  [["sRGB", "iCCP"], { space: "srgb" }],
  [["iCCP", "sRGB"], { space: "srgb" }],
  [["gAMA", "sRGB"], { space: "srgb" }],
  [["sRGB", "gAMA"], { space: "srgb" }],
  [["tEXt"], unknown],
])("a PNG with %j", (types, colour) => {
  expect(after(...types)).toEqual(colour);
});

test.each([
  ["a name of no letters", "\0\0x"],
  ["a name of 80 letters", `${"n".repeat(80)}\0\0x`],
  ["another method", "name\0\x01x"],
])("a profile with %s is none", (_, body) => {
  expect(colourAfter(unknown, "iCCP", Buffer.from(body, "latin1"))).toEqual(unknown);
});

test("a profile may have a name of 79 letters, and a gamma of 0 is none", () => {
  expect(colourAfter(unknown, "iCCP", Buffer.from(`${"n".repeat(79)}\0\0x`, "latin1")).space).toBe("icc");
  expect(colourAfter(unknown, "gAMA", Uint8Array.of(0, 0, 0, 0))).toEqual(unknown);
  expect(colourAfter(unknown, "gAMA", Uint8Array.of(0, 1, 0x86))).toEqual(unknown);
});
