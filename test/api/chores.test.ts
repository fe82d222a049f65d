// The cron: what expired goes, what was left half-done is finished, and what nobody owns is swept away.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deleteImages, expireImages } from "../../workers/api/images/delete-images.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { finishingWith } from "../../workers/api/upkeep/finishing.ts";
import { takeDueWork } from "../../workers/api/upkeep/outbox.ts";
import { sweepPage } from "../../workers/api/upkeep/sweep.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv, authorization, call } from "../support/api.ts";
import { failingAt, replacing } from "../support/failing.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { callJson, makeImages, uploadImage } from "../support/uploads.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const HOUR = 3_600_000;
const outboxRows = async () =>
  (await env.DB.prepare("select image_id, kind from outbox order by kind").all()).results;
const expireNow = (accountId: string) =>
  env.DB.prepare("update images set expires_at = 1 where account_id = ?").bind(accountId).run();

test("An expired image is gone from every answer before the cron comes, and from everywhere after", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key, { ttl: "1h" });
  await expireNow(account.id);
  expect((await callJson(account.key, "GET", `/v1/images/${id}`)).status).toBe(404);
  expect((await callJson(account.key, "GET", `/v1/images?ids=${id}`)).answer).toMatchObject({ data: [] });
  expect((await callJson(account.key, "GET", "/v1/images")).answer).toMatchObject({ data: [] });
  expect((await callJson(account.key, "PATCH", `/v1/images/${id}`, { ttl: "1h" })).status).toBe(404);
  await runChores(apiEnv(), Date.now());
  expect(await leftoversOf(account)).toMatchObject({ objects: [], rows: 0, bytesCounted: 0 });
  expect(await outboxRows()).toEqual([]);
});

test("Images expire in bounded batches, and the next run goes on", async () => {
  const account = await makeAccount();
  await makeImages(account, 150);
  await expireNow(account.id);
  const context = { ...finishingWith(apiEnv()), now: Date.now() };
  expect(await expireImages(1, context)).toBe(100);
  expect((await leftoversOf(account)).rows).toBe(50);
  expect(await expireImages(10, context)).toBe(50);
  expect(await leftoversOf(account)).toMatchObject({ objects: [], rows: 0, bytesCounted: 0 });
});

test("A deletion that its request did not finish is the cron's in a minute, an expiry's too", async () => {
  const account = await makeAccount();
  const [deleted, expired] = [await uploadImage(account.key), await uploadImage(account.key)];
  await env.DB.prepare("update images set expires_at = 1 where id = ?").bind(expired.id).run();
  const now = Date.now();
  const context = { ...finishingWith(apiEnv({ ORIGINALS: failingAt(env.ORIGINALS, "delete") })), now };
  expect(await deleteImages([deleted.id], { ...context, accountId: account.id })).toBe("done");
  expect(await expireImages(1, context)).toBe(1);
  const due = env.DB.prepare("select image_id, due_at from outbox where kind = 'delete' order by image_id");
  expect((await due.all()).results).toEqual(
    [deleted.id, expired.id].toSorted().map((image_id) => ({ image_id, due_at: now + 60_000 })),
  );
  await env.DB.prepare("delete from outbox").run();
});

const ledgerFailing = replacing(env.LEDGER, "getByName", (original, args) => {
  const ledger = original(...args);
  return typeof ledger === "object" && ledger !== null ? failingAt(ledger, "remove") : ledger;
});

test.each([
  ["freeing its storage", "delete", { LEDGER: ledgerFailing }],
  ["removing its object", "delete", { ORIGINALS: failingAt(env.ORIGINALS, "delete") }],
  ["purging it from caches", "purge", { SRC: { purge: () => Promise.reject(new Error("src is down")) } }],
  ["purging, which was refused", "purge", { SRC: { purge: async () => false } }],
])("A deletion that died at %s is finished by the cron", async (_, kind, bindings) => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key);
  await call(`/v1/images/${id}`, { method: "DELETE", headers: authorization(account.key) }, bindings);
  expect(await outboxRows()).toContainEqual({ image_id: id, kind });
  await runChores(apiEnv(bindings), Date.now() + HOUR);
  expect(await outboxRows()).toEqual([{ image_id: id, kind }]);
  const purge = vi.fn(async () => true);
  for (const hours of [2, 3]) await runChores(apiEnv({ SRC: { purge } }), Date.now() + hours * HOUR);
  if (kind === "purge") expect(purge.mock.calls).toEqual([[[id]], [[id]]]);
  expect(await outboxRows()).toEqual([]);
  expect(await leftoversOf(account)).toMatchObject({
    objects: [],
    rows: 0,
    bytesCounted: 0,
    reservations: 0,
  });
});

