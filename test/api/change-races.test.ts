// Changes that meet a deletion, a block or another change between their look at an image and their write.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { batchResultSchema, errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { replacing } from "../support/failing.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const { key } = await makeAccount();

/** Sends a PATCH, and does something else just before its first write. */
async function changeMeeting(path: string, body: object, meanwhile: () => Promise<unknown>) {
  let hasMet = false;
  const DB = replacing(env.DB, "batch", async (batch, args) => {
    if (!hasMet) await meanwhile();
    hasMet = true;
    return batch(...args);
  });
  const headers = { ...authorization(key), "Content-Type": "application/json" };
  const response = await call(path, { method: "PATCH", body: JSON.stringify(body), headers }, { DB });
  expect(hasMet).toBe(true);
  return { status: response.status, answer: await response.json<unknown>() };
}

const set = (id: string, sql: string) =>
  env.DB.prepare(`update images set ${sql} where id = ?`).bind(id).run();
const codeOf = (answer: unknown) => errorSchema.parse(answer).error.code;

test("A caption for an image that is deleted at the same moment answers 404, not that it has too many labels", async () => {
  const { id } = await uploadImage(key);
  const { status, answer } = await changeMeeting(`/v1/images/${id}`, { caption: "x" }, () =>
    callJson(key, "DELETE", `/v1/images/${id}`),
  );
  expect([status, codeOf(answer)]).toEqual([404, "not_found"]);
});

test("An image that is blocked at the same moment is locked", async () => {
  const { id } = await uploadImage(key);
  const { status, answer } = await changeMeeting(`/v1/images/${id}`, { labels: { a: "1" } }, () =>
    set(id, "status = 'blocked'"),
  );
  expect([status, codeOf(answer)]).toEqual([403, "media_locked"]);
});

test("An image that is gone from a batch at the same moment is not found, and the others are changed", async () => {
  const [one, other] = [await uploadImage(key), await uploadImage(key)];
  const body = { ids: [one.id, other.id], caption: "x" };
  const { status, answer } = await changeMeeting("/v1/images/batch", body, () =>
    callJson(key, "DELETE", `/v1/images/${one.id}`),
  );
  expect(status).toBe(200);
  const { data, errors } = batchResultSchema.parse(answer);
  expect(data.map(({ id }) => id)).toEqual([other.id]);
  expect(errors).toMatchObject([{ id: one.id, error: { code: "not_found" } }]);
});

test("A change that only another change made too large names the field that is", async () => {
  const { id } = await uploadImage(key);
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, "v"])));
  const body = { labels: { a: "1" }, metadata: { a: "1" } };
  const { status, answer } = await changeMeeting(`/v1/images/${id}`, body, () =>
    set(id, `metadata = '${many}'`),
  );
  expect(status).toBe(422);
  expect(Object.keys(errorSchema.parse(answer).error.details ?? {})).toEqual(["metadata"]);
  expect(imageSchema.parse((await callJson(key, "GET", `/v1/images/${id}`)).answer).labels).toEqual({});
});
