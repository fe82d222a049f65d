// What a member does over and over has an end for a while, told in words: exports, names, keys.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { makeMember, signInAs, submit, type TestMember, visit } from "../support/members.ts";

afterEach(() => vi.useRealTimers());

const HOUR = 3_601_000;
const makeKey = (member: TestMember) => submit(member, "/keys", { name: "k", may: "read", days: "" });
const wordsOf = async (answer: Response) => /class="problem"[^>]*>([^<]+)|<p[^>]*>([^<]*again[^<]*)/.exec(await answer.text());

const doings = [
  ["exports", 10, 40, 200, (member: TestMember) => visit(member, "/account/export")],
  ["names", 10, 40, 303, (member: TestMember) => submit(member, "/account/name", { name: "Ann" })],
  ["keys", 60, 200, 201, makeKey],
] as const;

test.each(doings)("Of %s a member has %i an hour and %i a day", async (_, anHour, aDay, done, act) => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const member = await makeMember();
  const other = await signInAs(member, start);
  let count = 0;
  for (let hour = 0; count < aDay; hour++) {
    vi.setSystemTime(start + hour * HOUR);
    for (let time = 0; time < anHour && count < aDay; time++) {
      // An account has a hundred keys at most.
      await env.DB.prepare("update api_keys set revoked_at = 1 where account_id = ?").bind(member.id).run();
      const answer = await act(count % 2 ? member : other);
      expect(answer.status).toBe(done);
      await answer.arrayBuffer();
      count++;
    }
    // Whichever browser it is.
    const refused = await act(member);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(3_000);
    expect((await wordsOf(refused))?.[0]).toContain("Try again in");
  }
  vi.setSystemTime(start + 24 * HOUR);
  expect((await act(member)).status).toBe(done);
  expect((await act(await makeMember())).status).toBe(done);
});

test("A tool's key counts as one, and a form that makes none counts as nothing", async () => {
  const member = await makeMember();
  for (let time = 0; time < 61; time++) expect((await submit(member, "/keys", { name: "" })).status).toBe(422);
  for (let time = 0; time < 60; time++) {
    expect((await submit(member, "/tools", { tool: "sharex" })).status).toBe(201);
    await env.DB.prepare("update api_keys set revoked_at = 1 where account_id = ?").bind(member.id).run();
  }
  const refused = await submit(member, "/tools", { tool: "sharex" });
  expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining("Too many keys")]);
  expect((await makeKey(member)).status).toBe(429);
});
