// What is no image, what was cut off on the way, and what was made to hurt.
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createFactsReader, type FactsResult, readImageFacts } from "../../../workers/shared/image-facts.ts";
import { damage } from "../../harness/hostile/mutate.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { chunksOf, fixture, fixtureNames } from "../../support/fixtures.ts";
import { buildHeif, imageSize } from "../../support/make-fixtures/heif-file.ts";
import { insertChunks, splitPng } from "../../support/make-fixtures/png-chunks.ts";
import { countProcessorTime } from "../../support/processor-time.ts";

const judge = (bytes: Uint8Array) => readImageFacts(bytes, bytes.length);
/** Refused, or taken as far as it goes. */
const isDamaged = (read: FactsResult) =>
  read.kind === "damaged" || (read.kind === "image" && read.facts.damaged);
const text = (content: string) => judge(Buffer.from(content));

describe("is not an image", () => {
  test.each([
    ["empty bytes", ""],
    ["a line of text", "hello, this was named holiday.jpg"],
    ["a web page", "<!doctype html><html><body>404</body></html>"],
    ["a web page with a drawing in it", "<!DOCTYPE html>\n<html><svg width='1' height='1'/></html>"],
    ["a fragment of HTML", "<div><svg xmlns='http://www.w3.org/2000/svg'></svg></div>"],
    ["another XML", '<?xml version="1.0"?><rss><channel/></rss>'],
    ["an element that only begins like svg", "<svgfoo width='1'/>"],
    ["a PDF", "%PDF-1.7 and so on"],
    ["a letter that begins with BM", "BM was here, and wrote quite a long letter about it all."],
    ["a video", "\0\0\0\x18ftypisom\0\0\x02\0isomiso2mp41 and then a moov"],
  ])("%s", (_, content) => {
    expect(judge(Buffer.from(content, "latin1"))).toEqual({ kind: "not-an-image" });
  });

  test("a lone first byte, or no more than a signature's beginning", () => {
    expect(judge(Uint8Array.of(0xff))).toEqual({ kind: "not-an-image" });
    expect(judge(Buffer.from("GIF8"))).toEqual({ kind: "not-an-image" });
  });
});

test("is damaged where its picture is made of nothing: nobody could ever look at it", () => {
  const items = [{ type: "iden", payload: Buffer.alloc(8), properties: [1] }] as const;
  for (const brand of ["avif", "heic"] as const)
    expect(judge(buildHeif({ brand, properties: [imageSize(40, 30)], items }))).toEqual({
      kind: "damaged",
      format: brand,
      reason: "it has no picture",
    });
});

describe("is damaged when its end is missing", () => {
  const closed = fixtureNames.filter((name) => !/svg|jpg|png$/.test(name));
  test.each(closed)("%s", (name) => {
    const bytes = fixture(name);
    for (const left of [0.3, 0.6, 0.98]) {
      const cut = judge(bytes.subarray(0, Math.floor(bytes.length * left)));
      expect(isDamaged(cut), `${left} of it`).toBe(true);
    }
  });

  test.each(fixtureNames.filter((name) => /jpg|png$/.test(name)))(
    "but not %s, of which browsers show what there is; without a head it is",
    (name) => {
      const bytes = fixture(name);
      const whole = judge(bytes);
      for (const left of [0.3, 0.6, 0.98]) {
        const cut = judge(bytes.subarray(0, Math.floor(bytes.length * left)));
        if (whole.kind !== "image") throw new Error(`${name} is ${whole.kind}`);
        const { format, width, height, orientation } = whole.facts;
        expect(cut, `${left} of it`).toMatchObject({
          kind: "image",
          facts: { format, width, height, orientation },
        });
      }
      expect(judge(bytes.subarray(0, 30))).toMatchObject({ kind: "damaged" });
    },
  );

  test("a JPEG without EOI has no end that a header tells, a PNG without IEND needs none", () => {
    expect(judge(fixture("gray.jpg").subarray(0, -2))).toMatchObject({ facts: { endless: true } });
    expect(judge(fixture("deep.png").subarray(0, -12))).toEqual(judge(fixture("deep.png")));
  });

  test("a GIF without a frame", () => {
    const gif = fixture("disposal.gif");
    const frameless = Buffer.concat([gif.subarray(0, 25), Uint8Array.of(0x3b)]);
    expect(judge(frameless)).toMatchObject({ kind: "damaged", reason: "it holds no frame" });
  });
});

