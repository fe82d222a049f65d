// In by e-mail: a code of six digits, good for one use, in one browser, for ten minutes and five tries.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { CODE_MILLISECONDS } from "../../workers/api/accounts/codes/codes.ts";
import { findMember } from "../../workers/api/accounts/sessions.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { Mailbox } from "../support/mailbox.ts";
import { cookieOf, makeMember, signInAs, visit } from "../support/members.ts";
import { askForCode, mailing, otherThan, sendCode } from "../support/signing-in.ts";

const mailbox = new Mailbox();
const bindings = mailing(mailbox);
afterEach(() => vi.useRealTimers());

let people = 0;
const someone = () => `person${++people}@example.com`;
const accountsOf = async (email: string) =>
  (await env.DB.prepare("select id, name, plan, operator from accounts where email = ?").bind(email).all())
    .results;
const memberOf = async (response: Response) => {
  const secret = /=(\w+);/.exec(cookieOf(response) ?? "")?.[1] ?? "";
  return findMember(openDatabase(env.DB), secret, Date.now());
};

describe("An address that nobody has", () => {
  test("signs up with the code from its mail, and is led to where it wanted to go", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings, { path: "/sign-up", next: "/account?new=1" });
    expect(waiting.response.status).toBe(200);
    expect(waiting.text).toContain(email);
    const code = mailbox.codeFor(email);
    expect(waiting.text).not.toContain(code);
    const answer = await sendCode(waiting, code, bindings, { path: "/sign-up", next: "/account?new=1" });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/account?new=1"]);
    const [account, ...others] = await accountsOf(email);
    expect(others).toEqual([]);
    expect(account).toMatchObject({ plan: "free", operator: 0, name: email.split("@")[0] });
    expect((await memberOf(answer))?.account.id).toBe(account?.id);
  });

  test("is one address in whatever way it is written", async () => {
    const email = someone();
    const waiting = await askForCode(`  ${email.toUpperCase()} `, bindings);
    const answer = await sendCode(
      { ...waiting, email: email.toUpperCase() },
      mailbox.codeFor(email),
      bindings,
    );
    expect(answer.status).toBe(303);
    expect(await accountsOf(email)).toHaveLength(1);
  });

  test.each([
    ["invite", "signing up is not open here"],
    ["closed", "signing up is not open here"],
    ["sometimes", "signing up is not open here"],
  ])("is told after its code, and not before, when SIGNUPS is %s", async (SIGNUPS, words) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const email = someone();
    const waiting = await askForCode(email, { ...bindings, SIGNUPS });
    expect(waiting.response.status).toBe(200);
    const answer = await sendCode(waiting, mailbox.codeFor(email), { ...bindings, SIGNUPS });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(words);
    expect(cookieOf(answer)).toBeUndefined();
    expect(await accountsOf(email)).toEqual([]);
  });

  test("that signs up in two browsers at once gets one account, and both are in", async () => {
    const email = someone();
    const one = await askForCode(email, bindings);
    const first = mailbox.codeFor(email);
    const two = await askForCode(email, bindings);
    const second = mailbox.codeFor(email);
    const answers = await Promise.all([sendCode(one, first, bindings), sendCode(two, second, bindings)]);
    const members = await Promise.all(answers.map(memberOf));
    expect(await accountsOf(email)).toHaveLength(1);
    expect(members[0]?.account.id).toBe(members[1]?.account.id);
  });
});

