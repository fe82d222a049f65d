// `npm run probe` finds nothing wrong with the product as it is, and says what is wrong where something stands between that breaks it.
import { expect, inject, test } from "vitest";
import type { Ended } from "../../cli/ended.ts";
import { type Breaking, startProxy } from "../support/breaking-proxy.ts";
import { runCommand } from "../support/run-command.ts";

const origin = inject("origin");
const key = inject("key");

const probe = (...words: readonly string[]) =>
  runCommand("cli/probe.ts", words, { env: { EDGEPIX_KEY: "" } });

async function probeThrough(breaking: Breaking, ...words: readonly string[]): Promise<Ended> {
  const proxy = await startProxy(origin, breaking);
  try {
    return await probe(proxy.origin, "--patience", "1", ...words);
  } finally {
    await proxy.stop();
  }
}

const uploadedUrl = (said: string) => /^Uploaded (\S+)/m.exec(said)?.[1] ?? "";

test("All is well with the product as it is, and nothing of the probe is left", async () => {
  const { code, said } = await probe(origin, "--key", key);
  expect(said).not.toContain("WRONG");
  expect(said.match(/^ok /gm)).toHaveLength(12);
  expect(said).toContain("All is well.");
  expect(code).toBe(0);
  expect((await fetch(uploadedUrl(said))).status).toBe(404);
});

test("All is well through a proxy that changes nothing", async () => {
  const { code, said } = await probeThrough({}, "--key", key);
  expect(said).toContain("All is well.");
  expect(code).toBe(0);
});

test("Without a key it looks as a stranger, and says when its picture goes", async () => {
  const { code, said } = await probe(origin);
  expect(said).toMatch(/ok +a deletion: not checked/);
  expect(said).toMatch(/goes by itself at \d{4}-/);
  expect(code).toBe(0);
});

const setHeader =
  (name: string, value: string): NonNullable<Breaking["answer"]> =>
  ({ headers }) =>
    headers.set(name, value);
const withoutHeader =
  (name: string): NonNullable<Breaking["answer"]> =>
  ({ headers }) =>
    headers.delete(name);

test.each<[string, Breaking, RegExp]>([
  [
    "a zone's Browser Cache TTL",
    { answer: setHeader("Cache-Control", "public, max-age=14400") },
    /WRONG +how long browsers keep a picture.*max-age=14400.*\n.*Browser Cache TTL[\s\S]*WRONG +how long browsers keep a 404/,
  ],
  [
    "a cache that serves what is deleted",
    { keeps: true },
    /WRONG +a deletion: \d+ of \d+ addresses still show the deleted picture/,
  ],
  [
    "a cache that ignores Accept",
    { keeps: true },
    /WRONG +format=auto: a browser that reads no WebP was sent one/,
  ],
  [
    "no cache at all",
    { answer: withoutHeader("X-Cache") },
    /WRONG +a cached view: the cache never has the picture[\s\S]*Workers Caching is off/,
  ],
  [
    "weak ETags",
    { answer: ({ headers }) => headers.set("ETag", `W/${headers.get("ETag")}`) },
    /the ETag is weak/,
  ],
  [
    "no Vary",
    { answer: withoutHeader("Vary") },
    /WRONG +format=auto: the answer does not say that it varies/,
  ],
  ["no conditions", { request: withoutHeader("If-None-Match") }, /WRONG +304 .*was sent it again \(200/],
  ["no ranges", { request: withoutHeader("Range") }, /WRONG +Range .*answered with 200/],
  [
    "no CORS",
    { answer: withoutHeader("Access-Control-Allow-Origin") },
    /WRONG +use by other sites: Access-Control-Allow-Origin is "null"/,
  ],
  [
    "the edge's own header",
    { answer: setHeader("Cloudflare-CDN-Cache-Control", "public, max-age=604800") },
    /the header meant for Cloudflare alone has come through/,
  ],
])("It names %s", async (_, breaking, sentence) => {
  const { code, said } = await probeThrough(breaking, "--key", key);
  expect(said).toMatch(sentence);
  expect(said).toMatch(/\d+ things? (is|are) wrong\.$/m);
  expect(code).toBe(1);
  expect((await fetch(uploadedUrl(said).replace(/^http:\/\/[^/]+/, origin))).status).toBe(404);
});

test("Where pictures are passed on, a cache that says nothing is not called wrong", async () => {
  const { code, said } = await probeThrough(
    { answer: withoutHeader("X-Cache") },
    "--key",
    key,
    "--passed-on",
  );
  expect(said).toMatch(/ok +a cached view: the same bytes again; pictures are passed on here/);
  expect(code).toBe(0);
});

test("What can't be reached or lets nobody in is not called wrong: nothing could be checked", async () => {
  const nowhere = await probe("http://127.0.0.1:9");
  expect([nowhere.code, nowhere.said]).toEqual([2, expect.stringContaining("does not answer")]);
  const refused = await probe(origin, "--key", "img_live_wrong");
  expect([refused.code, refused.said]).toEqual([2, expect.stringMatching(/refused \(401\)/)]);
});
