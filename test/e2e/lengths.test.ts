// A plain URL says how long its answer is, from its first view on: messengers that are not told show no preview.
import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
// Without a key only 20 may be uploaded in an hour, by all tests together.
const key = inject("key");
const samples = ["coffee.jpg", "photo-portrait.jpg", "logo.png", "animation.gif", "photo.webp", "photo.avif"];
const others = ["photo.heic", "scan.tiff", "sample.bmp", "icon.ico", "drawing.svg"];

/** What stands on the wire: `fetch` would hide a length that the platform made up. */
function ask(url: string, method: string, headers: Readonly<Record<string, string>> = {}) {
  return new Promise<{ told: string | undefined; chunked: boolean; bytes: number }>((resolve, reject) => {
    const asking = request(url, { method, headers, agent: false }, async (answer) => {
      let bytes = 0;
      for await (const chunk of answer) bytes += chunk.length;
      const { "content-length": told, "transfer-encoding": coding } = answer.headers;
      resolve({ told, chunked: coding !== undefined, bytes });
    });
    asking.on("error", reject);
    asking.end();
  });
}

test.each([...samples, ...others])(
  "The plain URL of %s tells its length, to HEAD and to GET",
  async (name) => {
    const { url } = await uploadOverHttp(origin, name, { key });
    const head = await ask(url, "HEAD");
    const get = await ask(url, "GET");
    expect(get.bytes).toBeGreaterThan(0);
    expect([head.told, get.told, get.chunked]).toEqual([String(get.bytes), String(get.bytes), false]);
  },
);

test.each(samples)("A range of %s tells its length", async (name) => {
  const { url } = await uploadOverHttp(origin, name, { key });
  const part = await ask(url, "GET", { Range: "bytes=5-24" });
  expect(part).toEqual({ told: "20", chunked: false, bytes: 20 });
});

test("The first GET of a file tells its length too", async () => {
  const { url } = await uploadOverHttp(origin, "progressive.jpg", { key });
  const get = await ask(url, "GET");
  expect([get.told, get.chunked]).toEqual([String(get.bytes), false]);
});

test.each([
  ["the card of a page", "photo-portrait.jpg", "?size=social"],
  ["a format of the browser's choice", "coffee.jpg", "?format=auto&w=200"],
  ["what stays as it is", "gray.jpg", "?format=auto"],
  ["an exact drawing", "logo.png", "?format=auto"],
] as const)("So does %s", async (_what, name, query) => {
  const { url } = await uploadOverHttp(origin, name, { key });
  for (const accept of ["image/avif,image/webp,*/*", "*/*"]) {
    const get = await ask(url + query, "GET", { Accept: accept });
    const head = await ask(url + query, "HEAD", { Accept: accept });
    expect([head.told, get.told, get.chunked], accept).toEqual([String(get.bytes), String(get.bytes), false]);
  }
});
