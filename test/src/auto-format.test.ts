// `format=auto` answers what is smallest and right: photographs as AVIF or WebP, drawings exactly, and never more bytes than there were.
import { beforeAll, describe, expect, test } from "vitest";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { fileOf, noise } from "../support/noise.ts";
import { scannedPage, scanPng } from "../support/scan.ts";
import { type StoredImage, storeImage } from "../support/stored-image.ts";
import { ask, pixelsOf, pngOf } from "./src-request.ts";

const chrome = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";
const safari =
  "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,*/*;q=0.5";

const asked = (path: string, accept: string, method = "GET") =>
  ask(path, { method, headers: { Accept: accept } });

async function answered(path: string, accept: string) {
  const answer = await asked(path, accept);
  expect(answer.status).toBe(200);
  const { length } = await answer.clone().bytes();
  expect(answer.headers.get("Vary")).toBe("Accept");
  expect(Number(answer.headers.get("Content-Length") ?? length)).toBe(length);
  return { type: answer.headers.get("Content-Type"), length, answer };
}

const isLossless = async (answer: Response) => {
  const reader = createFactsReader();
  reader.push(await answer.bytes());
  const read = reader.end();
  return read.kind === "image" && read.facts.format === "webp" && read.facts.samplesPerPixel >= 3;
};

describe("a scan of one bit a pixel", () => {
  let file: Uint8Array;
  let scan: StoredImage;
  beforeAll(async () => {
    file = scanPng(1000, 1400);
    scan = await storeImage(file);
  });

  test.each([
    ["Chrome", chrome],
    ["Safari", safari],
    ["who takes WebP alone", "image/webp"],
  ])("comes shorter and exact to %s", async (_who, accept) => {
    const { type, length, answer } = await answered(`${scan.path}?format=auto`, accept);
    expect(type).toBe("image/webp");
    expect(length).toBeLessThan(file.length);
    expect(await isLossless(answer.clone())).toBe(true);
    const { data } = await pixelsOf(answer);
    const page = scannedPage(1000, 1400, 1);
    expect(page.every((paper, at) => data[at * 4] === paper * 255)).toBe(true);
  });

  test("stays as it is for who takes neither, and for who takes only what is longer", async () => {
    for (const accept of ["*/*", "image/png", "image/avif"]) {
      const { type, length } = await answered(`${scan.path}?format=auto`, accept);
      expect(type).toBe("image/png");
      expect(length).toBeLessThanOrEqual(file.length);
    }
  });

  test("of a whole page at 300 dots an inch is not rendered at all", async () => {
    const large = scanPng(2480, 3508);
    const { path } = await storeImage(large);
    const { type, length } = await answered(`${path}?format=auto`, chrome);
    expect(type).toBe("image/png");
    expect(length).toBeLessThanOrEqual(large.length);
  });

  test("made small comes as WebP, not as a longer AVIF", async () => {
    const auto = await answered(`${scan.path}?format=auto&w=500`, chrome);
    const avif = await (await ask(`${scan.path}?format=avif&w=500`)).bytes();
    expect(auto.type).toBe("image/webp");
    expect(auto.length).toBeLessThan(avif.length);
  });
});

describe("a photograph", () => {
  test("comes as AVIF or WebP, as before", async () => {
    const { path } = await storeImage(await fixtureBytes("photo.jpg"));
    for (const query of ["?format=auto&w=400", "?format=auto&w=300&h=300&fit=cover&gravity=auto"]) {
      expect((await answered(path + query, chrome)).type).toBe("image/avif");
      expect((await answered(path + query, "image/webp,*/*")).type).toBe("image/webp");
      expect((await answered(path + query, "*/*")).type).toBe("image/jpeg");
    }
  });

  test("that is shorter as it is stays, with ranges, tags and HEAD as on its plain URL", async () => {
    const file = await fileOf("jpg", noise(160, 120, 3), 12);
    const { path } = await storeImage(file);
    const url = `${path}?format=auto`;
    const { type, length, answer } = await answered(url, chrome);
    expect(type).toBe("image/jpeg");
    expect(length).toBe((await (await ask(path)).bytes()).length);
    const etag = answer.headers.get("ETag") ?? "";
    const head = await asked(url, chrome, "HEAD");
    expect([head.status, head.headers.get("Content-Length"), head.headers.get("ETag")]).toEqual([
      200,
      String(length),
      etag,
    ]);
    const again = await ask(url, { headers: { Accept: chrome, "If-None-Match": etag } });
    expect([again.status, again.headers.get("ETag"), again.headers.get("Vary")]).toEqual([
      304,
      etag,
      "Accept",
    ]);
    const part = await ask(url, { headers: { Accept: chrome, Range: "bytes=0-9" } });
    expect([part.status, (await part.bytes()).length]).toEqual([206, 10]);
  });

  test("is saved under the name of what comes", async () => {
    const { path } = await storeImage(scanPng(300, 200));
    const answer = await asked(`${path}?format=auto&download=page`, chrome);
    expect(answer.headers.get("Content-Type")).toBe("image/webp");
    expect(answer.headers.get("Content-Disposition")).toContain('filename="page.webp"');
  });
});

describe("what changes only bytes", () => {
  test.each(["quality=95", "q=100", "lossless=true"])(
    "is never longer than the original: %s",
    async (query) => {
      for (const [format, quality] of [
        ["jpg", 30],
        ["webp", 30],
        ["avif", 30],
      ] as const) {
        const { path } = await storeImage(await fileOf(format, noise(90, 70, 8), quality));
        const plain = await (await ask(path)).bytes();
        const answer = await ask(`${path}?${query}`);
        expect(answer.headers.get("Content-Type")).toBe(`image/${format === "jpg" ? "jpeg" : format}`);
        expect((await answer.bytes()).length, `${format} ${query}`).toBeLessThanOrEqual(plain.length);
      }
    },
  );

  test("is done where it saves something", async () => {
    const { path } = await storeImage(await fixtureBytes("coffee.jpg"));
    const plain = await (await ask(path)).bytes();
    expect((await (await ask(`${path}?q=20`)).bytes()).length).toBeLessThan(plain.length / 2);
  });

  test("a PNG stays, whatever quality it is asked for", async () => {
    const { path } = await storeImage(await pngOf(noise(50, 40, 1)));
    const etag = (await ask(path)).headers.get("ETag");
    for (const query of ["q=50", "lossless=true", "format=png&q=20"])
      expect((await ask(`${path}?${query}`)).headers.get("ETag")).toBe(etag);
  });

  test("a format that is named comes, however long", async () => {
    const { path } = await storeImage(await fileOf("jpg", noise(90, 70, 8), 10));
    const answer = await ask(`${path}?format=png`);
    expect(answer.headers.get("Content-Type")).toBe("image/png");
  });
});

describe("a film", () => {
  test("comes as WebP where that is shorter, and else stays", async () => {
    const { path } = await storeImage(await fixtureBytes("animation.gif"));
    const plain = await (await ask(path)).bytes();
    const { length } = await answered(`${path}?format=auto`, chrome);
    expect(length).toBeLessThanOrEqual(plain.length);
  });
});
