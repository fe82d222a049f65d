// The page of settings is what the code reads: nothing is missing, and nothing is there that nobody reads.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { toml } from "../../../cli/deploy/deployment-file.ts";
import { basePaths } from "../../../cli/deploy/render.ts";
import { ofApi, ofCommands, ofMachines, ofSrc } from "../../../scripts/settings/meanings.ts";
import { settingsPage } from "../../../scripts/settings/page.ts";
import { accepted, readSettings } from "../../../workers/api/settings.ts";
import { code, found, read } from "../../support/docs.ts";

const rows = new Set(found(settingsPage(), /^\| `([A-Z_]+)` \|/gm));

test("docs/settings.md is as `npm run docs:settings` would write it now", () => {
  expect(readFileSync("docs/settings.md", "utf8")).toBe(settingsPage());
});

test("every var that the API Worker reads has a row, and says what it takes", () => {
  const read = Object.keys(readSettings({}));
  expect(read.length).toBeGreaterThan(25);
  expect(read.filter((name) => !rows.has(name) || !accepted.has(name))).toEqual([]);
});

test.each(["src", "solo"] as const)("every var of the %s Worker's wrangler.toml has a row", (part) => {
  const { vars } = z
    .looseObject({ vars: z.record(z.string(), z.string()) })
    .parse(toml(readFileSync(basePaths[part], "utf8"), basePaths[part]));
  expect(Object.keys(vars).sort()).toEqual(Object.keys(ofSrc).sort());
});

test("every variable that a command reads from its environment is told, or is a machine's", () => {
  const readByCommands = code
    .filter((path) => /^(cli|scripts)\//.test(path))
    .flatMap((path) => found(read(path), /process\.env\.([A-Z_]+)/g));
  expect(readByCommands.length).toBeGreaterThan(5);
  const told = [...Object.keys(ofCommands), ...ofMachines];
  expect(readByCommands.filter((name) => !told.includes(name))).toEqual([]);
});

test.each(Object.entries(ofApi).filter(([, { example }]) => !/[`…]/.test(example)))(
  "the example of %s is taken",
  (name, { example }) => {
    expect(accepted.get(name)?.schema.safeParse(example).error).toBeUndefined();
  },
);
