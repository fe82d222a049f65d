// The CSS of a drawing, piece by piece: each refused for one reason alone, so that no other rule hides that it is forgotten.
import { describe, expect, test } from "vitest";
import {
  isSafeValue,
  sanitizeDeclarations,
  sanitizeStyleSheet,
} from "../../../workers/formats/svg/sanitize/css.ts";
import { Countdown } from "../../../workers/formats/svg/sanitize/limits.ts";

const pieces = (count = 100) => new Countdown(count, "too many");
const sheet = (text: string, count?: number) => sanitizeStyleSheet(text, pieces(count));
const style = (text: string, count?: number) => sanitizeDeclarations(text, pieces(count));

const functions =
  `rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp var matrix matrix3d translate
  translatex translatey translate3d scale scalex scaley scale3d rotate rotatex rotatey rotatez rotate3d skew skewx skewy
  perspective cubic-bezier steps linear path circle ellipse inset polygon rect blur brightness contrast drop-shadow
  grayscale hue-rotate invert opacity saturate sepia not is where nth-child nth-of-type nth-last-child`.split(
    /\s+/,
  );

describe("a value", () => {
  test.each([
    ...functions.map((name) => `${name}(1)`),
    ...["red", "", "(1 + 2)", "RGB(1,2,3)", "1px rgb(1,2,3) calc((1px))", "max(1px,(min(2px,3px)))"],
    ...["url(#a)", "URL( '#a' )", 'url("#a") url(#b)', `${"a".repeat(70_000)}`],
  ])("stays: %.40s", (value) => expect(isSafeValue(value)).toBe(true));

  test.each([
    ...["r\\65 d", "\\75rl(#a)", "\\"],
    ...["url(a)", "url(//a.example/x)", "url('#a\")", "url(#a", "url(#a b)", "url(#a')"],
    ...[
      "image(x)",
      "src(x)",
      "ximage-set(x)",
      "rgb(1) image(x)",
      "rgb(image(x))",
      "calc(1px) x(",
      "argb(1)",
      "-rgb(1)",
    ],
    ...["a(b", "1(", "_(x)", `rgb(${"1".repeat(65_532)})`],
  ])("goes: %.40s", (value) => expect(isSafeValue(value)).toBe(false));

  test("with a function has 65,536 letters at most", () => {
    expect(isSafeValue(`rgb(${"1".repeat(65_531)})`)).toBe(true);
  });
});

describe("declarations", () => {
  test.each([
    ["fill:red", "fill:red"],
    [" fill : red ;; stroke : blue ; ", "fill:red;stroke:blue"],
    ["fill:red;stroke:image(x);width:1px", "fill:red;width:1px"],
    ["fill", ""],
    ["fill;stroke:red", "stroke:red"],
    ["fill:red;stroke", "fill:red"],
    ["a:b:c", "a:b:c"],
    ["--ink:red;-a-b:c;---d:e;9:f;_g:h;i j:k;:l", "--ink:red;-a-b:c"],
    ["A-1:b", "A-1:b"],
    ["fill:/* c */red", "fill:red"],
    ["fi/**/ll:red", ""],
    ["fill:red/* never closed ;stroke:blue", "fill:red"],
    ["font:'a;b';fill:red", "fill:red"],
    ["font:'a' \"b\"", "font:'a' \"b\""],
    ["font:'a\nb'", ""],
    ["a:{b}", ""],
    ["a:b}", ""],
    ["a:<b", ""],
    ["a:@b", ""],
    ['a:"b', ""],
    ["a:it's", ""],
    ["a:'<@{}'", "a:'<@{}'"],
    [`a:${"b".repeat(65_536)}`, `a:${"b".repeat(65_536)}`],
    [`a:${"b".repeat(65_537)}`, ""],
  ])("%.40j are left as %.40j", (text, left) => expect(style(text)).toBe(left));

  test("and comments are counted, each of them", () => {
    expect(style("a:b;c:d/* e */", 3)).toBe("a:b;c:d");
    expect(() => style("a:b;c:d/* e */", 2)).toThrow("too many");
    expect(style("a;b;c", 0)).toBe("");
  });
});

describe("a sheet", () => {
  const nested = (depth: number) => `${"@media a{".repeat(depth)}b{c:d}${"}".repeat(depth)}`;
  test.each([
    ["a{b:c}", "a{b:c}"],
    [" a , .b > c { d : e } f{g:h}", "a , .b > c{d:e}f{g:h}"],
    ["@import 'x';a{b:c}", "a{b:c}"],
    ["@import 'x'; @namespace y; a{b:c}", "a{b:c}"],
    ["a{b:c}@import 'x';d{e:f}", "a{b:c}d{e:f}"],
    ["a{b:c};d{e:f}", "a{b:c}d{e:f}"],
    ["@font-face{src:url(#a)}a{b:c}", "a{b:c}"],
    ["@media x{a{b:c}@supports (d:e){f{g:h}}}", "@media x{a{b:c}@supports (d:e){f{g:h}}}"],
    ["@-webkit-keyframes x{to{b:c}}", "@-webkit-keyframes x{to{b:c}}"],
    ["@MEDIA x{a{b:c}}", "@MEDIA x{a{b:c}}"],
    ["@mediax y{a{b:c}}", ""],
    ["@media image(x){a{b:c}}", ""],
    ["a:image(x){b:c}", ""],
    ["a:not(.b){c:d}", "a:not(.b){c:d}"],
    ["a{b:c}d{e:f", "a{b:c}"],
    ["a{b:c}d", "a{b:c}"],
    ["a}b{c:d}", ""],
    ["a{b:image(x)}", "a{}"],
    ["a{/* } */b:c}", "a{b:c}"],
    ["a{b:'}';c:d}e{f:g}", "a{}"],
    [nested(4), nested(4)],
    [nested(5), `${"@media a{".repeat(4)}${"}".repeat(4)}`],
  ])("%j is left as %j", (text, left) => expect(sheet(text)).toBe(left));

  test("is counted by its rules, declarations and comments", () => {
    expect(sheet("/* a */b{c:d}@media e{f{g:h}}", 6)).toContain("g:h");
    expect(() => sheet("/* a */b{c:d}@media e{f{g:h}}", 5)).toThrow("too many");
  });

  test("of a million semicolons is walked once", () => {
    expect(sheet(`${";".repeat(1_000_000)}a{b:c}`, 2)).toBe("a{b:c}");
    expect(style(`${";".repeat(1_000_000)}a:b`, 1)).toBe("a:b");
  });
});
