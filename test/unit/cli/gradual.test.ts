// A release for a share of the views, against a fake Cloudflare: the images' Worker alone, on to the whole, or back.

import { afterEach, beforeEach, expect, test } from "vitest";
import { deploy } from "../../../cli/deploy/deploy.ts";
import { parseDeployment } from "../../../cli/deploy/deployment-file.ts";
import { deployShare, shareIn } from "../../../cli/deploy/gradual.ts";
import { chooseRelease, historyOf, misfit, rollBack, unevenness } from "../../../cli/deploy/rollback.ts";
import { Refused } from "../../harness/cloudflare/answer.ts";
import { type Desk, openReadyDesk } from "../../support/cloudflare-account.ts";

const deployment = (text = "") => ({ name: "desk", ...parseDeployment(text, "desk.toml") });
const [first, second, third] = ["2026-11-26T12-01-00Z", "2026-11-26T12-02-00Z", "2026-11-26T12-03-00Z"];

let desk: Desk;
beforeEach(async () => {
  desk = await openReadyDesk();
});
afterEach(() => desk.leave());

const shares = (worker: string) => desk.cloudflare.account.shares(worker);
const share = (percent: number, options = {}) => deployShare(deployment(), percent, desk.tools, options);

test("a tenth of the views meets the new Worker of the images; the API is as it was", async () => {
  await deploy(deployment(), desk.tools);
  await share(10);
  expect(shares("edgepix-src")).toEqual({ [first]: 90, [second]: 10 });
  expect(shares("edgepix")).toEqual({ [first]: 100 });
  expect(desk.said.at(-1)).toContain("answers 10 % of the views that the cache does not hold");
});

test("a larger share is of what had all of them, and the whole release ends it", async () => {
  await deploy(deployment(), desk.tools);
  await share(10);
  await share(50);
  expect(shares("edgepix-src")).toEqual({ [first]: 50, [third]: 50 });
  const { name } = await deploy(deployment(), desk.tools);
  expect([shares("edgepix-src"), shares("edgepix")]).toEqual([{ [name]: 100 }, { [name]: 100 }]);
});

test("a rollback takes a share back, and goes no further", async () => {
  await deploy(deployment(), desk.tools);
  await deploy(deployment(), desk.tools);
  await share(10);
  const history = await historyOf(deployment(), desk.tools);
  const target = chooseRelease(history);
  expect(misfit(history, target)).toBeUndefined();
  await rollBack(deployment(), desk.tools, history, target);
  expect([shares("edgepix-src"), shares("edgepix")]).toEqual([{ [second]: 100 }, { [second]: 100 }]);
});

test("the list of releases says that a share is under way, and nothing where none is", async () => {
  await deploy(deployment(), desk.tools);
  expect(unevenness(await historyOf(deployment(), desk.tools))).toEqual([]);
  await share(10);
  expect(unevenness(await historyOf(deployment(), desk.tools))).toEqual([
    `edgepix-src: 10 % by ${second}`,
    `edgepix: 100 % by ${first}`,
  ]);
});

test("a dry run says what it would do, and changes nothing", async () => {
  await deploy(deployment(), desk.tools);
  await share(10, { isDry: true });
  expect(shares("edgepix-src")).toEqual({ [first]: 100 });
  expect(desk.cloudflare.account.workers.get("edgepix-src")?.versions).toHaveLength(1);
  expect(desk.said.at(-1)).toContain("Would send 10 % of the views to a new version of edgepix-src");
});

test("new classes of Durable Objects go up at once or not at all, which is said before anything changes", async () => {
  await deploy(deployment(), desk.tools);
  const worker = desk.cloudflare.account.workers.get("edgepix-src");
  if (worker) worker.migrationTag = "v0";
  const before = desk.cloudflare.calls.length;
  await expect(share(10)).rejects.toMatchObject({
    message: expect.stringContaining("new classes of Durable Objects"),
    advice: expect.stringContaining("Leave out --gradual"),
  });
  const changed = desk.cloudflare.calls
    .slice(before)
    .filter((call) => /^(PUT|PATCH|DELETE)|^POST .*scripts/.test(call));
  expect(changed).toEqual([]);
});

test("before the first release there is nothing to share with", async () => {
  await expect(share(10)).rejects.toThrow("There is no version of edgepix-src");
});

test("one Worker that is both has no half that could go first", async () => {
  await expect(deployShare(deployment('shape = "solo"'), 10, desk.tools)).rejects.toThrow("goes up at once");
});

test("a share that Cloudflare refuses leaves all views where they were, and the same command goes on", async () => {
  await deploy(deployment(), desk.tools);
  desk.cloudflare.refuseOnce(
    /^POST .*\/deployments$/,
    new Refused(500, 10013, "An unknown error has occurred"),
  );
  await expect(share(10)).rejects.toThrow(/could not be deployed for a share/);
  expect(shares("edgepix-src")).toEqual({ [first]: 100 });
  await share(10);
  expect(shares("edgepix-src")).toEqual({ [first]: 90, [third]: 10 });
});

test.each(["0", "100", "ten", "2.5", "-1"])("%s is no share", (text) => {
  expect(shareIn(text)).toBeUndefined();
});

test("as typed, with wrangler itself: deploy, a tenth, back", { timeout: 240_000 }, async () => {
  desk.write("desk", "");
  const type = async (...words: readonly string[]) => {
    const { code, said } = await desk.type(...words);
    expect(code, said).toBe(0);
  };
  await type("cli/deploy.ts");
  await type("cli/deploy.ts", "desk", "--gradual", "10");
  expect(Object.values(shares("edgepix-src")).sort()).toEqual([10, 90]);
  await type("cli/rollback.ts");
  expect([...Object.keys(shares("edgepix-src"))]).toEqual(Object.keys(shares("edgepix")));
});
