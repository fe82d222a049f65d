// What docs/deploy.md says of settings is what the Workers read.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings } from "../../../workers/api/settings.ts";

/** Each var of a table's rows, with its default as written: the vars of one row share a cell. */
const [, ofApi = "", ofSrc = ""] = readFileSync("docs/deploy.md", "utf8").split(
  /^## Settings$|^The src Worker has/m,
);
const rows = (text: string) =>
  [...text.matchAll(/^\| (`[^|]+) \| ([^|]+) \|/gm)].flatMap(([, names = "", defaults = ""]) => {
    const vars = [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = ""]) => name);
    const values = defaults.replaceAll("`", "").split(", ");
    return vars.map((name, at) => [name, values[at] ?? defaults] as const);
  });
const written = new Map(rows(ofApi));
const settings = Object.entries(readSettings({}));

test("every var of the API Worker stands in the table, and no other", () => {
  expect([...written.keys()].sort()).toEqual(settings.map(([name]) => name).sort());
});

test.each(settings.filter(([, value]) => value !== undefined))("the default of %s is %s", (name, value) => {
  expect(written.get(name)).toBe(String(value));
});

test("every var of the src Worker stands in its table, with its default", () => {
  const [, vars = ""] = readFileSync("workers/src/wrangler.toml", "utf8").split("[vars]");
  const [own = ""] = vars.split(/^\[/m);
  const given = [...own.matchAll(/^([A-Z_]+) = "(.*)"$/gm)].map(([, name, value]) => [name, value]);
  expect(given.length).toBeGreaterThan(0);
  const inTable = new Map(rows(ofSrc));
  for (const [name = "", value] of given) expect(inTable.get(name)).toBe(value || "the request's");
});
