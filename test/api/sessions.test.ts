// Sessions: who holds the cookie is in, for thirty days of not being used, on pages only, and out when it is revoked.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { findMember } from "../../workers/api/accounts/sessions.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { call, ORIGIN } from "../support/api.ts";
import { cookieOf, makeMember, SESSION_COOKIE, signInAs, submit, visit } from "../support/members.ts";
import { recordQueries } from "../support/recorded-queries.ts";

const DAY = 86_400_000;
const db = openDatabase(env.DB);
const seenAt = async (secret: string) => (await findMember(db, secret, Date.now()))?.seenAt;

test("/account shows its owner who he is, and is kept by no cache", async () => {
  const member = await makeMember({ name: "Ann", email: "ann@example.com" });
  const page = await visit(member, "/account");
  expect(page.status).toBe(200);
  expect(page.headers.get("Cache-Control")).toBe("private, no-store");
  expect(await page.text()).toContain("ann@example.com");
});

test("No cache keeps a page that shows who is signed in, in whatever state the account is", async () => {
  const cases = [
    [
      await makeMember(),
      ["/", "/account", "/sign-out", "/keys", "/gallery/zzzzzzzz", "/operator", "/sign-in"],
    ],
    [await makeMember({ deletingAt: 1 }), ["/", "/account/deletion", "/sign-out"]],
    [await makeMember({ status: "suspended" }), ["/", "/account", "/account/deletion", "/sign-out"]],
  ] as const;
  for (const [member, paths] of cases)
    for (const path of paths)
      expect.soft((await visit(member, path)).headers.get("Cache-Control"), path).toBe("private, no-store");
});

test.each(["GET", "POST"])(
  "%s without a session leads to the sign-in page, and a page leads back",
  async (method) => {
    const path = method === "GET" ? "/account?tab=1" : "/account/sessions/end-others";
    const answer = await call(path, { method, headers: { Origin: ORIGIN } });
    expect(answer.status).toBe(303);
    const next = method === "GET" ? "/account?tab=1" : "/gallery";
    expect(answer.headers.get("Location")).toBe(`/sign-in?next=${encodeURIComponent(next)}`);
  },
);

test("D1 holds no secret of a session, only its SHA-256", async () => {
  const { secret } = await makeMember();
  const { results } = await env.DB.prepare("select * from sessions").all();
  expect(JSON.stringify(results)).not.toContain(secret);
  expect(secret).toMatch(/^[0-9A-Za-z]{43}$/);
});

test("A session ends thirty days after its last use, and a use is written once a day at most", async () => {
  const now = Date.now();
  const old = await makeMember({}, now - 30 * DAY - 1);
  expect((await visit(old, "/account")).status).toBe(303);
  const rested = await makeMember({}, now - 29 * DAY);
  const first = await visit(rested, "/account");
  expect(first.status).toBe(200);
  expect(cookieOf(first)).toContain("Max-Age=2592000");
  const noted = await seenAt(rested.secret);
  expect(noted).toBeGreaterThanOrEqual(now);
  expect(await findMember(db, rested.secret, now + 29 * DAY)).toBeDefined();
  const { DB, queries } = recordQueries();
  const second = await visit(rested, "/account", { DB });
  expect(cookieOf(second)).toBeUndefined();
  expect([...queries].filter((query) => !query.startsWith("select"))).toEqual([]);
});

test("The cookie can be read by no script, sent by no other site's form and set by no other host", async () => {
  const member = await makeMember({}, Date.now() - 2 * DAY);
  const flags = cookieOf(await visit(member, "/account"))
    ?.split("; ")
    .slice(1)
    .sort();
  expect(flags).toEqual(["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Lax", "Secure"]);
});

test("A cookie that is no secret of ours asks D1 nothing", async () => {
  for (const value of ["", "x", "a".repeat(44), "' or 1=1 --"]) {
    const { DB, queries } = recordQueries();
    const answer = await call("/account", { headers: { Cookie: `${SESSION_COOKIE}=${value}` } }, { DB });
    expect(answer.status).toBe(303);
    expect(queries.size).toBe(0);
  }
});

test("A dead session's cookie is taken away", async () => {
  const answer = await visit(
    { ...(await makeMember()), cookie: `${SESSION_COOKIE}=${"a".repeat(43)}` },
    "/account",
  );
  expect(cookieOf(answer)).toContain("Max-Age=0");
});

test("Signing out ends the session and takes its cookie", async () => {
  const member = await makeMember();
  const answer = await submit(member, "/sign-out");
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/"]);
  expect(cookieOf(answer)).toContain("Max-Age=0");
  expect((await visit(member, "/account")).status).toBe(303);
});

test("A member ends one session, or all but this one, and never one of somebody else", async () => {
  const [one, stranger] = [await makeMember(), await makeMember()];
  const [two, three, four] = [await signInAs(one), await signInAs(one), await signInAs(one)];
  const idOf = async (secret: string) => (await findMember(db, secret, Date.now()))?.sessionId ?? "";
  await submit(one, "/account/sessions/end", { session: await idOf(two.secret) });
  await submit(one, "/account/sessions/end", { session: await idOf(stranger.secret) });
  const statuses = async () =>
    Promise.all([one, two, three, four, stranger].map(async (who) => (await visit(who, "/account")).status));
  expect(await statuses()).toEqual([200, 303, 200, 200, 200]);
  await submit(one, "/account/sessions/end-others");
  expect(await statuses()).toEqual([200, 303, 303, 303, 200]);
});

test("The API knows no cookies: a session opens nothing of /v1", async () => {
  const { cookie } = await makeMember();
  expect((await call("/v1/usage", { headers: { Cookie: cookie } })).status).toBe(401);
});

test("A suspended account sees only that it is suspended, and can sign out", async () => {
  const member = await makeMember({ status: "suspended" });
  const page = await visit(member, "/account");
  expect(page.status).toBe(403);
  expect(await page.text()).toContain("This account is suspended.");
  expect((await submit(member, "/account/sessions/end-others")).status).toBe(403);
  expect((await submit(member, "/sign-out")).status).toBe(303);
});

test("The front page leads strangers to sign in and members to their account, and asks D1 nothing of strangers", async () => {
  const { DB, queries } = recordQueries();
  const page = await (await call("/", {}, { DB })).text();
  expect(page).toContain('href="/sign-in"');
  expect(queries.size).toBe(0);
  expect(await (await visit(await makeMember(), "/")).text()).toContain('href="/account"');
});
