// Which of the two a HEIF file is: its brands say so, wherever among them the one stands that decides.
import { expect, test } from "vitest";
import { heifFormatOf } from "../../../workers/formats/heif/facts.ts";

/** The body of an `ftyp` box with its head, and what follows it in the file. */
function fileType(...brands: readonly string[]): Uint8Array {
  const [major = "", ...others] = brands;
  const box = Buffer.from(`\0\0\0\0ftyp${major}\0\0\0\0${others.join("")}`, "latin1");
  box.writeUInt32BE(box.length);
  return box;
}

test.each([
  [["avif"], "avif"],
  [["mif1", "avif"], "avif"],
  [["mif1", "miaf", "MA1B", "avis"], "avif"],
  [["mif1", "heic"], "heic"],
  [["msf1", "hevc", "heic", "avif"], "avif"],
  [["heim"], "heic"],
  [["mif1"], "by-item"],
  [["iso8", "msf1"], "by-item"],
  [["isom", "mp42"], null],
] as const)("%j is %s", (brands, format) => {
  expect(heifFormatOf(fileType(...brands))).toBe(format);
});

test("a brand behind the box is none of its own", () => {
  expect(heifFormatOf(Buffer.concat([fileType("mp42"), Buffer.from("avif")]))).toBeNull();
});
