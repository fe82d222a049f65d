// Who knows an address must neither fill its mailbox nor keep its owner out: the limit that stops the one is no lever for the other.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { call } from "../support/api.ts";
import { Mailbox } from "../support/mailbox.ts";
import { cookieOf, makeMember, signInAs, submit } from "../support/members.ts";
import { askForCode, freshAddress, mailing, sendCode } from "../support/signing-in.ts";

const mailbox = new Mailbox();
const bindings = mailing(mailbox);
afterEach(() => vi.useRealTimers());

const DEVICE_COOKIE = "__Host-edgepix-device";
const HOUR = 3_601_000;
let people = 0;
const someone = () => `owner${++people}@example.com`;
const lettersTo = (email: string) => mailbox.letters.filter(({ to }) => to === email).length;
const pairOf = (answer: Response, name: string) => cookieOf(answer, name)?.split(";")[0] ?? "";

/** Signs in with a code, and answers what the browser holds afterwards. */
async function signIn(email: string, cookie = ""): Promise<string> {
  const waiting = await askForCode(email, bindings, { cookie });
  const held = [waiting.cookie, cookie].filter(Boolean).join("; ");
  const answer = await sendCode(waiting, mailbox.codeFor(email), bindings, { cookie: held });
  expect(answer.status).toBe(303);
  return pairOf(answer, DEVICE_COOKIE);
}

/** A stranger with a network of his own for each time asks until nothing is sent any more. */
async function useUp(email: string): Promise<void> {
  for (let time = 0; time < 7; time++) await askForCode(email, bindings);
  expect((await askForCode(email, bindings)).response.status).toBe(429);
}

const passIn = (email: string): string =>
  /https?:\/\/\S+\/sign-in\?pass=\S+/.exec(
    mailbox.letters.findLast(({ to }) => to === email)?.text ?? "",
  )?.[0] ?? "";

test("A browser that signed in here before gets its code, however many a stranger asked for", async () => {
  const email = someone();
  const device = await signIn(email);
  await useUp(email);
  const before = lettersTo(email);
  const asked = [];
  for (let time = 0; time < 6; time++)
    asked.push((await askForCode(email, bindings, { cookie: device })).response.status);
  // Its own allowance has an end, too.
  expect(asked).toEqual([200, 200, 200, 200, 200, 429]);
  expect(lettersTo(email) - before).toBe(5);
});

test("One address's known browser is a stranger to another address", async () => {
  const [mine, theirs] = [someone(), someone()];
  const device = await signIn(mine);
  await useUp(theirs);
  expect((await askForCode(theirs, bindings, { cookie: device })).response.status).toBe(429);
});

test("One network leaves the others a code: it gets four of the five of an hour, and eight of the ten of a day", async () => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const email = someone();
  const fromThere = (host: number) =>
    askForCode(email, bindings, { address: `2001:db8:abcd:${host.toString(16)}::1` });
  const statuses = [];
  for (let host = 1; host <= 5; host++) statuses.push((await fromThere(host)).response.status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
  expect((await askForCode(email, bindings)).response.status).toBe(200);
  vi.setSystemTime(start + HOUR);
  for (let host = 1; host <= 4; host++) expect((await fromThere(host)).response.status).toBe(200);
  vi.setSystemTime(start + 2 * HOUR);
  expect((await fromThere(9)).response.status).toBe(429);
  expect((await askForCode(email, bindings)).response.status).toBe(200);
});

test("The last mail before a wait carries a link: the browser that opens it goes on, and nobody else", async () => {
  const email = someone();
  await useUp(email);
  const link = passIn(email);
  expect(link).toMatch(/^https?:\/\/\S+\/sign-in\?pass=[0-9A-Za-z]{43}$/);
  const opened = await call(new URL(link).pathname + new URL(link).search, {}, bindings);
  expect(opened.status).toBe(200);
  // The link signs nobody in: it only lets ask.
  expect(cookieOf(opened)).toBeUndefined();
  const pass = pairOf(opened, "__Host-edgepix-pass");
  expect(cookieOf(opened, "__Host-edgepix-pass")?.split("; ").slice(1).sort()).toEqual([
    "HttpOnly",
    "Max-Age=86400",
    "Path=/",
    "SameSite=Strict",
    "Secure",
  ]);
  expect((await askForCode(email, bindings)).response.status).toBe(429);
  const waiting = await askForCode(email, bindings, { cookie: pass });
  expect(waiting.response.status).toBe(200);
  expect((await sendCode(waiting, mailbox.codeFor(email), bindings)).status).toBe(303);
  const other = someone();
  await useUp(other);
  expect((await askForCode(other, bindings, { cookie: pass })).response.status).toBe(429);
});

