// Every row of the contract's table of plans: uploads a month, storage, retention, largest file.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { errorSchema, imageSchema, usageSchema } from "../../schema/api.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

afterEach(() => vi.useRealTimers());

const jpeg = await fixtureBytes("coffee.jpg");
const GB = 1_000_000_000;
const MB = 1_000_000;

const rows = [
  ["free", 100, GB],
  ["pro", 1_000, 10 * GB],
  ["business", 10_000, 100 * GB],
  ["scale", 100_000, 1_000 * GB],
] as const;

const ledgerOf = ({ id }: TestAccount) => env.LEDGER.getByName(`account:${id}`);

function post(headers: Readonly<Record<string, string>>, bindings: object = {}): Promise<Response> {
  const init = { method: "POST", body: jpeg, headers: { "Content-Type": "image/jpeg", ...headers } };
  return call("/v1/images", init, { ...bindings });
}

/** As if the account had uploaded so often this month. */
function countUploads(account: TestAccount, used: number): Promise<unknown> {
  const month = new Date().toISOString().slice(0, 7);
  return runInDurableObject(ledgerOf(account), (_, { storage }) =>
    storage.sql.exec("insert or replace into uploads values (?, ?)", month, used).toArray(),
  );
}

test.each(rows)(
  "%s has %d uploads a month, and at the limit reads and deletes keep working",
  async (plan, limit) => {
    const account = await makeAccount({ plan });
    await countUploads(account, limit - 1);
    const { id } = await uploadImage(account.key);
    const refused = await post(authorization(account.key));
    expect(refused.status).toBe(403);
    expect(errorSchema.parse(await refused.json()).error).toMatchObject({
      code: "quota_exceeded",
      usage: { plan, uploads_used: limit, uploads_limit: limit },
    });
    expect((await callJson(account.key, "GET", `/v1/images/${id}`)).status).toBe(200);
    expect((await callJson(account.key, "DELETE", `/v1/images/${id}`)).status).toBe(200);
    // A delete gives storage back, not uploads.
    expect((await post(authorization(account.key))).status).toBe(403);
  },
);

test.each(rows)(
  "%s has its storage to the byte, and a delete gives it back at once",
  async (plan, _, limit) => {
    const account = await makeAccount({ plan });
    const now = Date.now();
    await ledgerOf(account).commit("bulky000", limit - jpeg.length, now);
    const { id } = await uploadImage(account.key);
    expect((await post(authorization(account.key))).status).toBe(403);
    const { answer } = await callJson(account.key, "GET", "/v1/usage");
    expect(usageSchema.parse(answer).limits.storage_bytes).toEqual({ used: limit, limit });
    await callJson(account.key, "DELETE", `/v1/images/${id}`);
    await uploadImage(account.key);
  },
);

test.each([...rows.map(([plan]) => plan), "unlimited"] as const)(
  "%s keeps images for ever, of at most 70 MB",
  async (plan) => {
    const { key } = await makeAccount({ plan });
    expect((await uploadImage(key)).expires_at).toBe(null);
    const refused = await post({ ...authorization(key), "Content-Length": String(70 * MB + 1) });
    expect(errorSchema.parse(await refused.json()).error.details).toEqual({
      file: ["The file may have at most 70 MB."],
    });
  },
);

test("unlimited has no limit of uploads and none of storage", async () => {
  const account = await makeAccount({ plan: "unlimited" });
  await countUploads(account, 10_000_000);
  await ledgerOf(account).commit("bulky000", 5_000 * GB, Date.now());
  await uploadImage(account.key);
  const { answer } = await callJson(account.key, "GET", "/v1/usage");
  expect(usageSchema.parse(answer)).toMatchObject({
    limits_enforced: false,
    limits: { uploads: { limit: null }, storage_bytes: { limit: null }, images: { limit: null } },
  });
});

test("anonymous keeps images for 30 days, of at most 20 MB, in one shared pool", async () => {
  const image = imageSchema.parse(await (await post({})).json());
  expect(Date.parse(image.expires_at ?? "") - Date.parse(image.created_at)).toBe(30 * 86_400_000);
  const refused = await post({ "Content-Length": String(20 * MB + 1) });
  expect(errorSchema.parse(await refused.json()).error.details).toEqual({
    file: ["The file may have at most 20 MB."],
  });
  expect((await post({}, { ANONYMOUS_STORAGE_BYTES: String(jpeg.length) })).status).toBe(403);
});

test("A new month begins at midnight UTC: uploads count anew, what is stored goes on counting", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 11, 31, 23, 59, 59) });
  const account = await makeAccount({ plan: "free" });
  await countUploads(account, 99);
  const { bytes } = await uploadImage(account.key);
  expect((await post(authorization(account.key))).status).toBe(403);
  vi.setSystemTime(Date.UTC(2027, 0, 1));
  await uploadImage(account.key);
  const { answer } = await callJson(account.key, "GET", "/v1/usage");
  expect(usageSchema.parse(answer)).toMatchObject({
    period: { start: "2027-01-01T00:00:00Z", end: "2027-02-01T00:00:00Z" },
    limits: { uploads: { used: 1, limit: 100 }, storage_bytes: { used: 2 * bytes } },
    totals: { images_stored: 2 },
  });
});
