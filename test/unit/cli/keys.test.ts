// The operator's commands against a local database, as they are typed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const state = mkdtempSync(join(tmpdir(), "edgepix-keys-"));
const environment = { ...process.env, EDGEPIX_STATE: state, CI: "true", WRANGLER_SEND_METRICS: "false" };
const run = (...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    env: environment,
  });
  return { status, said: `${stdout}${stderr}` };
};
const keys = (...words: readonly string[]) => run("cli/keys.ts", ...words);
const accountOf = (said: string) => /Key of account (\S+) /.exec(said)?.[1];

const patience = { timeout: 120_000 };
let first: string | undefined;

beforeAll(() => {
  const before = keys("list");
  expect(before.said).toContain("`npm run dev` makes one");
  const wrangler = join(
    dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
    "bin/wrangler.js",
  );
  const where = ["DB", "-c", "wrangler.toml", "--local", "--persist-to", state];
  const migrated = run(wrangler, "d1", "migrations", "apply", ...where);
  expect(migrated.status, migrated.said).toBe(0);
  const { status, said } = keys("create", "--name", "first");
  expect(status, said).toBe(0);
  first = accountOf(said);
}, 120_000);
afterAll(() => rmSync(state, { recursive: true, force: true }));

test(
  "The command of the README makes another key of the same account, not a second account",
  patience,
  () => {
    const { said } = keys("create", "--name", "laptop", "--abilities", "read,write");
    expect(said).toContain("img_live_");
    expect(accountOf(said)).toBe(first);
  },
);

test("A new account is made when it is asked for, and named by --account later", patience, () => {
  const made = keys("create", "--name", "Ann", "--new-account", "--plan", "free");
  const account = accountOf(made.said);
  expect(account).not.toBe(first);
  expect(accountOf(keys("create", "--name", "phone", "--account", account ?? "").said)).toBe(account);
});

test.each([
  [["--account", "nope"], "There is no account nope."],
  [["--account", "anonymous"], "There is no account anonymous."],
  [["--account", "x' or '1'='1"], "There is no account x' or '1'='1."],
  [["--plan", "free"], "say --new-account"],
  [["--days", "soon"], "--days takes"],
  [["--days", "1e99"], "--days takes"],
  [["--abilities", "all"], "--abilities takes"],
  [["--acount", "x"], "Usage:"],
])("A key with %j is refused with a sentence, not with SQL or a stack", patience, (words, sentence) => {
  const { status, said } = keys("create", "--name", "laptop", ...words);
  expect(status).toBe(1);
  expect(said).toContain(sentence);
  expect(said).not.toMatch(/SQLITE|FOREIGN KEY|insert into|node:internal/);
});

test.each([
  ["cli/keys.ts", ["revoke", "nope"], "There is no active key nope."],
  ["cli/admin.ts", ["block", "nope"], "There is no image nope."],
  ["cli/admin.ts", ["suspend", "nope"], "There is no account nope."],
  ["cli/admin.ts", ["plan", "nope", "gold"], "Usage:"],
  ["cli/admin.ts", ["--force"], "Usage:"],
])("%s %j is refused with a sentence", patience, (command, words, sentence) => {
  const { status, said } = run(command, ...words);
  expect([status, said.includes(sentence)]).toEqual([1, true]);
  expect(said).not.toMatch(/SQLITE|node:internal/);
});
