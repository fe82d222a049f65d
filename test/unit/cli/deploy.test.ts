// An upgrade against a fake Cloudflare: what is looked at, in which order things change, and what is left alone when something fails.

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { logIn } from "../../../cli/cloudflare/login.ts";
import { buttonDeployment, deployByButton } from "../../../cli/deploy/button.ts";
import { deploy } from "../../../cli/deploy/deploy.ts";
import { parseDeployment } from "../../../cli/deploy/deployment-file.ts";
import { chooseRelease, historyOf, rollBack } from "../../../cli/deploy/rollback.ts";
import { Refused } from "../../harness/cloudflare/answer.ts";
import { type Desk, openReadyDesk } from "../../support/cloudflare-account.ts";

const hosts = '[hosts]\npage = "example.com"\napi = "api.example.com"\nsrc = "src.example.com"\n';
const deployment = (text = "") => ({ name: "desk", ...parseDeployment(text, "desk.toml") });
const releases = ["2026-11-26T12-01-00Z", "2026-11-26T12-02-00Z", "2026-11-26T12-03-00Z"] as const;

let desk: Desk;
beforeEach(async () => {
  desk = await openReadyDesk();
});
afterEach(() => desk.leave());

const changes = () => desk.wrangler.runs.filter((run) => !/^auth|^deploy --dry/.test(run));
const sent = () => desk.cloudflare.calls.filter((call) => /^(PUT|PATCH|DELETE)/.test(call));
const runningRelease = (worker: string) =>
  desk.cloudflare.account.running(worker)?.annotations["workers/tag"];
const columnsOfImages = () => {
  const [database] = desk.cloudflare.account.databases.values();
  return database?.sqlite.prepare("select * from images").columns().length ?? 0;
};

test("the tables are there before the first Worker is, and src before the API", async () => {
  await deploy(deployment(hosts), desk.tools);
  const lastQuery = desk.cloudflare.calls.findLastIndex((call) => call.includes("/query"));
  const scripts = desk.cloudflare.calls
    .map((call, at) => ({ call, at }))
    .filter(({ call }) => /^PUT .*\/scripts\/[^/]+$/.test(call));
  expect(scripts.map(({ call }) => call.split("/").at(-1))).toEqual(["edgepix-src", "edgepix"]);
  expect(lastQuery).toBeLessThan(scripts[0]?.at ?? -1);
  expect(columnsOfImages()).toBeGreaterThan(10);
  expect([...desk.cloudflare.account.domains]).toEqual([
    ["src.example.com", "edgepix-src"],
    ["example.com", "edgepix"],
    ["api.example.com", "edgepix"],
  ]);
});

test("both Workers carry the same release, and it says which tables it was made for", async () => {
  const release = await deploy(deployment(), desk.tools);
  expect(release.name.length).toBeLessThanOrEqual(25);
  expect(runningRelease("edgepix")).toBe(release.name);
  expect(runningRelease("edgepix-src")).toBe(release.name);
  expect(release.message).toMatch(/^edgepix \d+\.\d+\.\d+( [0-9a-f]+)?, tables \d{4}$/);
});

test("a dry run changes nothing", async () => {
  await deploy(deployment(hosts), desk.tools, { isDry: true });
  expect(sent()).toEqual([]);
  expect(desk.said.join("\n")).toMatch(
    /Would migrate .*0000_.*\n.*Would deploy edgepix-src\.\n.*Would deploy edgepix\./,
  );
});

test("a database that can't be migrated stops it before anything is deployed", async () => {
  const [database] = desk.cloudflare.account.databases.values();
  database?.sqlite.exec("create table d1_migrations (id integer, name text); create table accounts (a text)");
  await expect(deploy(deployment(), desk.tools)).rejects.toThrow(
    /could not be migrated, and nothing was deployed:[\s\S]*table `accounts` already exists/,
  );
  expect(sent()).toEqual([]);
});

test.each([
  ["no database", () => desk.cloudflare.account.databases.clear(), /There is no D1 database edgepix/],
  ["no bucket", () => desk.cloudflare.account.buckets.clear(), /There is no R2 bucket edgepix-originals/],
  [
    "a host that a website has",
    () => desk.cloudflare.account.zones[0]?.records.add("example.com"),
    /example\.com has a DNS record already: something else answers there/,
  ],
  [
    "a host that another Worker has",
    () => desk.cloudflare.account.domains.set("api.example.com", "blog"),
    /api\.example\.com belongs to another Worker of this account: blog/,
  ],
  [
    "a host on no domain of the account",
    () => desk.cloudflare.account.zones.splice(0),
    /src\.example\.com lies on no domain of the account/,
  ],
])("%s stops it with a way out, and nothing has changed", async (_, happen, sentence) => {
  happen();
  await expect(deploy(deployment(hosts), desk.tools)).rejects.toThrow(sentence);
  expect(sent()).toEqual([]);
  expect(changes()).toEqual([]);
});

