// What strangers may try at the sign-in form: learn who has an account, fill somebody's mailbox, use up all mails.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { call, ORIGIN } from "../support/api.ts";
import { Mailbox } from "../support/mailbox.ts";
import { makeMember } from "../support/members.ts";
import { pretendOutside } from "../support/outside.ts";
import { recordQueries } from "../support/recorded-queries.ts";
import { askForCode, freshAddress, mailing, otherThan, sendCode } from "../support/signing-in.ts";

const mailbox = new Mailbox();
const bindings = mailing(mailbox);
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The form's token is another each time, and the address is the asker's own. */
const blurred = (text: string, email: string) => text.replaceAll(email, "…").replace(/value="\w{64}"/, "…");

test.each(["open", "invite", "closed"])(
  "Asking for a code says and does the same for an address with and without an account (SIGNUPS=%s)",
  async (SIGNUPS) => {
    const known = `known-${SIGNUPS}@example.com`;
    const unknown = `nobody-${SIGNUPS}@example.com`;
    await makeMember({ email: known });
    const seen = [];
    for (const email of [known, unknown]) {
      const { DB, queries } = recordQueries();
      const before = mailbox.letters.length;
      const { response, text } = await askForCode(email, { ...bindings, SIGNUPS, DB });
      const headers = [...response.headers].filter(
        ([name]) => !["x-request-id", "set-cookie"].includes(name),
      );
      const letter = mailbox.letters.at(-1);
      seen.push({
        status: response.status,
        headers,
        cookies: response.headers.getSetCookie().length,
        text: blurred(text, email),
        queries: queries.size,
        letters: mailbox.letters.length - before,
        letter: letter?.text.replace(/\d{6}/, "…"),
      });
    }
    expect(seen[0]).toEqual(seen[1]);
    // Nobody looks whether there is an account: there is nothing to tell by text or by time.
    expect(seen[0]).toMatchObject({ status: 200, queries: 0, letters: 1 });
  },
);

test("A wrong code says and does the same for an address with and without an account", async () => {
  await makeMember({ email: "known-wrong@example.com" });
  const seen = [];
  for (const email of ["known-wrong@example.com", "nobody-wrong@example.com"]) {
    const waiting = await askForCode(email, bindings);
    const { DB, queries } = recordQueries();
    const answer = await sendCode(waiting, otherThan(mailbox.codeFor(email)), { ...bindings, DB });
    seen.push({ status: answer.status, text: blurred(await answer.text(), email), queries: queries.size });
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]).toMatchObject({ status: 422, queries: 0 });
});

test("A mailbox gets five codes an hour and ten a day, from however many addresses they are asked for", async () => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const email = "victim@example.com";
  const before = mailbox.letters.length;
  const statuses = async (count: number) => {
    const answers = Array.from({ length: count }, () => askForCode(email, bindings));
    return (await Promise.all(answers)).map(({ response }) => response.status);
  };
  expect((await statuses(30)).filter((status) => status === 200)).toHaveLength(5);
  const refused = await askForCode(email, bindings);
  expect(refused.response.status).toBe(429);
  expect(Number(refused.response.headers.get("Retry-After"))).toBeGreaterThan(3_000);
  expect(refused.text).toContain("Try again in");
  vi.setSystemTime(start + 3_601_000);
  expect((await statuses(8)).filter((status) => status === 200)).toHaveLength(5);
  vi.setSystemTime(start + 2 * 3_601_000);
  expect(await statuses(3)).toEqual([429, 429, 429]);
  expect(mailbox.letters.length - before).toBe(10);
});

