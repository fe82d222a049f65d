// Deletions that meet other work on the same image: nothing of a deleted image stays counted or stored.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { imageListSchema } from "../../schema/api.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { apiEnv, authorization, call } from "../support/api.ts";
import { failingAt, replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const HOURS = 3_600_000;
const jpeg = await fixtureBytes("coffee.jpg");

/** Deletes whatever the account lists, as a client does that empties it. */
async function deleteListed({ key }: TestAccount): Promise<number> {
  const { answer } = await callJson(key, "GET", "/v1/images");
  const ids = imageListSchema.parse(answer).data.map(({ id }) => id);
  expect((await callJson(key, "DELETE", "/v1/images/batch", { ids })).status).toBe(200);
  return ids.length;
}

test("An image that is deleted before its upload was answered does not stay counted", async () => {
  const account = await makeAccount();
  const LEDGER = replacing(env.LEDGER, "getByName", (getByName, args) => {
    const ledger = getByName(...args);
    if (typeof ledger !== "object" || ledger === null) return ledger;
    return replacing(ledger, "commit", async (commit, parts) => {
      expect(await deleteListed(account)).toBe(1);
      return commit(...parts);
    });
  });
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body: jpeg, headers }, { LEDGER });
  expect(response.status).toBe(201);
  expect(await leftoversOf(account)).toEqual({ ...nothing, uploadsCounted: 1 });
});

test("An image that is deleted between its row and a commit that never comes does not stay counted", async () => {
  const account = await makeAccount();
  const ledger = env.LEDGER.getByName(`account:${account.id}`);
  const { id } = await uploadImage(account.key);
  // As if the upload had died just before its commit.
  await ledger.cancel(id);
  const reservation = { imageId: id, bytes: jpeg.length, storage: account.storage, isReserved: false };
  await ledger.reserve(reservation, { uploadsPerMonth: null, storageBytes: null }, Date.now());
  await callJson(account.key, "DELETE", `/v1/images/${id}`);
  expect((await ledger.usage(Date.now())).bytes).toBe(0);
  await runInDurableObject(ledger, (_, state) => {
    state.storage.sql.exec("update reservations set due_at = 0");
  });
  await runDurableObjectAlarm(ledger);
  expect(await leftoversOf(account)).toMatchObject({ ...nothing, uploadsCounted: 1 });
});

test("A purge that is finished does not strike off a deletion that is not", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const account = await makeAccount();
  const { id } = await uploadImage(account.key);
  const headers = { ...authorization(account.key), "Content-Type": "application/json" };
  const SRC = {
    // While src forgets what the change made old, the image is deleted, and the bucket does not answer.
    purge: async () => {
      const ORIGINALS = failingAt(env.ORIGINALS, "delete");
      await call(`/v1/images/${id}`, { method: "DELETE", headers }, { ORIGINALS });
      return true;
    },
  };
  await call(`/v1/images/${id}`, { method: "PATCH", headers, body: '{"ttl":"1d"}' }, { SRC });
  expect((await leftoversOf(account)).objects).toEqual([`${account.storage}/${id}`]);
  await env.DB.prepare("delete from walks").run();
  await runChores(apiEnv(), Date.now() + HOURS / 2);
  expect(await leftoversOf(account)).toEqual({ ...nothing, uploadsCounted: 1 });
});
