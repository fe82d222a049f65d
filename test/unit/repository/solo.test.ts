// The one Worker that is both has what each of the two has: its configuration is theirs, added up.
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import * as z from "zod";

const list = z.array(z.looseObject({})).default([]);
const configSchema = z.looseObject({
  d1_databases: z.array(
    z.looseObject({ migrations_dir: z.string() }).transform(({ migrations_dir, ...rest }) => rest),
  ),
  r2_buckets: list,
  ratelimits: list,
  vars: z.record(z.string(), z.string()).default({}),
  durable_objects: z.object({ bindings: list }),
  migrations: z.array(z.looseObject({ new_sqlite_classes: z.array(z.string()) })),
  exports: z.record(z.string(), z.unknown()).default({}),
});
const configOf = (path: string) => configSchema.parse(parse(readFileSync(path, "utf8")));

const api = configOf("wrangler.toml");
const src = configOf("workers/src/wrangler.toml");
const solo = configOf("workers/solo/wrangler.toml");
const sorted = (items: readonly unknown[]) => items.map((one) => JSON.stringify(one)).sort();

test.each(["d1_databases", "r2_buckets"] as const)("%s are those that both share", (name) => {
  expect(solo[name]).toEqual(api[name]);
  expect(solo[name]).toEqual(src[name]);
});

test("rate limits and vars are src's", () => {
  expect(solo.ratelimits).toEqual(src.ratelimits);
  expect(solo.vars).toEqual({ ...api.vars, ...src.vars });
});

test("Durable Objects are those of both, and each has its class", () => {
  const both = [...api.durable_objects.bindings, ...src.durable_objects.bindings];
  expect(sorted(solo.durable_objects.bindings)).toEqual(sorted(both));
  const classes = (config: typeof api) => config.migrations.flatMap((one) => one.new_sqlite_classes);
  expect(classes(solo).sort()).toEqual([...classes(api), ...classes(src)].sort());
});

test("what decides how either runs is the same", () => {
  for (const name of ["compatibility_date", "compatibility_flags", "minify", "observability"]) {
    expect(solo[name], name).toEqual(api[name]);
    expect(solo[name], name).toEqual(src[name]);
  }
  expect(solo.triggers).toEqual(api.triggers);
  expect(solo.limits).toEqual(src.limits);
  expect(solo.cache).toEqual(src.cache);
});

test("pictures are kept at the edge where src keeps them, and pages and API never are", () => {
  const { default: own, ...rest } = solo.exports;
  expect(own).toEqual({ type: "worker", cache: { enabled: false } });
  const { default: front, ...others } = src.exports;
  expect(rest).toEqual({ Src: front, ...others });
});
