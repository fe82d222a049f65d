// What is markup is told by the first significant byte, however much white space comes first and wherever a file is cut.
import { expect, test } from "vitest";
import { tellMarkup } from "../../../workers/formats/svg/markup.ts";

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    [...text].flatMap((letter) => (isLittle ? [letter.charCodeAt(0), 0] : [0, letter.charCodeAt(0)])),
  );
const after = (mark: readonly number[], bytes: Uint8Array) => Uint8Array.from([...mark, ...bytes]);

const svg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${svg}`;

const rows: readonly (readonly [what: string, bytes: Uint8Array, encoding: string | undefined])[] = [
  ["a plain SVG", ascii(svg), "utf-8"],
  ["a newline first", ascii(`\n${svg}`), "utf-8"],
  ["60 spaces first", ascii(" ".repeat(60) + svg), "utf-8"],
  ["4,000 spaces first", ascii(" ".repeat(4_000) + svg), "utf-8"],
  ["a form feed first", ascii(`\f\v${svg}`), "utf-8"],
  ["a byte order mark", after([0xef, 0xbb, 0xbf], ascii(svg)), "utf-8"],
  ["a byte order mark and lines", after([0xef, 0xbb, 0xbf], ascii(`\r\n\r\n${svg}`)), "utf-8"],
  ["UTF-16 with a mark", after([0xff, 0xfe], utf16(svg, true)), "utf-16le"],
  ["big UTF-16 with a mark", after([0xfe, 0xff], utf16(` ${svg}`, false)), "utf-16be"],
  ["UTF-16 without a mark", utf16(`\n${svg}`, true), "utf-16le"],
  ["big UTF-16 without a mark", utf16(`\n${svg}`, false), "utf-16be"],
  ["Latin-1 that says so", ascii(declared("ISO-8859-1")), "ISO-8859-1"],
  ["an encoding in single quotes", ascii(declared("x").replaceAll('"', "'")), "x"],
  ["UTF-8 that says it is UTF-16", ascii(declared("UTF-16")), "utf-8"],
  ["a page", ascii("<!doctype html><p>hi"), "utf-8"],
  ["one letter", ascii("<"), "utf-8"],
  ["a HEIF with a first box of 60 bytes", ascii("\0\0\0<ftypavif\0\0\0\0mif1avif"), undefined],
  ["a JPEG", ascii("\xff\xd8\xff\xe0<svg"), undefined],
  ["an icon", ascii("\0\0\x01\0\x01\0<<<<"), undefined],
  ["a TIFF", ascii("MM\0*<"), undefined],
  ["text", ascii("hello <svg>"), undefined],
  ["nothing", ascii(""), undefined],
  ["white space without end", ascii(" ".repeat(5_000) + svg), undefined],
];

test.each(rows)("%s is told as the same wherever it is cut", (_, bytes, encoding) => {
  const whole = encoding === undefined ? { kind: "other" } : { kind: "markup", encoding };
  expect(tellMarkup(bytes, true)).toEqual(whole);
  let told = 0;
  for (let length = 0; length < bytes.length; length++) {
    const early = tellMarkup(bytes.subarray(0, length), false);
    if (early.kind === "undecided") continue;
    expect(early, `after ${length} bytes`).toEqual(whole);
    told++;
  }
  // Long before the end of a file of some size.
  if (bytes.length > 4_200) expect(told).toBeGreaterThan(0);
});

test("white space is looked through up to 4,096 bytes, and a declaration is waited for up to 512", () => {
  expect(tellMarkup(ascii(" ".repeat(4_095)), false)).toEqual({ kind: "undecided" });
  expect(tellMarkup(ascii(" ".repeat(4_096)), false)).toEqual({ kind: "other" });
  expect(tellMarkup(ascii(`${" ".repeat(4_095)}<svg`), true)).toMatchObject({ kind: "markup" });
  expect(tellMarkup(ascii(`${" ".repeat(4_096)}<svg`), true)).toEqual({ kind: "other" });
  expect(tellMarkup(ascii(`<svg${" ".repeat(507)}`), false)).toEqual({ kind: "undecided" });
  expect(tellMarkup(ascii(`<svg${" ".repeat(508)}`), false)).toMatchObject({ kind: "markup" });
});
