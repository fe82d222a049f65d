import { describe, expect, test } from "vitest";
import { parameterDocs, parseTransform, printTransform, type Transform } from "../../../schema/transform.ts";
import { buildImageUrl, parseImageUrl } from "../../../workers/shared/image-url.ts";

const parse = (path: string) => parseImageUrl(new URL(path, "https://src.example.com"));
const read = (query: string) =>
  Object.fromEntries(
    Object.entries(parseTransform(new URLSearchParams(query))).filter(([, value]) => value !== undefined),
  );

describe("image URLs", () => {
  test("name storage, id and extension", () => {
    expect(parse("/7c1/k3f9x0qa.jpg")).toMatchObject({ storage: "7c1", id: "k3f9x0qa", extension: "jpg" });
  });

  test("take jpeg as another spelling of jpg", () => {
    expect(parse("/7c1/k3f9x0qa.jpeg")?.extension).toBe("jpg");
  });

  test.each([
    ["w=40&amp;h=30", { w: 40, h: 30 }],
    ["w=40&AMP;h=30&amp%3Bfit=cover", { w: 40, h: 30, fit: "cover" }],
    ["w=+40&h=30+", { w: 40, h: 30 }],
    ["download=my+photo", { download: "my photo" }],
  ])("copied out of HTML or written with a plus mean what people meant: ?%s", (query, expected) => {
    expect(parse(`/7c1/k3f9x0qa.jpg?${query}`)?.transform).toMatchObject(expected);
  });

  test("take capitals for what they mean, and an extension that names no format for none", () => {
    expect(parse("/7c1/k3f9x0qa.JPG")?.extension).toBe("jpg");
    expect(parse("/7c1/k3f9x0qa.exe")).toMatchObject({ id: "k3f9x0qa", extension: null });
  });

  test.each([
    "/",
    "/7c1/k3f9x0qa",
    "/7c1/k3f9x0qa.",
    "/7c1/k3f9x0qa.jpg.exe",
    "/7c1/short.jpg",
    "/a/b/k3f9x0qa.jpg",
    "/7C1/k3f9x0qa.jpg",
  ])("do not look like %s", (path) => expect(parse(path)).toBeUndefined());

  test("are read back as they were built", () => {
    const asked: Transform = {
      w: 300,
      h: 200,
      dpr: 1.5,
      fit: "cover",
      gravity: { x: 0.3, y: 0.7 },
      background: "ff880080",
      download: "café & co.jpg",
      anim: false,
    };
    const built = buildImageUrl(
      "https://src.example.com",
      { storage: "7c1", id: "k3f9x0qa", extension: "webp" },
      asked,
    );
    expect(parse(built)).toEqual({
      storage: "7c1",
      id: "k3f9x0qa",
      extension: "webp",
      transform: parseTransform(printTransform(asked)),
    });
    expect(parse(built)?.transform).toMatchObject(asked);
  });

  test("carry no question mark without parameters", () => {
    expect(buildImageUrl("https://s", { storage: "7c1", id: "k3f9x0qa", extension: "jpg" })).toBe(
      "https://s/7c1/k3f9x0qa.jpg",
    );
  });
});

describe("parameters", () => {
  test.each([
    ["width=40&height=30", { w: 40, h: 30 }],
    ["f=jpeg&q=50", { format: "jpg", quality: 50 }],
    ["g=top-left", { gravity: { x: 0, y: 0 } }],
    ["g=0.25x1", { gravity: { x: 0.25, y: 1 } }],
    ["gravity=auto", { gravity: "auto" }],
    ["bg=tomato", { background: "ff6347ff" }],
    ["bg=%23f80", { background: "ff8800ff" }],
    ["bg=transparent", { background: "00000000" }],
    ["trim=true", { trim: 10 }],
    ["trim=0", { trim: 0 }],
    ["sharpen=.5", { sharp: 0.5 }],
    ["flip=vh&rotate=270", { flip: "hv", rotate: 270 }],
    ["anim=0", { anim: false }],
    ["lossless=1", { lossless: true }],
  ])("%s is understood", (query, expected) => expect(read(query)).toEqual(expected));

  test.each([
    "w=0",
    "w=-5",
    "w=12001",
    "w=1e3",
    "w=",
    "w=abc",
    "h=99999999",
    "size=xl",
    "fit=stretch",
    "g=2x2",
    "g=x",
    "g=.x.",
    "dpr=5",
    "q=0",
    "q=101",
    "bg=nocolour",
    "bg=12345",
    "rotate=45",
    "flip=x",
    "trim=101",
    "blur=0",
    "blur=251",
    "sharp=11",
    "brightness=NaN",
    "format=exe",
    "anim=maybe",
    "lossless=false",
    "unknown=1",
    "__proto__=1",
    "constructor=1",
  ])("%s falls away", (query) => expect(read(query)).toEqual({}));

  test("thousands of values of one parameter are not all looked at: a view costs no more for them", () => {
    const nonsense = (count: number) => Array.from({ length: count }, (_, at) => `w=no${at}`).join("&");
    expect(read(`${nonsense(15)}&w=400`)).toEqual({ w: 400 });
    expect(read(`${"w=no&".repeat(4_000)}w=400`)).toEqual({ w: 400 });
    expect(read(`${nonsense(16)}&width=400&h=300`)).toEqual({ h: 300 });
  });

  test("of repeated values the first that makes sense wins", () => {
    expect(read("w=nonsense&w=20&w=30")).toEqual({ w: 20 });
    expect(read("width=20&w=zero")).toEqual({ w: 20 });
  });

  test("are all documented", () => {
    for (const { values, effect } of parameterDocs) expect([values, effect].every(Boolean)).toBe(true);
    expect(parameterDocs.map(({ name }) => name)).toContain("trim");
  });
});
