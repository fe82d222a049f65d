// What is slow to decode is decoded once: renders start from its master, and nobody sees a difference.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { describe, expect, test, vi } from "vitest";
import { images } from "../../schema/tables.ts";
import { deleteOwn } from "../../workers/api/images/store/delete.ts";
import { moderateRow } from "../../workers/api/images/store/update.ts";
import { removeImages, removeMade } from "../../workers/api/upkeep/remove-objects.ts";
import { masterKey } from "../../workers/shared/object-keys.ts";
import { firstLook } from "../../workers/src/door/first-look.ts";
import { reportLost } from "../../workers/src/door/masters.ts";
import { ENGINE } from "../../workers/src/door/version.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import Src from "../../workers/src/index.ts";
import { ssim } from "../harness/measure/ssim.ts";
import { quadrants } from "../support/drawing.ts";
import { replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { askElsewhere } from "./elsewhere.ts";
import { lookAtStored, photo, slowOriginals, storeWithMaster } from "./slow-originals.ts";
import { ask, decode, pngOf } from "./src-request.ts";

/** The types know what is shipped, and nothing else. */
const off = Object.assign({ ...env }, JSON.parse('{"MASTERS":"off"}'));
const avif = await fixtureBytes("photo.avif");
const SMALL = "?w=641&format=png";
const db = drizzle(env.DB);

/** The bucket, and the keys that were read. */
function watched() {
  const read: string[] = [];
  const ORIGINALS = replacing(env.ORIGINALS, "get", (original, args) => {
    read.push(String(args[0]));
    return original(...args);
  });
  return { read, bindings: { ...env, ORIGINALS } };
}

const hashOf = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes))).toHex();

const keysOf = async (id: string) =>
  (await env.ORIGINALS.list({ prefix: `7c1/${id}` })).objects.map(({ key }) => key);

function rgb({ width, height, data }: Pixels) {
  const out = new Uint8Array(3 * width * height);
  for (let at = 0, from = 0; at < out.length; at += 3, from += 4) out.set(data.subarray(from, from + 3), at);
  return { width, height, rgb: out };
}

const alike = async (a: Uint8Array, b: Uint8Array) => ssim(rgb(await decode(a)), rgb(await decode(b)));

describe.each(Object.entries(slowOriginals))("a large %s", (name, make) => {
  test("is read once: each size starts from its master, and looks as if it had not", async () => {
    const { id, path, master } = await storeWithMaster(await make());
    expect(master).toMatchObject({ engine: ENGINE, format: "jpg" });
    const head = await env.ORIGINALS.head(masterKey({ storage: "7c1", id }, ENGINE));
    expect(head?.size).toBe(master.bytes);
    const queries = [SMALL, "?w=401&h=401&fit=cover&rotate=90&contrast=1.4&format=png"];
    // The largest that starts from a master.
    if (name === "avif") queries.push("?w=913&format=png");
    for (const query of queries) {
      const { read, bindings } = watched();
      const quick = await askElsewhere(path + query, { bindings });
      expect(read, query).toEqual([masterKey({ storage: "7c1", id }, ENGINE)]);
      const direct = await askElsewhere(path + query, { bindings: off });
      expect(quick.version).not.toBe(direct.version);
      expect(await alike(quick.bytes, direct.bytes), query).toBeGreaterThan(0.995);
    }
  }, 180_000);
});

test("What a master can not show as well starts from the original, under the same name as ever", async () => {
  const { id, path } = await storeWithMaster(avif);
  const { read, bindings } = watched();
  for (const query of ["?w=915", "?trim=5&w=121", "?w=121&sharp=1"]) {
    const answer = await askElsewhere(path + query, { bindings });
    const direct = await askElsewhere(path + query, { bindings: off });
    expect(answer.version, query).toBe(direct.version);
    expect(await hashOf(answer.bytes), query).toBe(await hashOf(direct.bytes));
  }
  expect(new Set(read)).toEqual(new Set([`7c1/${id}`]));
});

test("The plain original is its own bytes, whether or not there is a master", async () => {
  const { path } = await storeWithMaster(avif);
  const { path: bare } = await storeImage(avif);
  const [answer, other] = [await ask(path), await ask(bare)];
  expect(answer.headers.get("ETag")).toBe(other.headers.get("ETag"));
  expect(await hashOf(await answer.bytes())).toBe(await hashOf(await other.bytes()));
});

test("A master that the bucket has lost costs nobody the picture, which has the name of what it is", async () => {
  const { id, path } = await storeWithMaster(avif);
  const before = await ask(path + SMALL);
  await before.bytes();
  await removeMade(env.ORIGINALS, [{ storage: "7c1", id }]);
  await exports.default.purge([id]);
  await (await caches.open("variants")).delete(
    `https://variants/7c1/${id}/${before.headers.get("ETag")?.replaceAll('"', "")}`,
  );
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const answer = await ask(path + SMALL);
  const direct = await askElsewhere(path + SMALL, { bindings: off });
  expect(answer.status).toBe(200);
  expect(await hashOf(await answer.bytes())).toBe(await hashOf(direct.bytes));
  expect(answer.headers.get("ETag")).toBe(`"${direct.version}"`);
  expect(answer.headers.get("ETag")).not.toBe(before.headers.get("ETag"));
  expect(logged).toHaveBeenCalledWith(expect.stringContaining(id));
  vi.restoreAllMocks();
});

