// What the operator's copy of a deployment asks for: rows and originals out, back in, and a look whether all agrees.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { usageSchema } from "../../schema/api.ts";
import {
  type CopiedRow,
  copiedRowsSchema,
  copiedTableNames,
  restoredRowsSchema,
  verifiedSchema,
} from "../../schema/backup.ts";
import { makeAccount } from "../support/accounts.ts";
import { call } from "../support/api.ts";
import { storeRow } from "../support/stored-rows.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const TOKEN = "an-operators-long-secret";
const { key, id: accountId } = await makeAccount({ plan: "free" });
const old = Date.now() - 2 * 3_600_000;

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("delete from images"), env.DB.prepare("delete from outbox")]);
  // What the test before left in its ledger.
  await verify("ledgers", { fix: true });
});

function operate(
  path: string,
  init: { method?: string; body?: string | Uint8Array<ArrayBuffer>; token?: string } = {},
) {
  const { token = TOKEN, ...rest } = init;
  const length = rest.body && { "Content-Length": String(rest.body.length) };
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...length };
  return call(`/v1/admin/backup/${path}`, { ...rest, headers }, { ADMIN_TOKEN: TOKEN });
}
const send = (path: string, body: object) => operate(path, { method: "POST", body: JSON.stringify(body) });

async function rowsOf(table: string): Promise<readonly CopiedRow[]> {
  const { rows } = copiedRowsSchema.parse(await (await operate(`rows?table=${table}`)).json());
  return rows;
}

async function verify(part: "images" | "ledgers", options: object = {}) {
  const faults: { id: string; kind: string; fixed: boolean }[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const answer = verifiedSchema.parse(await (await send("verify", { part, cursor, ...options })).json());
    faults.push(...answer.faults);
    cursor = answer.next_cursor;
  }
  return faults;
}

/** A picture that is two hours old: what is younger may be on its way. */
async function uploadOld(fields: Readonly<Record<string, string>> = {}) {
  const image = await uploadImage(key, fields);
  await env.DB.prepare("update images set created_at = ? where id = ?").bind(old, image.id).run();
  await env.DB.prepare("update image_labels set created_at = ? where image_id = ?").bind(old, image.id).run();
  const [row] = (await rowsOf("images")).filter(({ id }) => id === image.id);
  return { ...image, key: `${row?.storage}/${image.id}`, row: row ?? {} };
}

const usage = async () => usageSchema.parse((await callJson(key, "GET", "/v1/usage")).answer).totals;

test("Strangers and accounts' keys get nothing of it", async () => {
  for (const token of [key, "nonsense-nonsense", ""])
    for (const path of ["rows?table=images", "original?storage=abc&id=abcdefgh"])
      expect((await operate(path, { token })).status).toBe(401);
  expect((await call("/v1/admin/backup/rows?table=images")).status).toBe(404);
});

test("Rows and originals go out as they are, and come back as they were: labels filter, bytes count, nothing twice", async () => {
  const image = await uploadOld({ labels: '{"trip":"rome"}', caption: "Boats" });
  const original = new Uint8Array(
    await (await operate(`original?storage=${image.row.storage}&id=${image.id}`)).arrayBuffer(),
  );
  const before = await usage();
  await callJson(key, "DELETE", `/v1/images/${image.id}`);
  await env.DB.prepare("delete from outbox").run();
  expect(await usage()).not.toEqual(before);

  const query = `storage=${image.row.storage}&id=${image.id}&sha256=${image.row.sha256}`;
  expect((await operate(`original?${query}`, { method: "PUT", body: original })).status).toBe(200);
  const body = { table: "images", rows: [image.row] };
  expect(restoredRowsSchema.parse(await (await send("rows", body)).json())).toMatchObject({
    restored: 1,
    there: 0,
  });
  expect(restoredRowsSchema.parse(await (await send("rows", body)).json())).toMatchObject({
    restored: 0,
    there: 1,
  });
  expect(await rowsOf("images")).toEqual([image.row]);
  expect(await usage()).toEqual(before);
  const found = await callJson(key, "GET", "/v1/images?label[trip]=rome");
  expect(found.answer).toMatchObject({ data: [{ id: image.id, caption: "Boats" }] });
  expect([...(await verify("images", { deep: true })), ...(await verify("ledgers"))]).toEqual([]);
});

test("Every table of the database is copied, or named as one that is not", async () => {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_cf%' escape '\\' and name not like 'd1_%'",
  ).all();
  const names = results.map((row) => z.object({ name: z.string() }).parse(row).name);
  const left = ["sessions", "passkey_challenges", "image_labels", "outbox", "walks", "tallies"];
  expect(names.sort()).toEqual([...copiedTableNames, ...left].sort());
});

test("A copy of many pages is read to its end", async () => {
  const statement = env.DB.prepare(
    "insert into claims (token_hash, account_id, claimed_at) values (?, 'a', 0)",
  );
  await env.DB.batch(
    Array.from({ length: 501 }, (_, index) => statement.bind(`hash${String(index).padStart(4, "0")}`)),
  );
  const first = copiedRowsSchema.parse(await (await operate("rows?table=claims")).json());
  expect(first).toMatchObject({ next: "hash0499" });
  const second = copiedRowsSchema.parse(
    await (await operate(`rows?table=claims&after=${first.next}`)).json(),
  );
  expect(second.rows).toHaveLength(1);
  expect(second.next).toBeNull();
  await env.DB.prepare("delete from claims").run();
});

