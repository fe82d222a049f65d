// Plans over HTTP: exactly as many uploads as are left, and what a refusal tells.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { errorSchema, usageSchema } from "../../schema/api.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { callJson } from "../support/uploads.ts";

const picture = await fixtureBytes("icon.ico");

const upload = (headers: Readonly<Record<string, string>>, bindings = {}) =>
  call(
    "/v1/images",
    { method: "POST", body: picture, headers: { ...headers, "Content-Type": "image/x-icon" } },
    bindings,
  );

/** Counts uploads of this month whose images are deleted again. */
async function useUp({ id }: TestAccount, uploads: number): Promise<void> {
  const ledger = env.LEDGER.getByName(`account:${id}`);
  const ids = Array.from({ length: uploads }, (_, n) => `used${n}`);
  for (const imageId of ids) await ledger.commit(imageId, 1, Date.now());
  await ledger.remove(ids);
}

test("Twenty uploads at once with five left of the month admit exactly five", async () => {
  const account = await makeAccount({ plan: "free" });
  await useUp(account, 95);
  const answers = await Promise.all(Array.from({ length: 20 }, () => upload(authorization(account.key))));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(5);
  expect(statuses.filter((status) => status === 403)).toHaveLength(15);
  expect(await leftoversOf(account)).toMatchObject({ rows: 5, uploadsCounted: 100, reservations: 0 });
});

test("A used-up month tells the plan, what is used, and where to upgrade; a larger plan helps at once", async () => {
  const account = await makeAccount({ plan: "free" });
  await useUp(account, 100);
  const refused = await upload(authorization(account.key), { UPGRADE_URL: "https://example.com/plans" });
  expect(refused.status).toBe(403);
  const { error } = errorSchema.parse(await refused.json());
  expect(error).toMatchObject({
    type: "quota_error",
    code: "quota_exceeded",
    message: "This month's uploads are used up.",
    action: { type: "upgrade", url: "https://example.com/plans" },
    usage: { plan: "free", uploads_used: 100, uploads_limit: 100, storage_used_bytes: 0 },
  });
  expect(refused.headers.has("Retry-After")).toBe(false);
  await env.DB.prepare("update accounts set plan = 'pro' where id = ?").bind(account.id).run();
  expect((await upload(authorization(account.key))).status).toBe(201);
  const usage = usageSchema.parse((await callJson(account.key, "GET", "/v1/usage")).answer);
  expect(usage.limits.uploads).toEqual({ used: 101, limit: 1_000 });
});

test("A full storage is told as such, and not as a month that is used up", async () => {
  const account = await makeAccount({ plan: "free" });
  await env.LEDGER.getByName(`account:${account.id}`).commit("full", 1e9, Date.now());
  const { error } = errorSchema.parse(await (await upload(authorization(account.key))).json());
  expect(error).toMatchObject({
    code: "quota_exceeded",
    message: "The storage has no room for this file.",
    usage: { uploads_used: 1, storage_used_bytes: 1e9, storage_limit_bytes: 1e9 },
  });
});

test("A full pool for callers without a key asks them to sign up", async () => {
  const refused = await upload({ "CF-Connecting-IP": "203.0.113.9" }, { ANONYMOUS_STORAGE_BYTES: "12" });
  expect(refused.status).toBe(403);
  const { error } = errorSchema.parse(await refused.json());
  expect(error).toMatchObject({
    code: "quota_exceeded",
    action: { type: "signup", url: "https://edgepix.test/" },
    usage: { plan: "anonymous", uploads_limit: null },
  });
});

test("A plan without limits says so", async () => {
  const account = await makeAccount({ plan: "unlimited" });
  const usage = usageSchema.parse((await callJson(account.key, "GET", "/v1/usage")).answer);
  expect(usage).toMatchObject({
    limits_enforced: false,
    limits: { uploads: { used: 0, limit: null }, storage_bytes: { used: 0, limit: null } },
  });
  expect(Date.parse(usage.period.end) - Date.parse(usage.period.start)).toBeGreaterThan(27 * 86_400_000);
});