test("bytes behind the end are tolerated", () => {
  const garbage = Buffer.from("trailing garbage, as some editors leave it");
  for (const name of ["gray.jpg", "logo.png", "disposal.gif", "photo.webp", "sample.bmp", "icon.ico"])
    expect(judge(Buffer.concat([fixture(name), garbage])), name).toMatchObject({ kind: "image" });
});

describe("sizes nobody can have", () => {
  const claiming = (width: number, height: number) => {
    const png = fixture("deep.png");
    const [header] = splitPng(png);
    const claim = Buffer.from(header?.body ?? []);
    claim.writeUInt32BE(width, 0);
    claim.writeUInt32BE(height, 4);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(Buffer.concat([Buffer.from("IHDR"), claim])));
    return judge(Buffer.concat([png.subarray(0, 16), claim, sum, png.subarray(33)]));
  };
  test.each([
    [0, 10],
    [10, 0],
    [0x7fffffff, 0x7fffffff],
    [4_294_967_295, 1],
  ])("%i x %i is damaged", (width, height) => {
    expect(claiming(width, height)).toMatchObject({ kind: "damaged", reason: "its size is impossible" });
  });

  test("a large claim within reason is told, for the caller to refuse", () => {
    expect(claiming(60_000, 60_000)).toMatchObject({ kind: "image", facts: { megapixels: 3_600 } });
  });

  test("a second header is refused, since decoders differ in which they believe", () => {
    const png = fixture("deep.png");
    const again = insertChunks(png, splitPng(png).slice(0, 1));
    expect(judge(again)).toMatchObject({ kind: "damaged", reason: "it has two headers" });
  });
});

describe("SVG sizes", () => {
  const xmlns = 'xmlns="http://www.w3.org/2000/svg"';
  test.each([
    ["attributes", `<svg ${xmlns} width="120" height="80"/>`, 120, 80],
    ["units", `<svg ${xmlns} width="1in" height="2.54cm"/>`, 96, 96],
    ["only a viewBox", `<svg ${xmlns} viewBox="0,0 30 20"></svg>`, 30, 20],
    ["percentages and a viewBox", `<svg ${xmlns} width="100%" height="100%" viewBox="0 0 64 48"/>`, 64, 48],
    ["width and the viewBox's aspect", `<svg ${xmlns} width="300" viewBox="0 0 3 2"/>`, 300, 200],
    ["nothing said", `<svg ${xmlns}></svg>`, 300, 150],
    ["single quotes, a prefix, a byte order mark", "\ufeff<s:svg xmlns:s='x' width='7' height='9'/>", 7, 9],
    [
      "prolog, comment, doctype with entities",
      `<?xml version="1.0"?>\n<!-- > <html> -->\n<!DOCTYPE svg [<!ENTITY a ">">]>\n<svg width="4" height="5">`,
      4,
      5,
    ],
    ["a > inside an attribute", `<svg ${xmlns} data-x="a>b" width="4" height="5">`, 4, 5],
  ])("%s", (_, content, width, height) => {
    expect(text(content)).toMatchObject({ kind: "image", facts: { format: "svg", width, height } });
  });

  test("UTF-16 is read too", () => {
    expect(text("")).toEqual({ kind: "not-an-image" });
    const utf16 = Buffer.from(`\ufeff<svg ${xmlns} width="12" height="34"/>`, "utf16le");
    expect(judge(utf16)).toMatchObject({ kind: "image", facts: { width: 12, height: 34 } });
  });

  test("a size of zero is damaged", () => {
    expect(text(`<svg ${xmlns} width="0" height="10"/>`)).toMatchObject({ kind: "damaged", format: "svg" });
  });
});

describe("survives any bytes", () => {
  test.each(fixtureNames.filter((name) => name !== "photo.jpg"))("mutations of %s", (name) => {
    const random = seededRandom(name.length * 7_919);
    const bytes = fixture(name);
    for (let round = 0; round < 150; round++) {
      const broken = damage(bytes, random);
      const milliseconds = countProcessorTime();
      const whole = judge(broken);
      const reader = createFactsReader();
      for (const chunk of chunksOf(broken, 1 + Math.floor(random() * 5_000))) reader.push(chunk);
      expect(reader.end()).toEqual(whole);
      expect(milliseconds()).toBeLessThan(500);
    }
  });

  test("random bytes behind every signature", () => {
    const random = seededRandom(1);
    for (const name of fixtureNames) {
      const front = fixture(name).subarray(0, 42);
      for (let round = 0; round < 30; round++) {
        const noise = Uint8Array.from({ length: 1_000 }, () => Math.floor(random() * 256));
        noise.set(front.subarray(0, 12 + round));
        expect(["image", "damaged", "not-an-image"]).toContain(judge(noise).kind);
      }
    }
  });
});