test("Work that is stuck is put off, so that the rest gets its turn", async () => {
  const account = await makeAccount();
  const [stuck, rest] = [await uploadImage(account.key), await uploadImage(account.key)];
  const { db } = finishingWith(apiEnv());
  for (const [dueAt, { id }] of [stuck, rest].entries())
    await env.DB.prepare(
      "insert into outbox (image_id, kind, account_id, storage, due_at) values (?, 'purge', ?, ?, ?)",
    )
      .bind(id, account.id, account.storage, dueAt)
      .run();
  const taken = async (now: number) =>
    (await takeDueWork(db, ["purge"], 1, now)).map(({ imageId }) => imageId);
  // Nobody finishes it: as if each run died on the way.
  expect([await taken(10), await taken(10), await taken(10)]).toEqual([[stuck.id], [rest.id], []]);
  expect(await taken(10 + 60_000 - 1)).toEqual([]);
  expect(await taken(10 + 60_000)).toHaveLength(1);
  await env.DB.prepare("delete from outbox").run();
});

test("A change of an image's end is purged by the cron when src refused it at once", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key);
  const SRC = { purge: async () => false };
  const headers = { ...authorization(account.key), "Content-Type": "application/json" };
  await call(`/v1/images/${id}`, { method: "PATCH", headers, body: '{"ttl":"1h"}' }, { SRC });
  expect(await outboxRows()).toEqual([{ image_id: id, kind: "purge" }]);
  await runChores(apiEnv(), Date.now() + 600_000);
  expect(await outboxRows()).toEqual([{ image_id: id, kind: "purge-again" }]);
  await runChores(apiEnv(), Date.now() + 1_200_000);
  expect(await outboxRows()).toEqual([]);
  expect((await leftoversOf(account)).rows).toBe(1);
});

test("One chore that fails does not stop the others", async () => {
  const account = await makeAccount();
  await uploadImage(account.key);
  await env.ORIGINALS.put(`${account.storage}/orphan01`, "bytes");
  await runChores(apiEnv({ DB: failingAt(env.DB, "batch") }), Date.now() + 2 * HOUR);
  expect((await leftoversOf(account)).objects).toHaveLength(1);
});

test("The sweeper removes objects without rows once they are an hour old, and nothing else", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key);
  await env.ORIGINALS.put(`${account.storage}/orphan01`, "bytes");
  await env.ORIGINALS.put("notes/of the operator.txt", "not ours");
  // Called as ours are, by whoever filled the bucket before.
  await env.ORIGINALS.put("albums/holiday1", "not ours");
  const context = finishingWith(apiEnv());
  expect(await sweepPage({ ...context, now: Date.now() })).toEqual({ objectsRemoved: 0, imagesFailed: 0 });
  expect(await sweepPage({ ...context, now: Date.now() + 2 * HOUR })).toEqual({
    objectsRemoved: 1,
    imagesFailed: 0,
  });
  expect((await leftoversOf(account)).objects).toEqual([`${account.storage}/${id}`]);
  for (const key of ["notes/of the operator.txt", "albums/holiday1"])
    expect(await env.ORIGINALS.head(key)).not.toBe(null);
  await env.ORIGINALS.delete("albums/holiday1");
});

test("The sweeper removes what was made of images that are gone, and renders of an older engine", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key);
  const below = (id: string, name: string) => `${account.storage}/${id}/${name}`;
  const today = below(id, "v/16/current");
  const outdated = [below(id, "v/9/older"), below(id, "v/15/old")];
  const orphaned = [below("orphan01", "v/16/left"), below("orphan01", "v/9/left")];
  const foreign = below(id, "of the operator");
  for (const key of [today, ...outdated, ...orphaned, foreign]) await env.ORIGINALS.put(key, "bytes");
  const context = { ...finishingWith(apiEnv()), engine: async () => 16 };
  expect((await sweepPage({ ...context, now: Date.now() })).objectsRemoved).toBe(0);
  expect((await sweepPage({ ...context, now: Date.now() + 2 * HOUR })).objectsRemoved).toBe(4);
  expect((await leftoversOf(account)).objects).toEqual([`${account.storage}/${id}`, foreign, today].sort());
  const engine = () => Promise.reject(new Error("src is down"));
  expect((await sweepPage({ ...context, engine, now: Date.now() + 2 * HOUR })).objectsRemoved).toBe(0);
  await env.ORIGINALS.delete([foreign, today]);
});