test("A refusal tells of that link, and of the passkey", async () => {
  const email = someone();
  await useUp(email);
  const { text } = await askForCode(email, bindings);
  expect(text).toContain("link in the newest mail");
  expect(text).toContain("passkey");
});

test("Mails before the last one carry no link", async () => {
  const email = someone();
  await askForCode(email, bindings);
  expect(lettersTo(email)).toBe(1);
  expect(passIn(email)).toBe("");
});

test("A link is over after a day, and a known browser after half a year", async () => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const email = someone();
  const device = await signIn(email);
  await useUp(email);
  const pass = `__Host-edgepix-pass=${new URL(passIn(email)).searchParams.get("pass")}`;
  vi.setSystemTime(start + 25 * HOUR);
  await useUp(email);
  expect((await askForCode(email, bindings, { cookie: pass })).response.status).toBe(429);
  expect((await askForCode(email, bindings, { cookie: device })).response.status).toBe(200);
  vi.setSystemTime(start + 181 * 24 * HOUR);
  await useUp(email);
  expect((await askForCode(email, bindings, { cookie: device })).response.status).toBe(429);
});

test("What a stranger's link put into a browser makes no known browser of him", async () => {
  const [victim, stranger] = [someone(), someone()];
  await useUp(stranger);
  const pass = `__Host-edgepix-pass=${new URL(passIn(stranger)).searchParams.get("pass")}`;
  const device = await signIn(victim, pass);
  expect(device.split("=")[1]).not.toBe(pass.split("=")[1]);
  await useUp(victim);
  expect((await askForCode(victim, bindings, { cookie: pass })).response.status).toBe(429);
});

test("An address's eleventh browser takes the place of the one that signed in first", async () => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const email = someone();
  const devices: string[] = [];
  for (let browser = 0; browser < 11; browser++) {
    vi.setSystemTime(start + browser * 4 * HOUR);
    devices.push(await signIn(email));
  }
  await useUp(email);
  const status = async (cookie = "") => (await askForCode(email, bindings, { cookie })).response.status;
  expect(await status(devices[0])).toBe(429);
  expect(await status(devices[1])).toBe(200);
});

test("Its secret is not stored, goes with the account, and outlives what is forgotten after a day", async () => {
  const start = Date.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  const email = someone();
  const device = await signIn(email);
  const codes = env.CODES.getByName(email);
  const stored = () => runInDurableObject(codes, (_, { storage }) => JSON.stringify([...storage.kv.list()]));
  expect(await stored()).not.toContain(device.split("=")[1]);
  vi.setSystemTime(start + 25 * HOUR);
  expect(await runDurableObjectAlarm(codes)).toBe(true);
  expect(JSON.parse(await stored())).toHaveLength(1);
  await useUp(email);
  expect((await askForCode(email, bindings, { cookie: device })).response.status).toBe(200);
  const id = await env.DB.prepare("select id from accounts where email = ?").bind(email).first<string>("id");
  const member = await signInAs({ ...(await makeMember()), id: id ?? "" });
  expect((await submit(member, "/account/delete", { confirm: "delete" })).status).toBe(303);
  await vi.waitFor(async () => expect(await stored()).not.toContain("device "));
});

test("Strangers leave a fifth of the deployment's mails to known browsers", async () => {
  const email = someone();
  const device = await signIn(email);
  const ledger = `rate-${people}`;
  // A ledger of its own: the whole file shares the deployment's.
  const few = { ...bindings, LEDGER: renamed(ledger), MAILS_PER_HOUR: "5" };
  const statuses = [];
  for (let time = 0; time < 5; time++) statuses.push((await askForCode(someone(), few)).response.status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
  expect((await askForCode(email, few, { cookie: device })).response.status).toBe(200);
  expect((await askForCode(email, few, { cookie: device })).response.status).toBe(429);
});

test("A code that the deployment could not send any more takes nothing from its address", async () => {
  const email = someone();
  const none = { ...bindings, MAILS_PER_HOUR: "0" };
  for (let time = 0; time < 8; time++) expect((await askForCode(email, none)).response.status).toBe(429);
  expect((await askForCode(email, bindings)).response.status).toBe(200);
});

/** The same ledgers under other names. */
function renamed(prefix: string) {
  return { getByName: (name: string) => env.LEDGER.getByName(`${prefix} ${name}`) };
}

test("Of another address, too, that a member takes: its mails end, and the link goes on", async () => {
  const member = await makeMember();
  const email = someone();
  await useUp(email);
  const ask = (cookie: string) =>
    submit(
      member,
      "/account/email",
      { email },
      { Cookie: cookie, "CF-Connecting-IP": freshAddress() },
      bindings,
    );
  const refused = await ask(member.cookie);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(3_000);
  const pass = `__Host-edgepix-pass=${new URL(passIn(email)).searchParams.get("pass")}`;
  expect((await ask(`${member.cookie}; ${pass}`)).status).toBe(200);
});
