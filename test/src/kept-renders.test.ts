// Dear renders are kept in the bucket: another city reads what has been made once. A deleted picture takes all of it along.
import { env, exports } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { expect, test, vi } from "vitest";
import { deleteOwn } from "../../workers/api/images/store/delete.ts";
import { removeImages } from "../../workers/api/upkeep/remove-objects.ts";
import { keptRenderKey } from "../../workers/shared/object-keys.ts";
import { ENGINE } from "../../workers/src/door/version.ts";
import { replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { askElsewhere } from "./elsewhere.ts";
import { ask } from "./src-request.ts";

const photo = await fixtureBytes("photo.jpg");
/** Predicted at some 500 ms. */
const DEAR = "?size=l&format=avif";
const HOUR = 3_600_000;

async function keptOf(id: string): Promise<readonly string[]> {
  const { objects } = await env.ORIGINALS.list({ prefix: `7c1/${id}/` });
  return objects.map(({ key }) => key);
}

test("A dear render that one city has made is read by the others", async () => {
  const { id, path } = await storeImage(photo);
  const made = await askElsewhere(path + DEAR);
  expect(await keptOf(id)).toEqual([keptRenderKey({ storage: "7c1", id }, ENGINE, made.version)]);
  const read = await askElsewhere(path + DEAR);
  expect(read.bytes).toEqual(made.bytes);
  expect(read.headers.has("Server-Timing")).toBe(false);
  for (const name of ["Content-Type", "Content-Length", "Cache-Control"])
    expect(read.headers.get(name), name).toBe(made.headers.get(name));
  expect(read.headers.get("Content-Type")).toBe("image/avif");
});

test("A developer sees that an answer was kept, and it is the same to the last header", async () => {
  const { path } = await storeImage(photo);
  const made = await ask(path + DEAR);
  const bytes = await made.bytes();
  const version = made.headers.get("ETag")?.replaceAll('"', "");
  const [, storage, id] = /^\/(\w+)\/(\w+)/.exec(path) ?? [];
  await vi.waitFor(async () => expect(await keptOf(id ?? "")).toHaveLength(1));
  await (await caches.open("variants")).delete(`https://variants/${storage}/${id}/${version}`);
  const read = await ask(`${path}${DEAR}&spelled=otherwise`);
  expect([made.headers.get("X-Cache"), read.headers.get("X-Cache")]).toEqual(["MISS", "KEPT"]);
  expect(await read.bytes()).toEqual(bytes);
  const headersOf = (answer: Response) =>
    [...answer.headers].filter(([name]) => !["x-cache", "server-timing", "date"].includes(name));
  expect(headersOf(read)).toEqual(headersOf(made));
  expect((await ask(`${path}${DEAR}&spelled=otherwise`)).headers.get("X-Cache")).toBe("HIT");
});

test("What is kept costs no budget for renders", async () => {
  const { path } = await storeImage(photo);
  await askElsewhere(path + DEAR);
  const limit = vi.fn(async () => ({ success: false }));
  const bindings = { ...env, RENDERS: { limit } };
  const headers = { "CF-Connecting-IP": "203.0.113.30" };
  expect((await askElsewhere(path + DEAR, { headers, bindings })).status).toBe(200);
  expect(limit).not.toHaveBeenCalled();
  expect((await askElsewhere(`${path}?size=m&format=avif`, { headers, bindings })).status).toBe(429);
});

test.each([
  ["cheap", "?size=s", {}],
  ["one of a thousand that anybody can mint", "?w=1283&format=avif", {}],
  ["soon over", DEAR, { expiresAt: Date.now() + HOUR / 2 }],
])("A render that is %s is not kept", async (_, query, changes) => {
  const { id, path } = await storeImage(photo, changes);
  expect((await askElsewhere(path + query)).status).toBe(200);
  expect(await keptOf(id)).toEqual([]);
});

test("What was made under a name that the row no longer means is not kept", async () => {
  const { id, path } = await storeImage(photo);
  const answer = await askElsewhere(path + DEAR, { name: "0".repeat(32) });
  expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
  expect(await keptOf(id)).toEqual([]);
});

test("A render that fails leaves nothing behind", async () => {
  const { id, path } = await storeImage(photo, { sha256: "other bytes" });
  await env.ORIGINALS.put(`7c1/${id}`, photo.slice().fill(0, 300));
  expect((await askElsewhere(path + DEAR)).status).not.toBe(200);
  expect(await keptOf(id)).toEqual([]);
});

test.each(["get", "put"] as const)(
  "A bucket that fails to %s what is kept costs nobody the picture",
  async (name) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { path } = await storeImage(photo);
    const made = await askElsewhere(path + DEAR);
    const ORIGINALS = replacing(env.ORIGINALS, name, async (original, [key, ...rest]) => {
      if (String(key).includes("/v/")) throw new Error(`${name} fails in this test`);
      return original(key, ...rest);
    });
    const again = await askElsewhere(path + DEAR, { bindings: { ...env, ORIGINALS } });
    expect([again.status, again.bytes.length]).toEqual([200, made.bytes.length]);
    vi.restoreAllMocks();
  },
);

test("A deleted picture is gone: as it is, in each size, as a variant, and what was kept of it", async () => {
  const { id, path } = await storeImage(photo);
  const queries = ["", "?size=s", "?size=m", "?size=l", "?w=300&blur=3", "?format=webp&w=320", DEAR];
  for (const query of queries) expect((await ask(path + query)).status, query).toBe(200);
  await vi.waitFor(async () => expect(await keptOf(id)).not.toEqual([]));
  // As the API does it: the row, the caches, the bucket.
  await deleteOwn(drizzle(env.DB), [id], "acc_test", Date.now());
  expect(await exports.default.purge([id])).toBe(true);
  await removeImages(env.ORIGINALS, [{ storage: "7c1", id }]);
  for (const query of queries) expect((await ask(path + query)).status, query).toBe(404);
  expect(await keptOf(id)).toEqual([]);
  expect(await env.ORIGINALS.head(`7c1/${id}`)).toBe(null);
});
