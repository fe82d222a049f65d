// The root of an SVG and its size, behind whatever editors put in front of it and wherever its bytes are cut on their way.
import { describe, expect, test } from "vitest";
import { createFactsReader, readImageFacts } from "../../../workers/shared/image-facts.ts";

const judge = (text: string) => readImageFacts(Buffer.from(text), Buffer.byteLength(text));
const sizeOf = (text: string) => {
  const result = judge(text);
  return result.kind === "image" ? [result.facts.width, result.facts.height] : result.kind;
};
/** What is told before the end of the file has come. */
const early = (text: string) => {
  const reader = createFactsReader();
  reader.push(Buffer.from(text));
  return reader.result;
};
const root = '<svg xmlns="http://www.w3.org/2000/svg" data-a="a > b" width="120" height="80"';

const fronts: Readonly<Record<string, (filling: string) => string>> = {
  "a declaration": (filling) => `<?xml version="1.0" ${filling}?>`,
  "an instruction": (filling) => `<?xml version="1.0"?><?sheet ${filling} > ?>`,
  "a comment": (filling) => `<!-- <html> ${filling} -->`,
  "a document type": (filling) => `<!DOCTYPE svg PUBLIC "${filling} >" '>'>`,
  "a document type with entities": (filling) => `<!DOCTYPE svg [<!ENTITY a "${filling}]>">]>`,
  "entities within entities": (filling) => `<!DOCTYPE svg [<!x [${filling}]><!y >]>`,
  "white space": (filling) => `\ufeff<?xml?>${filling.replaceAll("x", "\n")}\t\r\n `,
  nothing: () => "",
};

describe.each(Object.entries(fronts))("behind %s", (_, front) => {
  test("a root is found, wherever it is cut by what is read at a time", () => {
    for (const length of [0, 1, ...Array.from({ length: 120 }, (_, index) => 400 + index), 1_000, 3_800])
      expect(sizeOf(`${front("x".repeat(length))}${root}/>`), `${length} bytes`).toEqual([120, 80]);
  });

  test("a page is no picture", () => {
    for (const length of [0, 480, 1_000]) {
      expect(sizeOf(`${front("x".repeat(length))}<html>${root}/></html>`)).toBe("not-an-image");
      expect(sizeOf(`${front("x".repeat(length))}hello ${root}/>`)).toBe("not-an-image");
    }
  });
});

test("a root is waited for up to 65,536 bytes, and no longer", () => {
  const behind = (bytes: number) => `<!--${"x".repeat(bytes - 7 - root.length - 2)}-->${root}/>`;
  expect(sizeOf(behind(65_536))).toEqual([120, 80]);
  expect(sizeOf(behind(65_537))).toBe("not-an-image");
  expect(early(`<!--${"x".repeat(65_531)}`)).toEqual({ kind: "need-more", atLeast: 65_536 });
  expect(early(`<!--${"x".repeat(65_532)}`)).toEqual({ kind: "not-an-image" });
});

test("a tag without its end is waited for while it may be a root, and no page is", () => {
  const waits = (text: string) => early(text.padEnd(512, " ")).kind === "need-more";
  for (const tag of [
    "<svg",
    "<svg ",
    "<svg\n",
    "<s:svg ",
    "<a-b.c:svg ",
    '<svg a=">',
    "<!--",
    "<!DOCTYPE",
    "<?x",
  ])
    expect(waits(tag), tag).toBe(true);
  for (const tag of ["<html ", "<svgs ", "<s:svgs ", "<a:b:svg ", "<div svg ", "< svg ", "<=", "<svg:x "])
    expect(waits(tag), tag).toBe(false);
  // A name that is cut off, or does not begin yet.
  for (const tag of ["<", "<s", "<s:sv"])
    expect(early(`<?xml?>${tag.padStart(505, " ")}`), tag).toEqual({ kind: "need-more", atLeast: 1_024 });
});

test("a tag's name is svg, with a prefix or without", () => {
  for (const tag of ["svg/", "svg", "svg\n", "s:svg/", "s-1.x:svg"])
    expect(sizeOf(`<${tag}>`), tag).toEqual([300, 150]);
  for (const tag of ["svgx", "Svg", "s:", ":svg", "s:t:svg", "svg:x", "x svg"])
    expect(sizeOf(`<${tag}>`), tag).toBe("not-an-image");
});

describe("a size", () => {
  test.each([
    ...[
      ['width="40" height="30"', 40, 30],
      ['width="40px" height="30PX"', 40, 30],
      ['width="30pt" height="3pc"', 40, 48],
      ['width="254mm" height="2.54cm"', 960, 96],
      ['width="2in" height="101.6q"', 192, 96],
      ['width="10em" height="5rem"', 160, 80],
      ['width="10ex" height="5ch"', 80, 40],
      ["width='1e2' height=' +.5E2 '", 100, 50],
      ['width="0.4" height="0.6"', 1, 1],
      ['width="10.5" height="10.4"', 11, 10],
    ],
    ...[
      ['width="40"', 40, 150],
      ['height="40"', 300, 40],
      ["", 300, 150],
      ['viewBox="1 2 64 48"', 64, 48],
      ['viewBox=" 1,2 , 64 48 "', 64, 48],
      ['width="32" viewBox="0 0 64 48"', 32, 24],
      ['height="96" viewBox="0 0 64 48"', 128, 96],
      ['width="50%" height="96" viewBox="0 0 64 48"', 128, 96],
      ['width="5 0" height="-96" viewBox="0 0 64 48"', 64, 48],
      ['width="5zz" height="1.2.3" viewBox="0 0 64 48"', 64, 48],
      ['viewBox="0 0 0 48"', 300, 150],
      ['viewBox="0 0 64 0"', 300, 150],
      ['viewBox="0 0 -4 -8"', 300, 150],
      ['viewBox="0 0 1 9"', 1, 9],
      ['viewBox="0 0 a 9"', 300, 150],
      ['viewBox="64 48"', 300, 150],
      ['data-width="9" xheight="9"', 300, 150],
      ['width = "40" height\n=\n"30"', 40, 30],
    ],
  ] as const)("of <svg %s> is %i by %i", (attributes, width, height) => {
    expect(sizeOf(`<svg ${attributes}/>`)).toEqual([width, height]);
  });

  test.each(['width="0" height="9"', 'width="9" height="0"', 'width="0"', 'height="0px" viewBox="0 0 9 9"'])(
    "of nothing is refused: %s",
    (attributes) => {
      expect(judge(`<svg ${attributes}/>`)).toEqual({
        kind: "damaged",
        format: "svg",
        reason: "its size is zero",
      });
    },
  );
});

test("UTF-16 is read in both byte orders, and what is told of a drawing is that it may be clear", () => {
  const little = Buffer.from(`\ufeff${root}/>`, "utf16le");
  for (const bytes of [little, Buffer.from(little).swap16()])
    expect(readImageFacts(bytes, bytes.length)).toMatchObject({
      facts: { format: "svg", width: 120, height: 80, alpha: true, samplesPerPixel: 4, animated: false },
    });
});