test("Pictures are read a hundred a page: with all the metadata there may be, more would not fit into memory", async () => {
  const account = await makeAccount();
  for (let count = 0; count < 101; count++) await storeRow(account);
  const first = copiedRowsSchema.parse(await (await operate("rows?table=images")).json());
  expect(first.rows).toHaveLength(100);
  const second = copiedRowsSchema.parse(
    await (await operate(`rows?table=images&after=${first.next}`)).json(),
  );
  expect([second.rows.length, second.next]).toEqual([1, null]);
});

test("What had a master owes a look in the new place, which makes that anew", async () => {
  const { row } = await uploadOld();
  await env.DB.prepare("delete from images").run();
  await send("rows", { table: "images", rows: [{ ...row, master: "{}", lookedBy: 3, lookDueAt: null }] });
  const [restored] = await rowsOf("images");
  expect(restored).toMatchObject({ master: null, lookedBy: null, lookDueAt: expect.any(Number) });
});

test("What is no row, and what stands in another's place, is refused in words, and nothing is written", async () => {
  const { row } = await uploadOld();
  await env.DB.prepare("delete from images").run();
  for (const bad of [{ ...row, bytes: "many" }, { ...row, extra: 1 }, { ...row, status: "lost" }, {}])
    expect((await send("rows", { table: "images", rows: [bad] })).status).toBe(422);
  const [account] = (await rowsOf("accounts")).filter(({ id }) => id === accountId);
  const other = await send("rows", { table: "accounts", rows: [{ ...account, id: "another" }] });
  expect(other.status).toBe(422);
  expect(await other.text()).toContain("Something else has the place of another");
  expect((await send("rows", { table: "sessions", rows: [{}] })).status).toBe(422);
  expect(await rowsOf("images")).toEqual([]);
});

test("An original that is not what it should be is not stored", async () => {
  const path = `original?storage=abc&id=abcdefgh&sha256=${"0".repeat(64)}`;
  expect((await operate(path, { method: "PUT", body: new Uint8Array([1, 2, 3]) })).status).toBe(422);
  expect(await env.ORIGINALS.head("abc/abcdefgh")).toBeNull();
  expect(
    (
      await operate(`original?storage=../x&id=abcdefgh&sha256=${"0".repeat(64)}`, {
        method: "PUT",
        body: "x",
      })
    ).status,
  ).toBe(422);
});

const ledger = () => env.LEDGER.getByName(`account:${accountId}`);

type Damage = (image: Awaited<ReturnType<typeof uploadOld>>) => Promise<unknown>;
const damages: readonly [kind: string, isMended: boolean, damage: Damage][] = [
  ["original_missing", true, ({ key }) => env.ORIGINALS.delete(key)],
  ["original_other", false, ({ key }) => env.ORIGINALS.put(key, "x")],
  ["labels", true, ({ id }) => env.DB.prepare("delete from image_labels where image_id = ?").bind(id).run()],
  [
    "labels",
    true,
    ({ id }) => env.DB.prepare("update image_labels set value = 'paris' where image_id = ?").bind(id).run(),
  ],
  ["not_counted", true, async ({ id }) => ledger().remove([id])],
  ["counted_otherwise", true, async ({ id }) => ledger().correct(id, 7)],
  [
    "failed_though_there",
    true,
    ({ id }) => env.DB.prepare("update images set status = 'failed' where id = ?").bind(id).run(),
  ],
];

test.each(damages)(
  "Damage of the kind %s is found, told and, where that can be, mended",
  async (kind, isMended, damage) => {
    const image = await uploadOld({ labels: '{"trip":"rome"}' });
    const before = await usage();
    await damage(image);
    expect(await verify("images")).toEqual([{ id: image.id, kind, fixed: false }]);
    expect(await verify("images", { fix: true })).toEqual([{ id: image.id, kind, fixed: isMended }]);
    expect(await verify("images")).toEqual(isMended ? [] : [{ id: image.id, kind, fixed: false }]);
    expect(await usage()).toEqual(before);
  },
);

test("Only a look at its bytes finds an original whose bytes have turned", async () => {
  const image = await uploadOld();
  const bytes = (await (await env.ORIGINALS.get(image.key))?.bytes()) ?? new Uint8Array();
  await env.ORIGINALS.put(
    image.key,
    bytes.map((byte, index) => (index === 100 ? byte ^ 1 : byte)),
  );
  expect(await verify("images")).toEqual([]);
  expect(await verify("images", { deep: true })).toEqual([
    { id: image.id, kind: "original_other", fixed: false },
  ]);
});

test("A ledger that counts what is gone is found and mended, but not while its deletion is still due", async () => {
  const image = await uploadOld();
  await env.DB.prepare(
    "insert into outbox (image_id, kind, account_id, storage, due_at) values (?, 'delete', ?, 'x', 0)",
  )
    .bind(image.id, accountId)
    .run();
  await env.DB.prepare("delete from images").run();
  expect(await verify("ledgers")).toEqual([]);
  await env.DB.prepare("delete from outbox").run();
  expect(await verify("ledgers", { fix: true })).toContainEqual({
    id: image.id,
    kind: "counted_without_row",
    fixed: true,
  });
  expect(await verify("ledgers")).toEqual([]);
  expect(await usage()).toMatchObject({ images_stored: 0, bytes_stored: 0 });
});

test("What was uploaded within the hour is left alone", async () => {
  const { id } = await uploadImage(key);
  await ledger().remove([id]);
  expect(await verify("images")).toEqual([]);
});
