// `npm run setup` against a fake Cloudflare: from nothing to a live deployment, whatever fails on the way.
import { readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Asker } from "../../../cli/setup/ask.ts";
import { Refused } from "../../harness/cloudflare/answer.ts";
import { openSetupDesk, type SetupDesk } from "../../support/setup-desk.ts";

let desk: SetupDesk;
beforeEach(async () => {
  desk = await openSetupDesk();
});
afterEach(() => desk.leave());

const answers = { name: "desk", domain: "example.com", plan: "paid" };
const said = () => desk.said.join("\n");
const changes = (calls: readonly string[]) =>
  calls.filter((call) => !/^GET/.test(call) && !/\/query$/.test(call));

/** What the account has in the end, as far as a stranger would see it. */
function outcome({ cloudflare: { account } }: SetupDesk) {
  const tables = [...account.databases.values()].map(({ name, sqlite }) => ({
    name,
    migrations: sqlite.prepare("select name from d1_migrations order by name").all(),
    keys: sqlite.prepare("select count(*) as n from api_keys").get(),
    accountsToStay: sqlite.prepare("select id from accounts where deleting_at is null").all(),
  }));
  const workers = [...account.workers.keys()].sort().map((name) => ({
    name,
    bindings: account
      .running(name)
      ?.bindings.map(({ name: one, type }) => `${type} ${one}`)
      .sort(),
  }));
  return { tables, buckets: [...account.buckets], workers, domains: [...account.domains].sort() };
}

test("one command and its answers make everything, in an order that no request can come too early for", async () => {
  await desk.setUp(answers);
  expect(outcome(desk)).toMatchObject({
    buckets: ["edgepix-originals"],
    domains: [
      ["api.example.com", "edgepix"],
      ["example.com", "edgepix"],
      ["src.example.com", "edgepix-src"],
    ],
  });
  expect(said()).toContain("cache and purge work");
  expect(said()).toMatch(/https:\/\/example\.com\/setup\?token=secret-2-/);
  expect(said()).toMatch(/5 USD a month/);
});

test("the Worker is born with its secrets, which lie in no file that others may read", async () => {
  await desk.setUp(answers);
  const first = desk.cloudflare.account.workers.get("edgepix")?.versions[0];
  expect(
    first?.bindings
      .filter(({ type }) => type === "secret_text")
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["ADMIN_TOKEN", "SETUP_TOKEN"]);
  expect(desk.cloudflare.account.workers.get("edgepix")?.versions).toHaveLength(1);
  const path = `${process.env.EDGEPIX_DEPLOYMENTS}/desk.secrets.json`;
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readFileSync(`${process.env.EDGEPIX_DEPLOYMENTS}/desk.toml`, "utf8")).not.toContain("secret");
});

test("the trial leaves no key, and its account goes", async () => {
  await desk.setUp(answers);
  const [database] = desk.cloudflare.account.databases.values();
  expect(desk.probed).toHaveLength(1);
  expect(database?.sqlite.prepare("select * from api_keys").all()).toEqual([]);
  expect(database?.sqlite.prepare("select id from accounts where deleting_at is null").all()).toEqual([
    { id: "anonymous" },
  ]);
});

test("a dry run says every step, and changes nothing", async () => {
  await desk.setUp(answers, { isDry: true });
  expect(changes(desk.cloudflare.calls)).toEqual([]);
  expect(said()).toMatch(
    /Would make the D1 database edgepix[\s\S]*Would make the R2 bucket[\s\S]*Would migrate[\s\S]*Nothing was changed\./,
  );
  expect(() => statSync(`${process.env.EDGEPIX_DEPLOYMENTS}/desk.toml`)).toThrow();
});

test("run again, it finds everything and keeps the secrets", async () => {
  await desk.setUp(answers);
  const before = outcome(desk);
  await desk.setUp({ name: "desk" });
  expect(outcome(desk)).toEqual(before);
  expect(said()).toMatch(
    /Found the D1 database edgepix[\s\S]*Found the R2 bucket[\s\S]*The Worker has its secrets/,
  );
});

test("whichever call to Cloudflare fails, the same command goes on and ends where it would have", {
  timeout: 120_000,
}, async () => {
  await desk.setUp(answers);
  const whole = outcome(desk);
  const calls = desk.cloudflare.calls.length;
  expect(calls).toBeGreaterThan(40);
  for (let count = 1; count < calls; count++) {
    const other = await openSetupDesk();
    try {
      other.cloudflare.refuseAt(count, new Refused(500, 10013, "An unknown error has occurred."));
      const stopped = await other.setUp(answers).then(
        () => undefined,
        (problem: unknown) => problem,
      );
      const failed = other.cloudflare.calls[count];
      expect(stopped, failed).toMatchObject({
        name: "Stop",
        message: expect.stringContaining("An unknown error"),
      });
      await other.setUp(answers);
      expect(outcome(other), failed).toEqual(whole);
    } finally {
      await other.leave();
    }
  }
});