test("One network address asks for twenty codes an hour, an IPv6 /64 as one", async () => {
  const statuses = [];
  for (let time = 0; time < 21; time++) {
    const address = `2001:db8:ffff:1::${time.toString(16)}`;
    statuses.push((await askForCode(`crowd${time}@example.com`, bindings, { address })).response.status);
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(statuses.at(-1)).toBe(429);
  const neighbour = await askForCode("crowd99@example.com", bindings, { address: "2001:db8:ffff:2::1" });
  expect(neighbour.response.status).toBe(200);
});

test("The deployment sends MAILS_PER_HOUR and no more", async () => {
  const few = { ...bindings, MAILS_PER_HOUR: "0" };
  const { response } = await askForCode("late@example.com", few);
  expect(response.status).toBe(429);
  expect(mailbox.letters.some(({ to }) => to === "late@example.com")).toBe(false);
});

test.each([
  "",
  "x",
  "a@b",
  "a b@example.com",
  "a@example.com\r\nBcc: b@example.com",
  `${"a".repeat(250)}@b.co`,
])("%j gets no mail", async (email) => {
  const before = mailbox.letters.length;
  const { response, text } = await askForCode(email, bindings);
  expect(response.status).toBe(422);
  expect(text).toContain("That is no e-mail address.");
  expect(mailbox.letters.length).toBe(before);
});

test("Another site's form asks for no code and tries none", async () => {
  const headers = { Origin: "https://evil.example", "CF-Connecting-IP": freshAddress() };
  const email = "forged@example.com";
  const asked = await call(
    "/sign-in",
    { method: "POST", headers, body: new URLSearchParams({ email }) },
    bindings,
  );
  expect(asked.status).toBe(403);
  const waiting = await askForCode(email, bindings);
  const code = mailbox.codeFor(email);
  const body = new URLSearchParams({ email, code, form_token: waiting.formToken });
  const tried = await call(
    "/sign-in/code",
    { method: "POST", headers: { ...headers, Cookie: waiting.cookie }, body },
    bindings,
  );
  expect(tried.status).toBe(403);
  const untokened = await sendCode({ ...waiting, formToken: "" }, code, bindings);
  expect(untokened.status).toBe(403);
  expect((await sendCode(waiting, code, bindings)).status).toBe(303);
});

const turnstile = { TURNSTILE_SITE_KEY: "1x0000000000AA", TURNSTILE_SECRET_KEY: "2x0000000000AA" };
const verify = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

test("With Turnstile's keys a code is sent only to who passes it, and each token is asked after once", async () => {
  const said: URLSearchParams[] = [];
  const spent = new Set<string>();
  pretendOutside({
    pages: {
      [verify]: async (request) => {
        const form = new URLSearchParams(await request.text());
        said.push(form);
        const token = form.get("response") ?? "";
        const success = token === "good" && !spent.has(token);
        spent.add(token);
        return Response.json({ success, "error-codes": success ? [] : ["invalid-input-response"] });
      },
    },
  });
  const guarded = { ...bindings, ...turnstile };
  const address = "2001:db8:77:1:2:3:4:5";
  const ask = (token: string) =>
    askForCode("human@example.com", guarded, { "cf-turnstile-response": token, address });
  const before = mailbox.letters.length;
  const statuses = [];
  for (const token of ["", "bad", "x".repeat(3_000), "good", "good"])
    statuses.push((await ask(token)).response.status);
  expect(statuses).toEqual([403, 403, 403, 200, 403]);
  expect(mailbox.letters.length - before).toBe(1);
  expect(said).toHaveLength(3);
  expect(Object.fromEntries(said[1] ?? [])).toEqual({
    secret: turnstile.TURNSTILE_SECRET_KEY,
    response: "good",
    // The whole address: what stands for its network in our counts is none.
    remoteip: address,
  });
});

test("The policy lets Turnstile in on the pages that ask it, and nowhere else", async () => {
  const policyOf = async (path: string, extra: object) =>
    (await call(path, {}, { ...bindings, ...extra })).headers.get("Content-Security-Policy") ?? "";
  const open = await policyOf("/sign-in", turnstile);
  expect(open).toContain("script-src 'self' https://challenges.cloudflare.com;");
  expect(open).toContain("frame-src https://challenges.cloudflare.com;");
  for (const policy of [await policyOf("/sign-in", {}), await policyOf("/", turnstile)])
    expect(policy).not.toContain("challenges");
});

test("Where Turnstile can't be reached, or only one key is right, nobody is mailed", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  pretendOutside({});
  const before = mailbox.letters.length;
  const fields = { "cf-turnstile-response": "good" };
  const status = async (extra: object) =>
    (await askForCode("half@example.com", { ...bindings, ...extra }, fields)).response.status;
  expect(await status(turnstile)).toBe(403);
  expect(await status({ TURNSTILE_SECRET_KEY: turnstile.TURNSTILE_SECRET_KEY })).toBe(503);
  expect(await status({ ...turnstile, TURNSTILE_SITE_KEY: "short" })).toBe(503);
  expect(String(said.mock.calls)).toContain("TURNSTILE_SITE_KEY");
  expect(mailbox.letters.length).toBe(before);
});

test("Asking for a code writes nothing into D1", async () => {
  const count = () =>
    env.DB.prepare("select (select count(*) from accounts) + (select count(*) from sessions) as n").first(
      "n",
    );
  const before = await count();
  await askForCode("passing@example.com", bindings);
  expect(await count()).toBe(before);
});

test("A form of an open page, sent from nowhere, is refused", async () => {
  const body = new URLSearchParams({ email: "a@example.com" });
  expect((await call("/sign-in", { method: "POST", body }, bindings)).status).toBe(403);
  const headers = { Origin: ORIGIN };
  expect((await call("/sign-in", { method: "POST", headers, body }, bindings)).status).toBe(200);
});
