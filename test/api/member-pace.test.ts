// What a member does over and over has an end for a while, told in words: exports, names, keys.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { accountLedgerName } from "../../workers/api/accounts/accounting.ts";
import { daily, hourly, type RatePolicy } from "../../workers/api/ledger/rate.ts";
import { makeMember, signInAs, submit, type TestMember, visit } from "../support/members.ts";

afterEach(() => vi.useRealTimers());

const HOUR = 3_601_000;
const makeKey = (member: TestMember) => submit(member, "/keys", { name: "k", may: "read", days: "" });
const wordsOf = async (answer: Response) =>
  /class="problem"[^>]*>([^<]+)|<p[^>]*>([^<]*again[^<]*)/.exec(await answer.text());

async function useUp(member: TestMember, what: string, policy: RatePolicy, times: number): Promise<void> {
  const ledger = env.LEDGER.getByName(accountLedgerName(member.id));
  for (let time = 0; time < times; time++) await ledger.takeLongRate(what, [policy], Date.now());
}

const doings = [
  ["exports", 10, 40, 200, (member: TestMember) => visit(member, "/account/export")],
  ["names", 10, 40, 303, (member: TestMember) => submit(member, "/account/name", { name: "Ann" })],
  ["keys", 60, 200, 201, makeKey],
] as const;

test.each(doings)("Of %s a member has %i an hour and %i a day", async (what, anHour, aDay, done, act) => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const member = await makeMember();
  const other = await signInAs(member, start);
  const isRefused = async () => {
    // Whichever browser it is.
    const refused = await act(member);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(3_000);
    expect((await wordsOf(refused))?.[0]).toContain("Try again in");
  };
  for (let time = 0; time < anHour; time++) {
    const answer = await act(time % 2 ? member : other);
    expect(answer.status).toBe(done);
    await answer.arrayBuffer();
  }
  await isRefused();
  vi.setSystemTime(start + HOUR);
  await useUp(member, what, daily(aDay), aDay - anHour);
  await isRefused();
  vi.setSystemTime(start + 24 * HOUR);
  expect((await act(member)).status).toBe(done);
  expect((await act(await makeMember())).status).toBe(done);
});

test("A tool's key counts as one, and a form that makes none counts as nothing", async () => {
  const member = await makeMember();
  for (let time = 0; time < 3; time++) expect((await submit(member, "/keys", { name: "" })).status).toBe(422);
  await useUp(member, "keys", hourly(60), 59);
  expect((await submit(member, "/tools", { tool: "sharex" })).status).toBe(201);
  const refused = await submit(member, "/tools", { tool: "sharex" });
  expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining("Too many keys")]);
  expect((await makeKey(member)).status).toBe(429);
});
