// DELETE: gone at once, idempotent, and finished later where a step fails.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { deletedImageSchema, imageListSchema, usageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { failingAt, replacing } from "../support/failing.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { callJson, makeImages, uploadImage } from "../support/uploads.ts";

const account = await makeAccount();
const { key } = account;
const outboxRows = async () => (await env.DB.prepare("select * from outbox").all()).results;

test("DELETE /v1/images/{id} takes everything away and answers the same again", async () => {
  const { id } = await uploadImage(key, { labels: '{"a":"b"}' });
  for (let time = 0; time < 2; time++) {
    const { status, answer } = await callJson(key, "DELETE", `/v1/images/${id}`);
    expect(status).toBe(200);
    expect(deletedImageSchema.parse(answer)).toEqual({ id, object: "image", deleted: true });
  }
  expect(await leftoversOf(account)).toMatchObject({
    objects: [],
    rows: 0,
    bytesCounted: 0,
    uploadsCounted: 1,
  });
  expect((await env.DB.prepare("select * from image_labels").all()).results).toEqual([]);
  // What was being rendered when it went is forgotten later.
  expect(await outboxRows()).toMatchObject([{ image_id: id, kind: "purge-again" }]);
  await env.DB.prepare("delete from outbox").run();
  expect((await callJson(key, "GET", `/v1/images/${id}`)).status).toBe(404);
});

test("DELETE /v1/images/{id} asks src to forget the image", async () => {
  const { id } = await uploadImage(key);
  const purge = vi.fn(async () => true);
  const order = { method: "DELETE", headers: authorization(key) };
  const answer = await call(`/v1/images/${id}`, order, { SRC: { purge } });
  expect(answer.headers.get("Purge")).toBe("done");
  expect(purge).toHaveBeenCalledExactlyOnceWith([id]);
  await env.DB.prepare("delete from outbox").run();
});

test("DELETE /v1/images/{id} does not touch another account's image and does not tell that it is there", async () => {
  const owner = await makeAccount();
  const image = await uploadImage(owner.key);
  const { answer } = await callJson(key, "DELETE", `/v1/images/${image.id}`);
  expect(answer).toEqual({ id: image.id, object: "image", deleted: true });
  expect((await callJson(owner.key, "GET", `/v1/images/${image.id}`)).answer).toEqual(image);
});

test("DELETE /v1/images/batch deletes a hundred while a list is read, and counts the missing as deleted", async () => {
  const many = await makeAccount();
  const owner = await makeAccount();
  const foreign = await uploadImage(owner.key);
  const made = await makeImages(many, 98);
  const ids = [...made, foreign.id, "nonsense!"];
  const first = await callJson(many.key, "GET", "/v1/images?limit=10");
  const { status, answer } = await callJson(many.key, "DELETE", "/v1/images/batch", { ids });
  expect(status).toBe(200);
  expect(answer).toEqual({
    object: "batch_result",
    data: ids.map((id) => ({ id, object: "image", deleted: true })),
    errors: [],
  });
  const { next_cursor } = imageListSchema.parse(first.answer).pagination;
  const second = await callJson(many.key, "GET", `/v1/images?cursor=${next_cursor}`);
  expect(second.answer).toMatchObject({ data: [], pagination: { has_more: false } });
  expect(await leftoversOf(many)).toMatchObject({ objects: [], rows: 0, bytesCounted: 0 });
  expect((await callJson(owner.key, "GET", `/v1/images/${foreign.id}`)).status).toBe(200);
});

test.each([
  ["no ids", {}],
  ["an empty list", { ids: [] }],
  ["101 ids", { ids: Array(101).fill("a") }],
  ["numbers", { ids: [1] }],
  ["an unknown field", { ids: ["a"], x: 1 }],
])("DELETE /v1/images/batch answers 422 to %s", async (_, body) => {
  expect((await callJson(key, "DELETE", "/v1/images/batch", body)).status).toBe(422);
});

const ledgerFailing = replacing(env.LEDGER, "getByName", (original, args) => {
  const ledger = original(...args);
  return typeof ledger === "object" && ledger !== null ? failingAt(ledger, "remove") : ledger;
});

test.each([
  ["the ledger", "delete", "done", { LEDGER: ledgerFailing }],
  ["the bucket", "delete", "done", { ORIGINALS: failingAt(env.ORIGINALS, "delete") }],
  ["src", "purge", "pending", { SRC: { purge: () => Promise.reject(new Error("src is down")) } }],
  ["src refusing", "purge", "pending", { SRC: { purge: async () => false } }],
])(
  "DELETE /v1/images/{id} is kept although %s fails, and leaves the rest in the outbox",
  async (_, kind, purge, bindings) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { id } = await uploadImage(key);
    const response = await call(
      `/v1/images/${id}`,
      { method: "DELETE", headers: authorization(key) },
      bindings,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get("Purge")).toBe(purge);
    expect((await callJson(key, "GET", `/v1/images/${id}`)).status).toBe(404);
    const left = await outboxRows();
    expect(left.filter((row) => row.kind !== "purge-again")).toMatchObject([
      { image_id: id, kind, account_id: account.id },
    ]);
    await env.DB.prepare("delete from outbox").run();
  },
);

test("DELETE /v1/images/{id} that can't reach the database answers a 500 of ours and deletes nothing", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { id } = await uploadImage(key);
  const DB = failingAt(env.DB, "batch");
  const response = await call(`/v1/images/${id}`, { method: "DELETE", headers: authorization(key) }, { DB });
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ error: { code: "delete_failed" } });
  expect((await callJson(key, "GET", `/v1/images/${id}`)).status).toBe(200);
});

test("GET /v1/usage counts exactly, and a full account that deletes may upload again", async () => {
  const free = await makeAccount({ plan: "free" });
  const usage = async () => usageSchema.parse((await callJson(free.key, "GET", "/v1/usage")).answer);
  const { id, bytes } = await uploadImage(free.key);
  expect(await usage()).toMatchObject({
    plan: "free",
    limits_enforced: true,
    limits: {
      uploads: { used: 1, limit: 100 },
      storage_bytes: { used: bytes, limit: 1_000_000_000 },
      images: { used: 1, limit: null },
    },
    totals: { images_stored: 1, bytes_stored: bytes },
  });
  // Fills the account to the last byte.
  const ledger = env.LEDGER.getByName(`account:${free.id}`);
  await ledger.commit("bulky000", 1_000_000_000 - bytes, Date.now());
  const full = await call("/v1/images", {
    method: "POST",
    body: (await (await env.ORIGINALS.get(`${free.storage}/${id}`))?.arrayBuffer()) ?? "",
    headers: { ...authorization(free.key), "Content-Type": "image/jpeg" },
  });
  expect(full.status).toBe(403);
  expect(await full.json()).toMatchObject({
    error: {
      type: "quota_error",
      code: "quota_exceeded",
      action: { type: "upgrade" },
      usage: {
        plan: "free",
        uploads_used: 2,
        uploads_limit: 100,
        storage_used_bytes: 1_000_000_000,
        storage_limit_bytes: 1_000_000_000,
      },
    },
  });
  expect((await callJson(free.key, "GET", `/v1/images/${id}`)).status).toBe(200);
  await callJson(free.key, "DELETE", `/v1/images/${id}`);
  await uploadImage(free.key);
  expect(await usage()).toMatchObject({ limits: { uploads: { used: 3 } }, totals: { images_stored: 2 } });
});
