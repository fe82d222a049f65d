// What an SVG may be made of: each limit at what it just lets pass, and at what it refuses.
import { expect, test } from "vitest";
import { SvgRefusal, SvgSanitizer, svgLimits } from "../../../workers/formats/svg/sanitize.ts";

const small = {
  maxNodes: 20,
  maxDepth: 5,
  maxLookups: 40,
  maxAttributes: 4,
  maxNamespace: 30,
  maxCuts: 10,
  maxStylePieces: 6,
};

function outcome(text: string, limits = small): string {
  const sanitizer = new SvgSanitizer(limits);
  try {
    const safe = [...sanitizer.write(text), ...sanitizer.end()].join("");
    return safe.startsWith("<svg") ? "kept" : safe;
  } catch (error) {
    if (error instanceof SvgRefusal) return error.message;
    throw error;
  }
}

const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`;
const nested = (depth: number) => svg("<g>".repeat(depth - 1) + "</g>".repeat(depth - 1));
const prefixed = (count: number) => svg(`<g><g xmlns:x="urn:x">${'<g x:a=""/>'.repeat(count)}</g></g>`);
const attributes = (count: number) =>
  svg(`<g ${Array.from({ length: count }, (_, index) => `a${index}=""`).join(" ")}/>`);
/** Longer than the parser reads at a time, so that what is held is counted. */
const long = "a".repeat(20_000);

type Row = readonly [what: string, kept: string, refused: string, reason: RegExp];

const rows: readonly Row[] = [
  ["elements", svg("<g/>".repeat(19)), svg("<g/>".repeat(20)), /more than 20 parts/],
  ["elements and texts", svg("<g/>\n".repeat(9)), svg("<g/>\n".repeat(10)), /more than 20 parts/],
  ["comments", svg("<!-- -->".repeat(19)), svg("<!-- -->".repeat(20)), /more than 20 parts/],
  ["instructions", svg("<?x?>".repeat(19)), svg("<?x?>".repeat(20)), /more than 20 parts/],
  ["CDATA", svg("<![CDATA[x]]>".repeat(19)), svg("<![CDATA[x]]>".repeat(20)), /more than 20 parts/],
  ["depth", nested(5), nested(6), /nested too deeply/],
  ["depth times parts", prefixed(3), prefixed(6), /too many parts that are nested/],
  ["attributes", attributes(4), attributes(5), /more than 4 attributes/],
  [
    "a namespace",
    svg(`<g xmlns:x="${"u".repeat(30)}"/>`),
    svg(`<g xmlns:x="${"u".repeat(31)}"/>`),
    /namespace that is too long/,
  ],
  ["a default namespace", svg('<g xmlns="u"/>'), svg(`<g xmlns="${"u".repeat(31)}"/>`), /too long/],
  [
    "lines of an attribute",
    svg(`<path d="${long}${"\n".repeat(10)}${long}"/>`),
    svg(`<path d="${long}${"\n".repeat(11)}${long}"/>`),
    /too many lines/,
  ],
  [
    "hyphens of a comment",
    svg(`<!--${long}${"-a".repeat(10)}${long}-->`),
    svg(`<!--${long}${"-a".repeat(11)}${long}-->`),
    /too many lines/,
  ],
  [
    "brackets of a document type",
    `<!DOCTYPE svg [${" ".repeat(20_000)}${"<!x>".repeat(9)}${" ".repeat(20_000)}]>${svg("")}`,
    `<!DOCTYPE svg [${" ".repeat(20_000)}${"<!x>".repeat(10)}${" ".repeat(20_000)}]>${svg("")}`,
    /too many lines/,
  ],
  [
    "rules of a style sheet",
    svg(`<style>${"a{}".repeat(6)}</style>`),
    svg(`<style>${"a{}".repeat(7)}</style>`),
    /too many rules/,
  ],
  [
    "declarations of a rule",
    svg(`<style>a{${"b:c;".repeat(5)}}</style>`),
    svg(`<style>a{${"b:c;".repeat(6)}}</style>`),
    /too many rules/,
  ],
  [
    "declarations of a style attribute",
    svg(`<g style="${"b:c;".repeat(6)}"/>`),
    svg(`<g style="${"b:c;".repeat(7)}"/>`),
    /too many rules/,
  ],
  [
    "comments of a style sheet",
    svg(`<style>${"/**/".repeat(6)}</style>`),
    svg(`<style>${"/**/".repeat(7)}</style>`),
    /too many rules/,
  ],
];

test.each(rows)("An SVG is kept up to a limit of %s, and refused above", (_, kept, refused, reason) => {
  expect(outcome(kept)).toBe("kept");
  expect(outcome(refused)).toMatch(reason);
  expect(outcome(refused, svgLimits), "and a drawing comes nowhere near it").toBe("kept");
});

test("An SVG of many drawn things is as long as it was, so that its size is judged as it was sent", () => {
  const many = svg('<rect x="1" y="2" width="3" height="3"/>\n'.repeat(1_000));
  const sanitizer = new SvgSanitizer();
  const safe = [...sanitizer.write(many), ...sanitizer.end()].join("");
  expect(safe.length - many.length).toBe(' xmlns:xlink="http://www.w3.org/1999/xlink"'.length);
});

test("An SVG is handed on while it arrives, and only what is not over is held", () => {
  const sanitizer = new SvgSanitizer();
  const begun = [...sanitizer.write(`${svg('<g id="a"/>').slice(0, -6)}<path d="${long}${long}`)].join("");
  expect(begun).toContain('<g id="a"/>');
  expect(sanitizer.heldCharacters).toBeGreaterThan(20_000);
  const rest = [...sanitizer.write('"/></svg>'), ...sanitizer.end()].join("");
  expect(rest).toContain(`<path d="${long}${long}"/>`);
  expect(sanitizer.heldCharacters).toBe(0);
});

test("A character of two halves stays whole where a long value is handed on in pieces", () => {
  for (const before of ["", "a"]) {
    const value = before + "😀".repeat(40_000);
    const sanitizer = new SvgSanitizer();
    const pieces = [...sanitizer.write(svg(`<text id="${value}"/>`)), ...sanitizer.end()];
    expect(
      pieces.map((piece) => new TextDecoder().decode(new TextEncoder().encode(piece))).join(""),
    ).toContain(value);
  }
});

test("an SVG that declares an entity may use 10,000 of them, however its file is cut", () => {
  const outcomeOf = (uses: number) => {
    const sanitizer = new SvgSanitizer({ ...svgLimits, maxLookups: 1_000_000 });
    try {
      const parts = [
        '<!DOCTYPE svg [<!ENTITY a "h">]><svg xmlns="http://www.w3.org/2000/svg"><text>',
        "&a;".repeat(uses),
      ];
      for (const part of [...parts, "</text></svg>"]) for (const _ of sanitizer.write(part));
      for (const _ of sanitizer.end());
      return "kept";
    } catch (error) {
      if (error instanceof SvgRefusal) return error.message;
      throw error;
    }
  };
  expect(outcomeOf(10_000)).toBe("kept");
  expect(outcomeOf(10_001)).toBe("The SVG declares or uses too many entities.");
});

test("the limits of every SVG are these", () => {
  expect(svgLimits).toEqual({
    maxNodes: 500_000,
    maxDepth: 256,
    maxLookups: 20_000_000,
    maxAttributes: 256,
    maxNamespace: 2_048,
    maxCuts: 250_000,
    maxStylePieces: 250_000,
  });
});