const account = () => desk.cloudflare.account;
test.each<[string, () => unknown, RegExp, RegExp]>([
  ["the free plan", () => (account().plan = "free"), /on the free plan of Workers/, /--plan free/],
  [
    "R2 that was never switched on",
    () => (account().isR2On = false),
    /R2, which keeps the pictures, is not switched on/,
    /dashboard > R2/,
  ],
  [
    "a domain that is not on the account",
    () => account().zones.splice(0),
    /lies on no domain of the account/,
    /Add the domain/,
  ],
  [
    "a website at the host",
    () => account().zones[0]?.records.add("example.com"),
    /has a DNS record already/,
    /delete the record/,
  ],
  [
    "a Worker of the same name",
    () => account().workers.set("edgepix", strangeWorker()),
    /The name edgepix is taken: another Worker/,
    /--prefix/,
  ],
  [
    "a database of the same name",
    () => account().addDatabase("edgepix").sqlite.exec("create table posts (id)"),
    /The name edgepix is taken: a database/,
    /--prefix/,
  ],
  [
    "a token that may not see D1",
    () => desk.cloudflare.refuseOnce(/\/d1\//, new Refused(403, 10000, "Authentication error")),
    /this login may not do that/,
    /D1: Edit/,
  ],
])("%s is told before anything is made, with the way out", async (_, happen, sentence, advice) => {
  happen();
  await expect(desk.setUp(answers)).rejects.toMatchObject({
    message: expect.stringMatching(sentence),
    advice: expect.stringMatching(advice),
  });
  expect(changes(desk.cloudflare.calls)).toEqual([]);
});

function strangeWorker() {
  const version = { id: "v1", number: 1, annotations: {}, bindings: [{ name: "KV", type: "kv_namespace" }] };
  return {
    versions: [version],
    deployments: [[{ version_id: "v1", percentage: 100 }]],
    migrationTag: undefined,
    isOnSubdomain: true,
    schedules: [],
  };
}

test("an account without a workers.dev address is told so, where no domain is given", async () => {
  account().subdomain = undefined;
  await expect(desk.setUp({ name: "desk", domain: "none" })).rejects.toThrow(/no workers\.dev address yet/);
});

test("without a domain everything is at one workers.dev address", async () => {
  await desk.setUp({ name: "desk", domain: "none" });
  expect([...account().domains]).toEqual([]);
  expect(said()).toContain("https://edgepix.ann.workers.dev/setup?token=");
  // Of the cache behind the API's Worker nothing may come through: that must not stop a setup.
  expect(desk.probed).toEqual(["passed on"]);
});

test("the zone's Browser Cache TTL is every site's: it is told, and changed only where that was asked for", async () => {
  await desk.setUp(answers);
  expect(said()).toMatch(
    /makes browsers keep pictures for 4 hours[\s\S]*left alone[\s\S]*Respect Existing Headers/,
  );
  expect(account().zones[0]?.browserCacheTtl).toBe(14_400);
  await desk.setUp(answers, { setsBrowserCache: true });
  expect(account().zones[0]?.browserCacheTtl).toBe(0);
});

test("a login that may not see the zone's settings says where to look", async () => {
  desk.cloudflare.refuseOnce(/browser_cache_ttl/, new Refused(403, 10000, "Authentication error"));
  await desk.setUp(answers);
  expect(said()).toMatch(/may not see the settings of example\.com\. Set it in the dashboard/);
});

test("it waits for a new host's certificate, and says so where that takes too long", async () => {
  desk.silent = 10;
  await desk.setUp(answers);
  desk.silent = 1_000;
  await expect(desk.setUp(answers)).rejects.toMatchObject({
    message: expect.stringContaining("does not answer yet"),
    advice: expect.stringContaining("certificate"),
  });
});

test("what the probe finds is said, and the trial's key is gone all the same", async () => {
  desk.isWell = false;
  await expect(desk.setUp(answers)).rejects.toThrow(/WRONG a deletion/);
  expect(said()).toContain("/setup?token=");
  const [database] = account().databases.values();
  expect(database?.sqlite.prepare("select * from api_keys").all()).toEqual([]);
});

test("asked at the terminal, four answers are enough", async () => {
  const questions: string[] = [];
  const asker: Asker = {
    async ask(question, byDefault) {
      questions.push(question);
      return question.startsWith("Which domain") ? "example.com" : byDefault;
    },
  };
  await desk.setUp({ name: "desk" }, { asker });
  expect(questions).toHaveLength(4);
  expect(account().domains.get("src.example.com")).toBe("edgepix-src");
});

test("as typed, with wrangler itself: the login is found, and a dry run changes nothing", {
  timeout: 120_000,
}, async () => {
  const words = ["--yes", "--dry-run", "--name", "photos", "--domain", "example.com"];
  const { code, said: typed } = await desk.type("cli/setup.ts", ...words);
  expect(code, typed).toBe(0);
  expect(typed).toMatch(/Logged in to Ann's account\.[\s\S]*Nothing was changed\./);
  expect(changes(desk.cloudflare.calls)).toEqual([]);
});

test("as typed without a login, it says how to log in", { timeout: 120_000 }, async () => {
  account().tokens.clear();
  const { code, said: typed } = await desk.type("cli/setup.ts", "--yes");
  expect(code).toBe(1);
  expect(typed).toMatch(/does not take this login[\s\S]*-> Log in again with npx wrangler login/);
});

test("what the create package wrote is not told to pull the next version", async () => {
  await desk.setUp(answers);
  expect(said()).toContain("git pull");
  desk.said.length = 0;
  desk.isClone = false;
  await desk.setUp(answers);
  expect(said()).not.toContain("git pull");
  expect(said()).toContain("docs/deploy.md, Upgrade");
});