test("The sweeper goes on among what was made of one image, and past what is not ours", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key);
  const kept = Array.from(
    { length: 1_500 },
    (_, n) => `${account.storage}/${id}/v/16/${String(n).padStart(6, "0")}`,
  );
  // Before, between and behind what is ours, in the order of keys.
  const foreign = ["!", "/", "~", "-note", "/orphan", "/zzzzzzzz~", "/zzzzzzzz/x"].map(
    (rest) => account.storage + rest,
  );
  await Promise.all([...kept, ...foreign].map((key) => env.ORIGINALS.put(key, "x")));
  const cursor = async () => (await env.DB.prepare("select cursor from walks").first<string>("cursor")) ?? "";
  const context = { ...finishingWith(apiEnv()), engine: async () => 16, now: Date.now() + 2 * HOUR };
  for (const start of ["", ...foreign, `${account.storage}/${id}`, ...kept.slice(-2)]) {
    await env.DB.prepare("update walks set cursor = ?").bind(start).run();
    for (let page = 0, at = start; page < 10; page++) {
      expect(await sweepPage(context)).toEqual({ objectsRemoved: 0, imagesFailed: 0 });
      const next = await cursor();
      if (next === "") break;
      expect(next > at, `${next} comes after ${at}`).toBe(true);
      at = next;
    }
    expect(await cursor()).toBe("");
  }
  await env.ORIGINALS.delete(foreign);
  for (let start = 0; start < kept.length; start += 1_000)
    await env.ORIGINALS.delete(kept.slice(start, start + 1_000));
});

test.each([
  ["deleted", "delete from images where id = ?", 0],
  ["blocked", "update images set status = 'blocked' where id = ?", 0],
  ["only changed", "update images set caption = 'new' where id = ?", 1],
])(
  "What a render kept of an image that was %s meanwhile goes when it is purged again",
  async (_, change, left) => {
    const account = await makeAccount();
    const { id } = await uploadImage(account.key);
    await env.DB.prepare(
      "insert into outbox (image_id, kind, account_id, storage, due_at) values (?, 'purge', ?, ?, 0)",
    )
      .bind(id, account.id, account.storage)
      .run();
    await env.DB.prepare(change).bind(id).run();
    const context = apiEnv({ SRC: { purge: async () => true, engine: async () => 16 } });
    await runChores(context, Date.now());
    await env.ORIGINALS.put(`${account.storage}/${id}/v/16/late`, "a render that began before");
    await runChores(context, Date.now() + 4 * 60_000);
    const { objects } = await env.ORIGINALS.list({ prefix: `${account.storage}/${id}/` });
    expect(objects).toHaveLength(left);
    expect(await outboxRows()).toEqual([]);
  },
);

test("An image that ends takes along what was made of it, however much", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key, { ttl: "1h" });
  const names = Array.from({ length: 1_200 }, (_, n) => `${account.storage}/${id}/v/16/${n}`);
  await Promise.all(names.map((key) => env.ORIGINALS.put(key, "x")));
  await expireNow(account.id);
  await runChores(apiEnv(), Date.now());
  expect(await leftoversOf(account)).toMatchObject({ objects: [], rows: 0, bytesCounted: 0 });
});

test("The sweeper marks an image whose original is lost as failed", async () => {
  const account = await makeAccount();
  const [lost, kept] = [await uploadImage(account.key), await uploadImage(account.key)];
  await env.ORIGINALS.delete(`${account.storage}/${lost.id}`);
  await sweepPage({ ...finishingWith(apiEnv()), now: Date.now() + 2 * HOUR });
  expect((await callJson(account.key, "GET", `/v1/images/${lost.id}`)).answer).toMatchObject({
    error: { code: "media_failed" },
  });
  expect((await callJson(account.key, "GET", `/v1/images/${kept.id}`)).status).toBe(200);
});

test("The sweeper walks over everything page by page and begins again", async () => {
  const account = await makeAccount();
  const keys = Array.from({ length: 1_050 }, (_, n) => `${account.storage}/sw${String(n).padStart(6, "0")}`);
  await Promise.all(keys.map((key) => env.ORIGINALS.put(key, "x")));
  const context = { ...finishingWith(apiEnv()), now: Date.now() + 2 * HOUR };
  const removed: number[] = [];
  for (let page = 0; page < 3; page++) removed.push((await sweepPage(context)).objectsRemoved);
  expect(removed.reduce((sum, count) => sum + count)).toBe(1_050);
  expect(Math.max(...removed)).toBeLessThanOrEqual(1_000);
});
