// Passkeys by hand, as no browser would send them: each challenge counts once, in one browser, for one thing.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import * as z from "zod";
import { call, ORIGIN } from "../support/api.ts";
import { Authenticator } from "../support/authenticator.ts";
import { cookieOf, makeMember, submit, type TestMember, visit } from "../support/members.ts";
import { freshAddress } from "../support/signing-in.ts";

const BROWSER_COOKIE = "__Host-edgepix-browser";
const challengeSchema = z.object({ challenge: z.string() });

function post(path: string, body: object, headers: Readonly<Record<string, string>>): Promise<Response> {
  const own = { "Content-Type": "application/json", Origin: ORIGIN, "CF-Connecting-IP": freshAddress() };
  return call(path, { method: "POST", headers: { ...own, ...headers }, body: JSON.stringify(body) });
}
const here = (member: TestMember) => ({ Cookie: member.cookie, "Edgepix-Form-Token": member.formToken });
const challengeOf = async (answer: Response) => challengeSchema.parse(await answer.json()).challenge;

const askToAdd = async (member: TestMember) =>
  challengeOf(await post("/account/passkeys/options", {}, here(member)));
const add = (member: TestMember, response: object) => post("/account/passkeys", { response }, here(member));

async function askToEnter() {
  const answer = await post("/sign-in/passkey/options", {}, {});
  const cookie = cookieOf(answer, BROWSER_COOKIE)?.split(";")[0] ?? "";
  return { challenge: await challengeOf(answer), browser: { Cookie: cookie } };
}
const enter = (response: object, browser: Readonly<Record<string, string>>, next = "") =>
  post("/sign-in/passkey", { response, next }, browser);

async function withPasskey() {
  const [member, key] = [await makeMember(), await Authenticator.make()];
  const made = await key.create({ challenge: await askToAdd(member), origin: ORIGIN });
  expect((await add(member, made)).status).toBe(200);
  return { member, key };
}
const passkeysOf = (id: string) =>
  env.DB.prepare("select count(*) as n from passkeys where account_id = ?").bind(id).first("n");

test("A passkey lets its owner in, and the same answer nobody a second time, not even at once", async () => {
  const { key } = await withPasskey();
  const { challenge, browser } = await askToEnter();
  const signed = await key.get({ challenge, origin: ORIGIN });
  const answers = await Promise.all([1, 2, 3].map(() => enter(signed, browser, "/keys")));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 403, 403]);
  expect(await answers.find(({ ok }) => ok)?.json()).toEqual({ next: "/keys" });
  expect(answers.filter((answer) => cookieOf(answer))).toHaveLength(1);
  expect((await enter(signed, browser)).status).toBe(403);
});

test("What another site's page, another browser, another question or an unknown hand had signed opens nothing", async () => {
  const { member, key } = await withPasskey();
  const stranger = await Authenticator.make();
  const refused = async (sign: (challenge: string) => Promise<object>, other?: string) => {
    const { challenge, browser } = await askToEnter();
    const answer = await enter(await sign(challenge), other ? { Cookie: other } : browser);
    expect.soft([answer.status, cookieOf(answer)]).toEqual([403, undefined]);
  };
  const othersBrowser = (await askToEnter()).browser.Cookie;
  const toAdd = await askToAdd(member);
  await refused((challenge) => key.get({ challenge, origin: "https://evil.example" }));
  await refused((challenge) => key.get({ challenge, origin: ORIGIN, type: "webauthn.create" }));
  // Somebody touched it, and nobody showed who.
  await refused((challenge) => key.get({ challenge, origin: ORIGIN, flags: 0x01 }));
  await refused((challenge) => key.get({ challenge, origin: ORIGIN }), othersBrowser);
  await refused(() => key.get({ challenge: toAdd, origin: ORIGIN }));
  await refused(async (challenge) => ({
    ...(await stranger.get({ challenge, origin: ORIGIN })),
    id: key.id,
  }));
  await refused((challenge) => stranger.get({ challenge, origin: ORIGIN }));
  await refused(async () => ({}));
});

test("Where a sign-in leads is a path of ours, whatever the script says", async () => {
  const { key } = await withPasskey();
  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "/.//evil.example"]) {
    const { challenge, browser } = await askToEnter();
    const answer = await enter(await key.get({ challenge, origin: ORIGIN }), browser, next);
    expect(await answer.json()).toEqual({ next: "/gallery" });
  }
});

test("A passkey of a suspended account and one that was removed let nobody in", async () => {
  const { member, key } = await withPasskey();
  const status = async () => {
    const { challenge, browser } = await askToEnter();
    return (await enter(await key.get({ challenge, origin: ORIGIN }), browser)).status;
  };
  await submit(await makeMember(), "/account/passkeys/remove", { passkey: key.id });
  expect(await status()).toBe(200);
  await env.DB.prepare("update accounts set status = 'suspended' where id = ?").bind(member.id).run();
  expect(await status()).toBe(403);
  await env.DB.prepare("update accounts set status = 'active' where id = ?").bind(member.id).run();
  await submit(member, "/account/passkeys/remove", { passkey: key.id });
  expect(await status()).toBe(403);
});

test("What one member was asked to sign makes no passkey of another, and a passkey is one account's", async () => {
  const { member, key } = await withPasskey();
  const thief = await makeMember();
  const other = await Authenticator.make();
  const notAsked = await other.create({ challenge: await askToAdd(member), origin: ORIGIN });
  expect((await add(thief, notAsked)).status).toBe(403);
  const again = await key.create({ challenge: await askToAdd(thief), origin: ORIGIN });
  expect((await add(thief, again)).status).toBe(403);
  expect([await passkeysOf(member.id), await passkeysOf(thief.id)]).toEqual([1, 0]);
});

test("An account has twenty passkeys and none beside those that its page shows, however early they were asked for", async () => {
  const member = await makeMember();
  const asked = [];
  for (let n = 0; n < 25; n++) asked.push(await askToAdd(member));
  const made = asked.map(async (challenge) => {
    const key = await Authenticator.make();
    return (await add(member, await key.create({ challenge, origin: ORIGIN }))).status;
  });
  expect((await Promise.all(made)).filter((status) => status === 200)).toHaveLength(20);
  expect(await passkeysOf(member.id)).toBe(20);
  const page = await (await visit(member, "/account")).text();
  expect(page.match(/action="\/account\/passkeys\/remove"/g)).toHaveLength(20);
});

test("Questions to a passkey are a row each: one address asks sixty times an hour, signed in or not", async () => {
  const member = await makeMember();
  const address = { "CF-Connecting-IP": freshAddress() };
  const ask = (n: number) =>
    n % 2
      ? post("/account/passkeys/options", {}, { ...here(member), ...address })
      : post("/sign-in/passkey/options", {}, address);
  const statuses = [];
  for (let n = 0; n < 64; n++) statuses.push((await ask(n)).status);
  expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200));
  expect(statuses.slice(60)).toEqual(Array(4).fill(429));
});
