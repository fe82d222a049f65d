// The SQL migrations and the tables in code must tell the same story.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { LEDGER_BUNDLE, LEDGER_MIGRATIONS, printBundle } from "../../../scripts/ledger-bundle.ts";

const migrations = readdirSync("schema/migrations")
  .filter((name) => name.endsWith(".sql"))
  .sort();
// drizzle-kit resolves paths from the working directory only, so the copies lie inside it.
const copies = mkdtempSync("node_modules/.migrations-");
afterAll(() => rmSync(copies, { recursive: true, force: true }));

function migrate(database: DatabaseSync, names: readonly string[]): void {
  for (const name of names) database.exec(readFileSync(join("schema/migrations", name), "utf8"));
}

test.each([
  ["D1", "./schema/tables.ts", "schema/migrations"],
  ["the ledger", "./workers/api/ledger/tables.ts", LEDGER_MIGRATIONS],
])("drizzle finds nothing to add to the migrations of %s", (_, schema, folder) => {
  const copy = join(copies, basename(dirname(folder)));
  cpSync(folder, copy, { recursive: true });
  const kit = join(dirname(createRequire(import.meta.url).resolve("drizzle-kit")), "bin.cjs");
  const options = ["generate", "--dialect", "sqlite", "--schema", schema, "--out", copy];
  const said = execFileSync(process.execPath, [kit, ...options], { encoding: "utf8" });
  expect(said, "run `npm run db:generate`").toContain("No schema changes");
  expect(readdirSync(copy).sort()).toEqual(readdirSync(folder).sort());
});

test("the ledger's Worker carries the migrations that lie in its folder", () => {
  expect(readFileSync(LEDGER_BUNDLE, "utf8"), "run `npm run db:generate`").toBe(
    printBundle(LEDGER_MIGRATIONS),
  );
});

test("the migrations apply to an empty database", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database, migrations);
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  expect(tables.map((row) => row.name)).toEqual(expect.arrayContaining(["accounts", "api_keys", "images"]));
});

test("later migrations keep what is already in the database", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database, migrations.slice(0, 1));
  database.exec(`
    insert into accounts (id, storage, name, plan, status, created_at) values ('a1', '7c1', 'Ann', 'free', 'active', 1);
    insert into images (id, account_id, storage, filename, format, width, height, bytes, sha256, transformable, facts, created_at)
      values ('k3f9x0qa', 'a1', '7c1', 'harbour.jpg', 'jpg', 4000, 3000, 812345, 'ab', 1, '{}', 2);
    insert into image_labels (account_id, key, value, created_at, image_id) values ('a1', 'trip', 'north', 2, 'k3f9x0qa');
  `);
  migrate(database, migrations.slice(1));
  // Who uploaded before there was a choice has allowed nothing.
  expect(database.prepare("select id, filename, bytes, hidden_metadata from images").all()).toEqual([
    { id: "k3f9x0qa", filename: "harbour.jpg", bytes: 812345, hidden_metadata: "strip" },
  ]);
  expect(database.prepare("select count(*) as labels from image_labels").get()).toEqual({ labels: 1 });
});
