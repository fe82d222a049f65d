// Keys as their owner makes them: shown once, good for what was chosen, gone when revoked.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { MAX_KEYS } from "../../schema/plans.ts";
import { createKey } from "../../workers/api/accounts/keys.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { authorization, call } from "../support/api.ts";
import { makeMember, submit, visit } from "../support/members.ts";

const db = openDatabase(env.DB);
const KEY = /img_live_[0-9A-Za-z]{42}/;
const statusWith = async (key: string, path = "/v1/usage", method = "GET") =>
  (await call(path, { method, headers: authorization(key) })).status;
const idsOf = async (account: { readonly id: string }) =>
  (
    await env.DB.prepare("select id from api_keys where account_id = ? order by created_at desc")
      .bind(account.id)
      .all()
  ).results;

async function make(member: Parameters<typeof submit>[0], fields: Readonly<Record<string, string>>) {
  const page = await submit(member, "/keys", { name: "laptop", may: "read", days: "", ...fields });
  return { status: page.status, key: KEY.exec(await page.text())?.[0] ?? "" };
}

test("A key is made, works, and is on the page that made it and on none after", async () => {
  const member = await makeMember();
  const { status, key } = await make(member, {});
  expect(status).toBe(201);
  expect(await statusWith(key)).toBe(200);
  const later = await (await visit(member, "/keys")).text();
  expect(later).toContain("laptop");
  expect(later).toContain(`…${key.slice(-4)}`);
  expect(later).not.toContain(key);
  const { results } = await env.DB.prepare("select * from api_keys").all();
  expect(JSON.stringify(results)).not.toContain(key);
});

test("A key may do what was chosen and nothing else", async () => {
  const member = await makeMember();
  const { key } = await make(member, { may: "read" });
  expect(await statusWith(key, "/v1/images/zzzzzzzz", "DELETE")).toBe(403);
  const { key: writes } = await make(member, { may: "write" });
  expect(await statusWith(writes, "/v1/images/zzzzzzzz", "DELETE")).toBe(200);
  expect(await statusWith(writes)).toBe(403);
});

test("A key that was made for a week works for a week", async () => {
  const member = await makeMember();
  const { key } = await make(member, { days: "7" });
  expect(await statusWith(key)).toBe(200);
  const row = await env.DB.prepare(
    "select created_at as made, expires_at as ends from api_keys where hint = ?",
  )
    .bind(key.slice(-4))
    .first<{ made: number; ends: number }>();
  expect((row?.ends ?? 0) - (row?.made ?? 0)).toBe(7 * 86_400_000);
  await env.DB.prepare("update api_keys set expires_at = 1 where hint = ?").bind(key.slice(-4)).run();
  expect(await statusWith(key)).toBe(401);
  expect(await (await visit(member, "/keys")).text()).toContain("expired 1 January 1970");
});

test.each([
  ["no name", { name: " " }, "Give the key a name."],
  ["a name that shows nothing", { name: "\u200b" }, "Give the key a name."],
  ["a name without end", { name: "x".repeat(101) }, "at most 100 characters"],
  ["an ability that is none", { may: "admin" }, 'role="alert"'],
  ["days that are none", { days: "-1" }, "number of days"],
  ["no days at all", { days: "0" }, "number of days"],
])("A form with %s is refused in words, and makes no key", async (_, fields, words) => {
  const member = await makeMember();
  const page = await submit(member, "/keys", { name: "laptop", may: "read", days: "", ...fields });
  expect(page.status).toBe(422);
  expect(await page.text()).toContain(words);
  expect(await idsOf(member)).toHaveLength(1);
});

test("A revoked key is refused at once, and a key of somebody else stays", async () => {
  const [member, stranger] = [await makeMember(), await makeMember()];
  const { key } = await make(member, {});
  const [newest] = await idsOf(member);
  await submit(stranger, "/keys/revoke", { key: String(newest?.id) });
  expect(await statusWith(key)).toBe(200);
  const answer = await submit(member, "/keys/revoke", { key: String(newest?.id) });
  expect(answer.headers.get("Location")).toBe("/keys#keys");
  expect(await statusWith(key)).toBe(401);
  expect(await statusWith(member.key)).toBe(200);
});

test("An account has a hundred keys and no more, however many are asked for at once", async () => {
  const member = await makeMember();
  const wanted = { name: "x", abilities: ["read"], expiresAt: null } as const;
  const made = await Promise.all(
    Array.from({ length: MAX_KEYS + 5 }, () => createKey(db, member.id, wanted, Date.now())),
  );
  expect(made.filter(Boolean)).toHaveLength(MAX_KEYS - 1);
  const page = await submit(member, "/keys", { name: "one more", may: "read" });
  expect(page.status).toBe(403);
  expect(await page.text()).toContain("Revoke one");
});

test("Making and revoking without end fills no table", async () => {
  const member = await makeMember();
  const over = { name: "x", abilities: ["read"], expiresAt: 1 } as const;
  for (let at = 0; at < 60; at++) await createKey(db, member.id, over, 2 + at);
  expect(await idsOf(member)).toHaveLength(51);
  expect(await statusWith(member.key)).toBe(200);
});
