// schema/README.md is the map of all that is kept: nothing may be kept that does not stand there.
import { readFileSync } from "node:fs";
import { getTableName, is, Table } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as tables from "../../../schema/tables.ts";
import { keptRenderKey, masterKey, originalKey } from "../../../workers/shared/object-keys.ts";

const map = readFileSync("schema/README.md", "utf8");
const rowsOf = (kind: string) => map.split("\n").filter((line) => line.startsWith(`| ${kind} \``));
const named = (kind: string) =>
  rowsOf(kind).flatMap((row) =>
    [...(row.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );

test("every table of D1 has a row, and no other", () => {
  const known = Object.values(tables).flatMap((table) => (is(table, Table) ? [getTableName(table)] : []));
  expect(named("D1").sort()).toEqual(known.sort());
});

test("every kind of object in R2 has a row, and no other", () => {
  const owner = { storage: "{storage}", id: "{id}" };
  // The engine is a number; here it stands for any.
  const made = [masterKey(owner, 7), keptRenderKey(owner, 7, "{version}")];
  const keys = [originalKey("{storage}", "{id}"), ...made.map((key) => key.replace("/7", "/{engine}"))];
  expect(named("R2").sort()).toEqual(keys.sort());
});

describe("every Durable Object has a row", () => {
  const read = (path: string) => readFileSync(path, "utf8");
  const classes = ["wrangler.toml", "workers/src/wrangler.toml"].flatMap((path) =>
    [...read(path).matchAll(/^class_name = "(\w+)"/gm)].map(([, name]) => name),
  );
  // A ledger is known by its name: `account:…`, and single ones.
  const ledgers = ["accounts/accounting.ts", "accounts/codes/send-code.ts"].flatMap((path) => [
    ...[...read(`workers/api/${path}`).matchAll(/_LEDGER = "([^"]+)"/g)].map(([, name]) => name),
    ...[...read(`workers/api/${path}`).matchAll(/`(\w+:)\$\{/g)].map(([, name]) => name),
  ]);
  test.each([...classes.filter((name) => name !== "Ledger"), ...new Set(ledgers)])("%s", (name = "") => {
    expect(named("Durable Object").some((row = "") => row.startsWith(name))).toBe(true);
  });
  test("they are found", () => expect([classes.length, new Set(ledgers).size]).toEqual([3, 6]));
});