test("a login that may not read DNS records asks the public DNS whether a host is free", async () => {
  const forbid = () =>
    desk.cloudflare.refuseOnce(/dns_records/, new Refused(403, 10000, "Authentication error"));
  forbid();
  await expect(deploy(deployment(hosts), { ...desk.tools, resolves: async () => true })).rejects.toThrow(
    /src\.example\.com has a DNS record/,
  );
  forbid();
  await expect(deploy(deployment(hosts), { ...desk.tools, resolves: async () => undefined })).rejects.toThrow(
    /can't be seen/,
  );
  forbid();
  await deploy(deployment(hosts), { ...desk.tools, resolves: async () => false });
});

test("hosts that are ours already are no obstacle to the next upgrade", async () => {
  await deploy(deployment(hosts), desk.tools);
  for (const host of desk.cloudflare.account.domains.keys())
    desk.cloudflare.account.zones[0]?.records.add(host);
  await deploy(deployment(hosts), desk.tools);
  expect(runningRelease("edgepix")).toBe(releases[1]);
});

test("an older checkout does not deploy over the tables of a newer one", async () => {
  await deploy(deployment(), desk.tools);
  const [database] = desk.cloudflare.account.databases.values();
  database?.sqlite.exec("insert into d1_migrations (name) values ('9999_of_tomorrow.sql')");
  await expect(deploy(deployment(), desk.tools)).rejects.toThrow(/does not know 9999_of_tomorrow\.sql/);
  expect(runningRelease("edgepix")).toBe(releases[0]);
});

test("the free plan's refusal of processor time comes with the way out", async () => {
  desk.cloudflare.account.plan = "free";
  await expect(deploy(deployment(), desk.tools)).rejects.toMatchObject({
    advice: expect.stringContaining('plan = "free"'),
  });
  await deploy(deployment('plan = "free"'), desk.tools);
});

async function goBack(asked?: string): Promise<void> {
  const history = await historyOf(deployment(), desk.tools);
  await rollBack(deployment(), desk.tools, history, chooseRelease(history, asked));
}

test("a rollback takes both Workers back, and leaves the database alone", async () => {
  await deploy(deployment(), desk.tools);
  await deploy(deployment(), desk.tools);
  const queries = desk.cloudflare.calls.filter((call) => call.includes("/query")).length;
  await goBack();
  expect([runningRelease("edgepix"), runningRelease("edgepix-src")]).toEqual([releases[0], releases[0]]);
  expect(desk.cloudflare.calls.filter((call) => call.includes("/query"))).toHaveLength(queries);
});

test("a second rollback goes further back, not forth again", async () => {
  for (const _ of releases) await deploy(deployment(), desk.tools);
  await goBack();
  await goBack();
  expect([runningRelease("edgepix"), runningRelease("edgepix-src")]).toEqual([releases[0], releases[0]]);
});

test("a secret that was set since does not hide the release before", async () => {
  await deploy(deployment(), desk.tools);
  await deploy(deployment(), desk.tools);
  const { url, account } = desk.cloudflare;
  const set = await fetch(`${url}/accounts/${account.id}/workers/scripts/edgepix/secrets`, {
    method: "PUT",
    headers: { Authorization: "Bearer a-token" },
    body: JSON.stringify({ name: "MAIL_TOKEN", text: "a-secret", type: "secret_text" }),
  });
  expect([set.ok, runningRelease("edgepix")]).toEqual([true, undefined]);
  await goBack();
  expect([runningRelease("edgepix"), runningRelease("edgepix-src")]).toEqual([releases[0], releases[0]]);
});

test("where only one Worker can go back, neither does", async () => {
  await deploy(deployment(), desk.tools);
  await deploy(deployment(), desk.tools);
  desk.cloudflare.refuseOnce(
    /^POST .*\/edgepix-src\/deployments$/,
    new Refused(400, 10211, "A Durable Object migration has occurred"),
  );
  await expect(goBack()).rejects.toMatchObject({ advice: expect.stringContaining("Durable Object") });
  expect([runningRelease("edgepix"), runningRelease("edgepix-src")]).toEqual([releases[1], releases[1]]);
});

