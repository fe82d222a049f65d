// Who upgrades is told what is new, by the release that runs: its commit where git knows it, else its version.

import { afterEach, beforeEach, expect, test } from "vitest";
import { deploy } from "../../../cli/deploy/deploy.ts";
import { parseDeployment } from "../../../cli/deploy/deployment-file.ts";
import { newPoints } from "../../../cli/deploy/news.ts";
import { type Desk, openReadyDesk } from "../../support/cloudflare-account.ts";

const changelog = `# Changelog

## 0.2.0

- Albums: pictures
  stand [together](docs/albums.md).

## 0.1.0

- Upload a picture.
- Every picture is a URL.
`;
const before = "# Changelog\n\n## 0.1.0 (not released yet)\n\n- Upload a picture.\n";
const albums = "Albums: pictures stand together.";

test("what the commit that runs did not tell yet is new", () => {
  const at = (commit: string) => (commit === "1a2b3c4" ? before : undefined);
  expect(newPoints("edgepix 0.1.0 1a2b3c4, tables 0008", changelog, at)).toEqual([
    albums,
    "Every picture is a URL.",
  ]);
});

test("where git does not know the commit, all after its version is new", () => {
  expect(newPoints("edgepix 0.1.0 1a2b3c4, tables 0008", changelog, () => undefined)).toEqual([albums]);
  expect(newPoints("edgepix 0.1.0, tables 0008", changelog, () => undefined)).toEqual([albums]);
});

test("a release that nobody can place tells nothing", () => {
  expect(newPoints("", changelog, () => undefined)).toEqual([]);
});

test("the newest version has nothing new to tell", () => {
  expect(newPoints("edgepix 0.2.0, tables 0008", changelog, () => undefined)).toEqual([]);
});

let desk: Desk;
beforeEach(async () => {
  desk = await openReadyDesk();
});
afterEach(() => desk.leave());

test("an upgrade tells what is new before it changes anything, and the first deployment tells nothing", async () => {
  const deployment = { name: "desk", ...parseDeployment("", "desk.toml") };
  await deploy(deployment, desk.tools);
  expect(desk.said.join("\n")).not.toContain("New since");
  const versions = desk.cloudflare.account.workers.get("edgepix")?.versions ?? [];
  const [only] = versions;
  if (only)
    versions[0] = {
      ...only,
      annotations: { ...only.annotations, "workers/message": "edgepix 0.0.9, tables 0008" },
    };
  await deploy(deployment, desk.tools, { isDry: true });
  expect(desk.said.at(-4)).toMatch(/^New since what runs now \(edgepix 0\.0\.9, tables 0008\):\n- .*\n/);
  expect(desk.said.at(-4)?.split("\n").length).toBeLessThan(13);
});
