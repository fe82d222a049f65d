// The reference for who is signed in: it knows their newest key by name, tells them nothing that is secret, and no cache keeps it.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Ability } from "../../workers/api/accounts/account.ts";
import { createKey, revokeKey } from "../../workers/api/accounts/keys.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { makeAccount } from "../support/accounts.ts";
import { ORIGIN } from "../support/api.ts";
import { makeMember, signInAs, type TestMember, visit } from "../support/members.ts";
import { recordQueries, stepsOf } from "../support/recorded-queries.ts";

const db = openDatabase(env.DB);

interface MadeKey {
  readonly at: number;
  readonly endsAt: number;
  readonly abilities: readonly Ability[];
}

async function make(
  { id }: { readonly id: string },
  name: string,
  { at = Date.now(), endsAt, abilities = ["read", "write"] }: Partial<MadeKey> = {},
) {
  return (await createKey(db, id, { name, abilities, expiresAt: endsAt ?? null }, at)) ?? "";
}

/** A member whose account comes without the key that test accounts have. */
async function memberWithoutKeys(): Promise<TestMember> {
  const member = await makeMember();
  await env.DB.prepare("delete from api_keys where account_id = ?").bind(member.id).run();
  return member;
}

const textOf = async (member: TestMember | null, path = "/docs") =>
  (await (await visit(member, path)).text()).replace(/<[^>]+>/g, "");

test.each(["/docs", "/docs/authentication"])(
  "%s names the newest key that works, and never tells the key",
  async (path) => {
    const member = await memberWithoutKeys();
    const now = Date.now();
    const older = await make(member, "my laptop", { at: now - 3_000 });
    await make(member, "a week's", { at: now - 1_000, endsAt: now - 1 });
    const revoked = await make(member, "lost phone", { at: now });
    const { results } = await env.DB.prepare("select id from api_keys where name = 'lost phone' and hint = ?")
      .bind(revoked.slice(-4))
      .all<{ id: string }>();
    await revokeKey(db, member.id, results[0]?.id ?? "", now);
    const text = await textOf(member, path);
    expect(text).toContain("my laptop");
    expect(text).toContain(`img_live_…${older.slice(-4)}`);
    expect(text).not.toMatch(/lost phone|a week|img_live_[0-9A-Za-z]{32}/);
  },
);

test("What the newest key may do is said, and a name that is markup stays text", async () => {
  const member = await memberWithoutKeys();
  await make(member, "<b>x</b>", { abilities: ["read"] });
  const page = await (await visit(member, "/docs")).text();
  expect(page).toContain("&lt;b&gt;x&lt;/b&gt;");
  expect(page).toContain("may only read");
});

test("Who has no key yet is led to make one, and not to sign up again", async () => {
  const member = await memberWithoutKeys();
  const page = await (await visit(member, "/docs")).text();
  expect(page).toContain('href="/keys"');
  expect(page).not.toContain(`${ORIGIN}/sign-up`);
});

test("One member's key is not on another's page, nor on nobody's", async () => {
  const ann = await memberWithoutKeys();
  await make(ann, "the key of Ann");
  expect(await textOf(ann)).toContain("the key of Ann");
  const bob = await signInAs(await makeAccount());
  for (const reader of [bob, null]) expect(await textOf(reader)).not.toContain("the key of Ann");
});

test.each(["/docs", "/docs/authentication", "/docs/errors"])(
  "No cache keeps %s of who is signed in, and D1 is not asked for nobody",
  async (path) => {
    const member = await makeMember();
    expect((await visit(member, path)).headers.get("Cache-Control")).toBe("private, no-store");
    const { DB, queries } = recordQueries();
    const answer = await visit(null, path, { DB });
    expect(answer.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(queries.size).toBe(0);
  },
);

test("The newest key is found by an index", async () => {
  const member = await makeMember();
  const { DB, queries } = recordQueries();
  await visit(member, "/docs", { DB });
  const ofKeys = [...queries].filter((query) => query.includes("api_keys"));
  expect(ofKeys).toHaveLength(1);
  expect((await stepsOf(ofKeys[0] ?? "")).join()).toContain("api_keys_account");
});