describe("A code", () => {
  test("that is wrong five times is good no more, not even the right one", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings);
    const code = mailbox.codeFor(email);
    const statuses = [];
    for (let time = 0; time < 5; time++)
      statuses.push((await sendCode(waiting, otherThan(code), bindings)).status);
    expect(statuses).toEqual([422, 422, 422, 422, 403]);
    const late = await sendCode(waiting, code, bindings);
    expect(late.status).toBe(403);
    expect(cookieOf(late)).toBeUndefined();
  });

  test("that is right the fifth time is good", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings);
    const code = mailbox.codeFor(email);
    for (let time = 0; time < 4; time++) await sendCode(waiting, otherThan(code), bindings);
    // Tries outlive the object's sleep.
    await evictDurableObject(env.CODES.getByName(email));
    expect((await sendCode(waiting, code, bindings)).status).toBe(303);
  });

  test("that is sent many times at once lets one in", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings);
    const code = mailbox.codeFor(email);
    const answers = await Promise.all(Array.from({ length: 12 }, () => sendCode(waiting, code, bindings)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter((answer) => cookieOf(answer))).toHaveLength(1);
  });

  test("of which a hundred guesses come at once is tried five times", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings);
    const code = mailbox.codeFor(email);
    const guesses = Array.from({ length: 40 }, () => sendCode(waiting, otherThan(code), bindings));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(4);
    expect(statuses.filter((status) => status === 403)).toHaveLength(36);
  });

  test("is good for ten minutes", async () => {
    for (const [milliseconds, status] of [
      [CODE_MILLISECONDS - 1_000, 303],
      [CODE_MILLISECONDS, 403],
    ] as const) {
      const email = someone();
      const start = Date.now();
      vi.useFakeTimers({ now: start, toFake: ["Date"] });
      const waiting = await askForCode(email, bindings);
      vi.setSystemTime(start + milliseconds);
      expect((await sendCode(waiting, mailbox.codeFor(email), bindings)).status).toBe(status);
      vi.useRealTimers();
    }
  });

  test("counts only in the browser that asked for it, and strangers' tries take nothing from it", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings);
    const code = mailbox.codeFor(email);
    const stranger = await askForCode(email, bindings);
    expect((await sendCode(stranger, code, bindings)).status).toBe(422);
    for (let time = 0; time < 6; time++) await sendCode(stranger, "000000", bindings);
    expect((await sendCode({ ...waiting, cookie: "" }, code, bindings)).status).toBe(403);
    expect((await sendCode(waiting, code, bindings)).status).toBe(303);
  });

  test("is of one address: with another it opens nothing", async () => {
    const [mine, theirs] = [someone(), someone()];
    const waiting = await askForCode(mine, bindings);
    const code = mailbox.codeFor(mine);
    expect((await sendCode({ ...waiting, email: theirs }, code, bindings)).status).toBe(403);
    expect(await accountsOf(theirs)).toEqual([]);
  });

  test("is not stored, and nothing is stored from which a million tries would tell it", async () => {
    const email = someone();
    const waiting = await askForCode(email, bindings);
    const code = mailbox.codeFor(email);
    const secret = waiting.cookie.split("=")[1] ?? "";
    const stored = await runInDurableObject(env.CODES.getByName(email), (_, { storage }) =>
      JSON.stringify([...storage.kv.list()]),
    );
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(secret);
  });

  test("is forgotten with its object a day later", async () => {
    const email = someone();
    await askForCode(email, bindings);
    const codes = env.CODES.getByName(email);
    vi.useFakeTimers({ now: Date.now() + 86_401_000, toFake: ["Date"] });
    expect(await runDurableObjectAlarm(codes)).toBe(true);
    expect(await runInDurableObject(codes, (_, { storage }) => [...storage.kv.list()])).toEqual([]);
  });

  test.each(["", "12345", "1234567", "abcdef", "12 34 5"])(
    "%j is no code, and takes no try",
    async (typed) => {
      const email = someone();
      const waiting = await askForCode(email, bindings);
      for (let time = 0; time < 6; time++)
        expect((await sendCode(waiting, typed, bindings)).status).toBe(422);
      const code = mailbox.codeFor(email);
      const spelled = ` ${code.slice(0, 3)}-${code.slice(3)} `;
      expect((await sendCode(waiting, spelled, bindings)).status).toBe(303);
    },
  );
});

test("A cookie from before the sign-in is worth nothing after it: the session is another one", async () => {
  const planted = await makeMember();
  const email = someone();
  const waiting = await askForCode(email, bindings);
  const cookie = `${waiting.cookie}; ${planted.cookie}`;
  const answer = await sendCode(waiting, mailbox.codeFor(email), bindings, { cookie });
  expect(cookieOf(answer)).not.toContain(planted.secret);
  expect((await memberOf(answer))?.account.id).not.toBe(planted.id);
  expect((await visit(planted, "/account")).status).toBe(303);
  const flags = cookieOf(answer)?.split("; ").slice(1).sort();
  expect(flags).toEqual(["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Lax", "Secure"]);
});

test("An account that is suspended gets no session", async () => {
  const email = someone();
  await makeMember({ email, status: "suspended" });
  const waiting = await askForCode(email, bindings);
  const answer = await sendCode(waiting, mailbox.codeFor(email), bindings);
  expect([answer.status, cookieOf(answer)]).toEqual([403, undefined]);
  expect(await answer.text()).toContain("suspended");
});

test.each([
  ["https://evil.example/", "/gallery"],
  ["//evil.example", "/gallery"],
  ["/.//evil.example", "/gallery"],
  ["/\\evil.example", "/gallery"],
  ["/plans?a=b", "/plans?a=b"],
])("A sign-in with next=%s leads to %s", async (next, target) => {
  const email = someone();
  const waiting = await askForCode(email, bindings, { next });
  expect(waiting.text).not.toContain("evil");
  const answer = await sendCode(waiting, mailbox.codeFor(email), bindings, { next });
  expect(answer.headers.get("Location")).toBe(target);
});

test("Who is signed in is led on from the sign-in page", async () => {
  const member = await signInAs(await makeMember());
  const answer = await visit(member, "/sign-in?next=//evil.example");
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/gallery"]);
});
