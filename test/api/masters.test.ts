// The master of an image in its row and its bucket: it comes with the look, and goes with the image. Nobody pays for its room.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import type { Image } from "../../schema/api.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { moderateRow } from "../../workers/api/images/store/index.ts";
import { finishingWith } from "../../workers/api/upkeep/finishing.ts";
import { lookOwed } from "../../workers/api/upkeep/owed-looks.ts";
import { sweepPage } from "../../workers/api/upkeep/sweep.ts";
import type { Looked, LookQuestion } from "../../workers/shared/looked.ts";
import { masterKey } from "../../workers/shared/object-keys.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv, authorization, call } from "../support/api.ts";
import { failingAt } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const HOUR = 3_600_000;
const db = openDatabase(env.DB);
const size = { width: 600, height: 400 };
const master = { engine: 9, format: "jpg", width: 600, height: 400, bytes: 6 } as const;
const shown: Looked = {
  outcome: "shown",
  engine: 9,
  isDamaged: false,
  placeholder: { thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI", color: "#7a8c99" },
  sizes: { plain: size, small: { width: 480, height: 320 }, medium: size, large: size },
  master,
};

/** Src, which puts a master beside what it looks at. */
async function look(question: LookQuestion): Promise<Looked> {
  await env.ORIGINALS.put(masterKey(question, master.engine), "master");
  return shown;
}
const making = { SRC: { look, purge: async () => true, engine: async () => 9 } };

const columns = ({ id }: Pick<Image, "id">) =>
  env.DB.prepare("select master, look_due_at from images where id = ?").bind(id).first();

test("A master is in the row from the first, and takes no room of its owner's", async () => {
  const account = await makeAccount();
  const image = await uploadImage(account.key, {}, making);
  expect(await columns(image)).toEqual({ master: JSON.stringify(master), look_due_at: null });
  const left = await leftoversOf(account);
  expect(left.objects).toEqual([`${account.storage}/${image.id}`, `${account.storage}/${image.id}/m/9`]);
  expect(left.bytesCounted).toBe(image.bytes);
  await callJson(account.key, "DELETE", `/v1/images/${image.id}`);
  expect(await leftoversOf(account)).toMatchObject({ objects: [], rows: 0, bytesCounted: 0 });
});

test("An upload that fails after its master was made leaves none behind", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const account = await makeAccount();
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const init = { method: "POST", body: await fixtureBytes("coffee.jpg"), headers };
  const answer = await call("/v1/images", init, { ...making, DB: failingAt(env.DB, "batch") });
  expect(answer.status).toBe(502);
  expect(await leftoversOf(account)).toEqual(nothing);
  vi.restoreAllMocks();
});

test("A look that src had no time for makes the master when the cron asks again", async () => {
  const { key } = await makeAccount();
  const busy = { SRC: { look: async () => ({ outcome: "later" }) } };
  const image = await uploadImage(key, {}, busy);
  expect(await columns(image)).toMatchObject({ master: null });
  await env.DB.prepare("update images set look_due_at = 1 where id = ?").bind(image.id).run();
  await lookOwed({ db, ask: look, now: Date.now() });
  expect(await columns(image)).toEqual({ master: JSON.stringify(master), look_due_at: null });
});

test("Blocking takes the master out of the row, and unblocking has the cron make it anew", async () => {
  const { key } = await makeAccount();
  const image = await uploadImage(key, {}, making);
  const now = Date.now();
  await moderateRow(db, image.id, { status: "blocked" }, now);
  expect(await columns(image)).toEqual({ master: null, look_due_at: null });
  await moderateRow(db, image.id, { status: "ready" }, now);
  expect(await columns(image)).toEqual({ master: null, look_due_at: now });
  await lookOwed({ db, ask: look, now });
  expect(await columns(image)).toEqual({ master: JSON.stringify(master), look_due_at: null });
  // What was not blocked owes nothing.
  await moderateRow(db, image.id, { status: "ready", nsfw: true }, now);
  expect(await columns(image)).toEqual({ master: JSON.stringify(master), look_due_at: null });
});

test("The sweeper takes masters of an older engine, and those of images that are gone", async () => {
  const account = await makeAccount();
  const { id } = await uploadImage(account.key, {}, making);
  await env.ORIGINALS.put(masterKey({ storage: account.storage, id }, 8), "older");
  await env.ORIGINALS.put(masterKey({ storage: account.storage, id: "orphan01" }, 9), "left");
  const context = { ...finishingWith(apiEnv()), engine: async () => 9 };
  await sweepPage({ ...context, now: Date.now() + 2 * HOUR });
  const left = await leftoversOf(account);
  expect(left.objects).toEqual([`${account.storage}/${id}`, `${account.storage}/${id}/m/9`]);
});

test("A master that the bucket did not take is tried again by the cron, in an hour", async () => {
  const { key } = await makeAccount();
  const { master: _, ...seen } = shown;
  const refused = { SRC: { ...making.SRC, look: async () => ({ ...seen, isMasterOwed: true }) } };
  const before = Date.now();
  const image = await uploadImage(key, {}, refused);
  const due = Number((await columns(image))?.look_due_at);
  expect(image.placeholder).not.toBe(null);
  expect(due).toBeGreaterThanOrEqual(before + HOUR);
  await lookOwed({ db, ask: look, now: due - 1 });
  expect(await columns(image)).toMatchObject({ master: null });
  await lookOwed({ db, ask: look, now: due });
  expect(await columns(image)).toEqual({ master: JSON.stringify(master), look_due_at: null });
});

test("A picture that was seen once stays what it is, though its master can never be made", async () => {
  const { key } = await makeAccount();
  const image = await uploadImage(key, {}, making);
  await env.DB.prepare("update images set master = null, look_due_at = 1 where id = ?").bind(image.id).run();
  let now = Date.now();
  for (let attempt = 0; attempt < 8; attempt++) {
    now += 100 * 24 * HOUR;
    await lookOwed({ db, ask: async () => ({ outcome: "failed" }), now });
  }
  expect(await columns(image)).toEqual({ master: null, look_due_at: null });
  expect((await callJson(key, "GET", `/v1/images/${image.id}`)).answer).toMatchObject({
    transformable: true,
    notes: image.notes,
  });
});

test("The sweeper takes a master that no row tells of any more, as MASTERS=off leaves them, and no other", async () => {
  const account = await makeAccount();
  const [off, on] = [await uploadImage(account.key, {}, making), await uploadImage(account.key, {}, making)];
  await env.DB.prepare("update images set master = null where id = ?").bind(off.id).run();
  const context = { ...finishingWith(apiEnv()), engine: async () => 9 };
  await sweepPage({ ...context, now: Date.now() });
  expect((await leftoversOf(account)).objects).toHaveLength(4);
  await env.DB.prepare("delete from walks").run();
  await sweepPage({ ...context, now: Date.now() + 2 * HOUR });
  const left = await leftoversOf(account);
  const kept = [
    `${account.storage}/${off.id}`,
    `${account.storage}/${on.id}`,
    `${account.storage}/${on.id}/m/9`,
  ];
  expect(left.objects).toEqual(kept.toSorted());
});
