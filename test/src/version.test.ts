// The name of an answer's bytes: for ETags, and for the cache, which keeps them for a year.
import { expect, test } from "vitest";
import { ENGINE, versionOf } from "../../workers/src/door/version.ts";
import { planned } from "../support/planned-original.ts";
import { planFor } from "../unit/plan/cases.ts";

const original = planned({ width: 400, height: 300 });
const named = (query: string, sha256 = "aa", engine?: number) =>
  versionOf({ sha256 }, planFor(query, original), engine);

test("An answer has another name when its original, its plan or the engine is another", async () => {
  const names = await Promise.all([
    named("w=40"),
    named("w=41"),
    named(""),
    named("w=40", "ab"),
    named("w=40", "aa", ENGINE + 1),
    named("", "aa", ENGINE + 1),
  ]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/);
});

test("An answer has the same name every time, and today's engine in it", async () => {
  expect(await named("w=40")).toBe(await named("width=40&nonsense=1", "aa", ENGINE));
});