test("after an upgrade that broke between the Workers, a rollback makes them one release again", async () => {
  await deploy(deployment(), desk.tools);
  desk.cloudflare.refuseOnce(
    /^PUT .*\/scripts\/edgepix$/,
    new Refused(500, 10013, "An unknown error has occurred"),
  );
  await expect(deploy(deployment(), desk.tools)).rejects.toThrow(/edgepix could not be deployed/);
  expect([runningRelease("edgepix"), runningRelease("edgepix-src")]).toEqual([releases[0], releases[1]]);
  await goBack();
  expect([runningRelease("edgepix"), runningRelease("edgepix-src")]).toEqual([releases[0], releases[0]]);
});

test("there is nothing to go back to before the second release", async () => {
  await deploy(deployment(), desk.tools);
  await expect(goBack()).rejects.toThrow("There is no release to go back to.");
});

test("a pair does not become one Worker, nor one a pair: counters would be lost", async () => {
  await deploy(deployment(), desk.tools);
  await expect(deploy(deployment('shape = "solo"'), desk.tools)).rejects.toThrow(
    /edgepix was deployed in another shape/,
  );
  await deploy(deployment('shape = "solo"\n[names]\napi = "single"'), desk.tools);
  await expect(deploy(deployment('[names]\napi = "single"'), desk.tools)).rejects.toThrow(
    /single was deployed in another shape/,
  );
});

test("the button's copy is deployed as one Worker under the names that its form asked for", async () => {
  const { account } = desk.cloudflare;
  account.databases.clear();
  account.buckets.clear();
  await deployByButton(desk.tools);
  expect([...account.workers.keys()]).toEqual(["edgepix"]);
  expect([...account.buckets]).toEqual(["edgepix-originals"]);
  expect(columnsOfImages()).toBeGreaterThan(10);
  await deployByButton(desk.tools);
  const text = readFileSync("wrangler.toml", "utf8").replaceAll('"edgepix', '"pics');
  expect(buttonDeployment(text)).toMatchObject({
    shape: "solo",
    names: { api: "pics", database: "pics", bucket: "pics-originals" },
  });
});

test("the button on a free account goes by the free plan, and says what that means", async () => {
  desk.cloudflare.account.plan = "free";
  await deployByButton(desk.tools);
  expect(desk.said.join("\n")).toContain("photos are not resized");
  expect(runningRelease("edgepix")).toBeDefined();
});

test("a token of Cloudflare's builder, which may not list accounts, is good for its own", async () => {
  const { id } = desk.cloudflare.account;
  desk.cloudflare.refuseOnce(
    /^GET \/accounts$/,
    new Refused(403, 9109, "Unauthorized to access requested resource"),
  );
  expect(await logIn(desk.wrangler, id)).toMatchObject({ id });
  desk.cloudflare.refuseOnce(
    /^GET \/accounts$/,
    new Refused(403, 9109, "Unauthorized to access requested resource"),
  );
  await expect(logIn(desk.wrangler, undefined)).rejects.toThrow(/does not take this login/);
});

test("as typed, with wrangler itself: deploy, deploy again, go back", { timeout: 240_000 }, async () => {
  desk.write("desk", hosts);
  for (const words of [["cli/deploy.ts"], ["cli/deploy.ts", "desk"], ["cli/rollback.ts"]]) {
    const { code, said } = await desk.type(...words);
    expect(code, said).toBe(0);
  }
  const { account, calls } = desk.cloudflare;
  expect(account.workers.get("edgepix")?.versions).toHaveLength(2);
  for (const name of ["edgepix", "edgepix-src"]) {
    const worker = account.workers.get(name);
    const ids = worker?.deployments.flatMap((shares) => shares.map((share) => share.version_id));
    expect(ids).toEqual([0, 1, 0].map((at) => worker?.versions[at]?.id));
  }
  const firstScript = calls.findIndex((call) => /^PUT .*\/scripts\//.test(call));
  expect(calls.findIndex((call) => call.includes("/query"))).toBeLessThan(firstScript);
  expect(account.domains.get("src.example.com")).toBe("edgepix-src");
  expect((await desk.type("cli/rollback.ts", "--list")).said).toMatch(/tables \d{4}\n.*\(runs now\)/);
});