test("A master that is lost is said once, and made anew: nobody looks for it any more, and the cron looks at the picture", async () => {
  const { id, path, master } = await storeWithMaster(avif);
  await removeMade(env.ORIGINALS, [{ storage: "7c1", id }]);
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const context = createExecutionContext();
  const src = new Src(context, env);
  const view = (query: string) => src.fetch(new Request(`https://src.example.com${path}${query}`));
  await Promise.all([631, 632, 633].map(async (width) => (await view(`?w=${width}`)).bytes()));
  await waitOnExecutionContext(context);
  const told = logged.mock.calls.filter((words) => String(words[0]).includes(id));
  expect(told).toHaveLength(1);
  vi.restoreAllMocks();
  const rowOf = () => db.select().from(images).where(eq(images.id, id)).get();
  expect(await rowOf()).toMatchObject({ master: null, lookDueAt: expect.any(Number) });
  const { read, bindings } = watched();
  await askElsewhere(`${path}?w=634`, { bindings });
  expect(read).toEqual([`7c1/${id}`]);
  await lookAtStored(id);
  expect((await askElsewhere(`${path}?w=635`)).plan).toMatchObject({ master });
});

test("What a master's loss changes is its own row: one that was made meanwhile stays, and a blocked picture owes no look", async () => {
  const { id, master } = await storeWithMaster(avif);
  const owner = { storage: "7c1", id };
  const rowOf = () => db.select().from(images).where(eq(images.id, id)).get();
  await reportLost(env.DB, owner, { ...master, bytes: master.bytes - 1 }, 5);
  expect(await rowOf()).toMatchObject({ master: JSON.stringify(master), lookDueAt: null });
  await moderateRow(db, id, { status: "blocked" }, 4);
  await reportLost(env.DB, owner, master, 5);
  expect(await rowOf()).toMatchObject({ status: "blocked", lookDueAt: null });
});

test("Who was told a name before the master was there gets what that names", async () => {
  const { id, path } = await storeImage(avif);
  const early = await askElsewhere(path + SMALL);
  await lookAtStored(id);
  const late = await askElsewhere(path + SMALL, { name: early.version });
  expect(await hashOf(late.bytes)).toBe(await hashOf(early.bytes));
  expect(late.headers.get("Cache-Control")).toContain("immutable");
  expect((await askElsewhere(path + SMALL)).version).not.toBe(early.version);
});

test("A master of another engine is not read", async () => {
  const { id, path, master } = await storeWithMaster(avif);
  const older = JSON.stringify({ ...master, engine: ENGINE - 1 });
  await db.update(images).set({ master: older }).where(eq(images.id, id));
  const { read, bindings } = watched();
  await askElsewhere(path + SMALL, { bindings });
  expect(read).toEqual([`7c1/${id}`]);
  // `reexamine` looks once more.
  await lookAtStored(id);
  expect((await askElsewhere(path + SMALL)).plan).toMatchObject({ master });
});

test("MASTERS=off: none is made", async () => {
  const { id } = await storeImage(avif);
  const row = await db.select().from(images).where(eq(images.id, id)).get();
  if (!row) throw new Error("there is no row");
  const looked = await firstLook(off, row);
  expect(looked).toMatchObject({ outcome: "shown" });
  expect(looked).not.toHaveProperty("master");
  expect(await keysOf(id)).toEqual([`7c1/${id}`]);
});

test.each(["photo.jpg", "photo.webp", "photo.heic", "animation.webp", "logo.png"])(
  "%s is as well read itself",
  async (name) => {
    const { id } = await storeImage(await fixtureBytes(name));
    expect(await lookAtStored(id)).not.toHaveProperty("master");
    expect(await keysOf(id)).toEqual([`7c1/${id}`]);
  },
);

test("A large drawing loses nothing to a JPEG", async () => {
  const { width, height } = await photo();
  const { id } = await storeImage(await pngOf(quadrants(width, height)), {});
  const looked = await lookAtStored(id);
  expect(looked.outcome === "shown" && looked.master?.format).not.toBe("jpg");
});

test("A bucket that takes no master costs nobody the look", async () => {
  const { id } = await storeImage(avif);
  const row = await db.select().from(images).where(eq(images.id, id)).get();
  if (!row) throw new Error("there is no row");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const ORIGINALS = replacing(env.ORIGINALS, "put", async () => {
    throw new Error("put fails in this test");
  });
  const looked = await firstLook({ ...env, ORIGINALS }, row);
  expect(looked).toMatchObject({ outcome: "shown", isMasterOwed: true });
  expect(looked).not.toHaveProperty("master");
  vi.restoreAllMocks();
});

test("Location and the like come from the original, which the master has nothing of", async () => {
  const { id, path } = await storeWithMaster(await slowOriginals.webp(), { hiddenMetadata: "keep" });
  const { read, bindings } = watched();
  await askElsewhere(`${path}?w=201&format=jpg&metadata=keep`, { bindings });
  expect(read).toContain(`7c1/${id}`);
  expect(read).toContain(masterKey({ storage: "7c1", id }, ENGINE));
});

test.each([
  ["deleted", (id: string) => deleteOwn(db, [id], "acc_test", Date.now())],
  ["blocked", (id: string) => moderateRow(db, id, { status: "blocked" }, Date.now())],
  ["expired", (id: string) => db.update(images).set({ expiresAt: 1 }).where(eq(images.id, id))],
] as const)(
  "Of a picture that is %s nothing is seen, its master is no address, and goes with it",
  async (_, end) => {
    const { id, path } = await storeWithMaster(avif);
    expect((await ask(path + SMALL)).status).toBe(200);
    await end(id);
    await exports.default.purge([id]);
    for (const query of ["", SMALL, "?size=s"]) expect((await ask(path + query)).status, query).toBe(404);
    expect((await ask(`/7c1/${id}/m/${ENGINE}`)).status).toBe(404);
    await removeImages(env.ORIGINALS, [{ storage: "7c1", id }]);
    expect(await keysOf(id)).toEqual([]);
  },
);
