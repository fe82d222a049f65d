// PATCH /v1/images/{id}: every field, the merge rules, and what may not be changed.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { errorSchema, type Image, imageListSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { callJson, makeImages, uploadImage } from "../support/uploads.ts";

const account = await makeAccount();
const { key } = account;

async function change(id: string, changes: object): Promise<Image> {
  const { status, answer } = await callJson(key, "PATCH", `/v1/images/${id}`, changes);
  expect(status, JSON.stringify(answer)).toBe(200);
  return imageSchema.parse(answer);
}

const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19)}Z`;

test.each([
  ["a caption", { caption: "New" }, { caption: "New" }],
  ["no caption", { caption: null }, { caption: null }],
  ["an empty caption as none", { caption: "" }, { caption: null }],
  ["nsfw", { nsfw: true }, { nsfw: true }],
  ["a filename", { filename: "a/new.jpg" }, { filename: "new.jpg" }],
  ["public", { public: false }, { public: false, published_at: null }],
  ["a label, keeping others", { labels: { b: "2" } }, { labels: { a: "1", b: "2" } }],
  ["a label's value", { labels: { a: "2" } }, { labels: { a: "2" } }],
  ["a label away", { labels: { a: null } }, { labels: {} }],
  ["metadata, keeping others", { metadata: { y: "2" } }, { metadata: { x: "1", y: "2" } }],
  ["metadata away", { metadata: { x: null, z: null } }, { metadata: {} }],
  ["expires_at", { expires_at: inDays(3) }, { expires_at: inDays(3) }],
  ["ttl to permanent", { ttl: null }, { expires_at: null }],
  ["expires_at to permanent", { expires_at: null }, { expires_at: null }],
  ["hidden_metadata", { hidden_metadata: "copyright" }, { hidden_metadata: "copyright" }],
  ["nothing", {}, {}],
] as const)("PATCH /v1/images/{id} changes %s", async (_, changes, expected) => {
  const before = await uploadImage(key, {
    caption: "Old",
    labels: '{"a":"1"}',
    metadata: '{"x":"1"}',
    ttl: "1d",
  });
  const after = await change(before.id, changes);
  expect(after).toEqual({ ...before, ...expected });
  const { answer } = await callJson(key, "GET", `/v1/images/${before.id}`);
  expect(answer).toEqual(after);
});

test("PATCH /v1/images/{id} with ttl counts from now", async () => {
  const { id } = await uploadImage(key);
  const { expires_at } = await change(id, { ttl: "2h" });
  expect(Math.abs(Date.parse(expires_at ?? "") - Date.now() - 7_200_000)).toBeLessThan(5_000);
});

test("PATCH /v1/images/{id} moves the image between labels in lists", async () => {
  const { id } = await uploadImage(key, { labels: '{"album":"one","keep":"yes"}' });
  await change(id, { labels: { album: "two" } });
  const idsOf = async (query: string) =>
    imageListSchema
      .parse((await callJson(key, "GET", `/v1/images?${query}`)).answer)
      .data.map((image) => image.id);
  expect(await idsOf("label[album]=one")).toEqual([]);
  expect(await idsOf("label[album]=two&label[keep]=yes")).toEqual([id]);
});

test("PATCH /v1/images/{id} dates a publication anew when a private image becomes public", async () => {
  const { id, created_at } = await uploadImage(key, { public: "false" });
  await env.DB.prepare("update images set created_at = created_at - 5000 where id = ?").bind(id).run();
  const { published_at } = await change(id, { public: true });
  expect(Date.parse(published_at ?? "")).toBeGreaterThanOrEqual(Date.parse(created_at));
  expect((await change(id, { public: true })).published_at).toBe(published_at);
});

test("Twenty changes at once to one image are all kept", async () => {
  const { id } = await uploadImage(key);
  await Promise.all(Array.from({ length: 20 }, (_, n) => change(id, { labels: { [`key${n}`]: "v" } })));
  const { answer } = await callJson(key, "GET", `/v1/images/${id}`);
  expect(Object.keys(imageSchema.parse(answer).labels)).toHaveLength(20);
});

const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`key${n}`, "v"]));

test.each(["labels", "metadata"] as const)(
  "PATCH /v1/images/{id} adds %s up to 50, those that are there included",
  async (field) => {
    const { id } = await uploadImage(key, { [field]: JSON.stringify({ key0: "old", other: "1" }) });
    const { key0: _, ...fortyNine } = fifty;
    expect(Object.keys((await change(id, { [field]: { ...fortyNine, key0: null } }))[field])).toHaveLength(
      50,
    );
    expect(Object.keys((await change(id, { [field]: { key1: "new" } }))[field])).toHaveLength(50);
  },
);

test("Only what is too much is named: 50 labels are not, where metadata has one more", async () => {
  const { id } = await uploadImage(key, { labels: JSON.stringify(fifty), metadata: '{"other":"1"}' });
  const { answer } = await callJson(key, "PATCH", `/v1/images/${id}`, {
    labels: { key1: "new" },
    metadata: fifty,
  });
  expect(answer).toMatchObject({ error: { code: "validation_error" } });
  expect(Object.keys(errorSchema.parse(answer).error.details ?? {})).toEqual(["metadata"]);
});

test.each([
  ["an unknown field", { colour: "red" }, "colour"],
  ["a field that can't be changed", { id: "aaaaaaaa" }, "id"],
  ["a caption that is a number", { caption: 1 }, "caption"],
  ["a caption over 2,000 characters", { caption: "a".repeat(2_001) }, "caption"],
  ["public as null", { public: null }, "public"],
  ["an empty filename", { filename: " " }, "filename"],
  ["a ttl under 5 minutes", { ttl: 10 }, "ttl"],
  ["ttl and expires_at together", { ttl: 600, expires_at: null }, "ttl"],
  ["expires_at in the past", { expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
  ["expires_at in a year", { expires_at: inDays(365) }, "expires_at"],
  ["expires_at that is no time", { expires_at: "soon" }, "expires_at"],
  ["a label with a comma", { labels: { a: "b,c" } }, "labels"],
  ["labels that are null", { labels: null }, "labels"],
  ["a 51st label", { labels: fifty }, "labels"],
  ["a 51st entry of metadata", { metadata: fifty }, "metadata"],
])("PATCH /v1/images/{id} refuses %s and changes nothing", async (_, changes, field) => {
  const before = await uploadImage(key, { labels: '{"a":"1"}', metadata: '{"x":"1"}' });
  const { status, answer } = await callJson(key, "PATCH", `/v1/images/${before.id}`, changes);
  expect(status).toBe(422);
  expect(errorSchema.parse(answer).error.details).toHaveProperty(field);
  expect((await callJson(key, "GET", `/v1/images/${before.id}`)).answer).toEqual(before);
});

test.each([
  ["no JSON", "{", "application/json"],
  ["another type", "caption=x", "application/x-www-form-urlencoded"],
  ["a body over 1 MB", JSON.stringify({ caption: "a".repeat(1_000_001) }), "application/json"],
])("PATCH /v1/images/{id} answers 400 to %s", async (_, body, type) => {
  const { id } = await uploadImage(key);
  const headers = { ...authorization(key), "Content-Type": type };
  const response = await call(`/v1/images/${id}`, { method: "PATCH", body, headers });
  expect(response.status).toBe(400);
  expect(errorSchema.parse(await response.json()).error.code).toBe("bad_request");
});

test("PATCH of a blocked image answers media_locked, GET media_blocked; of a failed one GET media_failed", async () => {
  const { id } = await uploadImage(key);
  const codeOf = async (method: string, body?: object) => {
    const { status, answer } = await callJson(key, method, `/v1/images/${id}`, body);
    return [status, errorSchema.parse(answer).error.code];
  };
  await env.DB.prepare("update images set status = 'blocked' where id = ?").bind(id).run();
  expect(await codeOf("PATCH", { caption: "x" })).toEqual([403, "media_locked"]);
  expect(await codeOf("GET")).toEqual([403, "media_blocked"]);
  await env.DB.prepare("update images set status = 'failed' where id = ?").bind(id).run();
  expect(await codeOf("GET")).toEqual([422, "media_failed"]);
});

test("PATCH /v1/images/batch changes what it can and reports the rest", async () => {
  const [one, two] = [await uploadImage(key), await uploadImage(key)];
  const body = { ids: [one.id, "aaaaaaaa", "nonsense!", two.id, one.id], labels: { batch: "yes" } };
  const { status, answer } = await callJson(key, "PATCH", "/v1/images/batch", body);
  expect(status).toBe(200);
  expect(answer).toMatchObject({
    object: "batch_result",
    data: [
      { ...one, labels: { batch: "yes" } },
      { ...two, labels: { batch: "yes" } },
    ],
    errors: [
      { id: "aaaaaaaa", error: { code: "not_found" } },
      { id: "nonsense!", error: { code: "not_found" } },
    ],
  });
});

test("PATCH /v1/images/batch changes a hundred images in one call", async () => {
  const body = { ids: await makeImages(account, 100), labels: { many: "yes" }, ttl: 600 };
  const { answer } = await callJson(key, "PATCH", "/v1/images/batch", body);
  expect(answer).toMatchObject({ errors: [], data: { length: 100 } });
  const listed = await callJson(key, "GET", "/v1/images?label[many]=yes&limit=100");
  expect(imageListSchema.parse(listed.answer).data).toHaveLength(100);
});

test.each([
  ["no ids", { caption: "x" }],
  ["an empty list", { ids: [], caption: "x" }],
  ["101 ids", { ids: Array(101).fill("aaaaaaaa"), caption: "x" }],
  ["an unknown field", { ids: ["aaaaaaaa"], colour: "red" }],
])("PATCH /v1/images/batch answers 422 to %s", async (_, body) => {
  expect((await callJson(key, "PATCH", "/v1/images/batch", body)).status).toBe(422);
});
