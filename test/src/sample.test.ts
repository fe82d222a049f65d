// The sample picture: there without a row and an object, on every deployment's first day.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { SAMPLE } from "../../schema/sample.ts";
import { ask, pixelsOf } from "./src-request.ts";

const path = `/${SAMPLE.storage}/${SAMPLE.id}.${SAMPLE.extension}`;

test("the sample is served on a deployment that has no pictures, and by its conditions", async () => {
  const answer = await ask(path);
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "image/jpeg"]);
  expect((await answer.bytes()).length).toBe(Number(answer.headers.get("Content-Length")));
  const known = await ask(path, { headers: { "If-None-Match": answer.headers.get("ETag") ?? "" } });
  expect(known.status).toBe(304);
});

test.each([
  ["?w=300&h=300&fit=cover&gravity=auto", 300, 300],
  ["?size=s", 426, 320],
  ["?w=60&rotate=90", 60, 80],
  ["?w=90&format=avif", 90, 67],
  ["?w=90&format=webp", 90, 67],
])("the sample is transformed as any picture: %s", async (query, width, height) => {
  const pixels = await pixelsOf(await ask(path + query));
  expect([pixels.width, Math.abs(pixels.height - height) <= 1]).toEqual([width, true]);
});

test("a range of the sample is answered, twice alike", async () => {
  const part = async () => (await ask(path, { headers: { Range: "bytes=100-199" } })).bytes();
  expect(await part()).toEqual(await part());
  expect(await part()).toHaveLength(100);
});

test("dear renders of the sample leave nothing in the bucket", async () => {
  await (await ask(`${path}?size=l&format=avif`)).bytes();
  expect((await env.ORIGINALS.list({ prefix: SAMPLE.storage })).objects).toEqual([]);
});

test("no other picture is at the sample's storage", async () => {
  expect((await ask(`/${SAMPLE.storage}/aaaaaaaa.jpg`)).status).toBe(404);
});
