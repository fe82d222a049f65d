// Migrations run before the code that needs them is there: each must leave the release before it working. Each is applied to a filled
// database of the tables before it, and what that release reads and writes is done there again.
import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { expect, test } from "vitest";
import * as z from "zod";

const FOLDER = "schema/migrations";
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".sql"))
  .sort();

/** As drizzle-kit writes down the tables of a release. */
const snapshotSchema = z.object({
  tables: z.record(
    z.string(),
    z.object({
      columns: z.record(
        z.string(),
        z.object({ name: z.string(), type: z.string(), primaryKey: z.boolean() }),
      ),
      indexes: z.record(
        z.string(),
        z.object({ name: z.string(), columns: z.array(z.string()), isUnique: z.boolean() }),
      ),
      foreignKeys: z.record(z.string(), z.object({ tableTo: z.string() })),
      compositePrimaryKeys: z.record(z.string(), z.object({ columns: z.array(z.string()) })),
    }),
  ),
});
type Tables = z.infer<typeof snapshotSchema>["tables"];
type Row = Record<string, string | number>;

/** The tables of the release that this migration is the last of. */
function tablesAt(migration: string): Tables {
  const path = `${FOLDER}/meta/${migration.slice(0, 4)}_snapshot.json`;
  return snapshotSchema.parse(JSON.parse(readFileSync(path, "utf8"))).tables;
}

const columnsOf = (tables: Tables, table: string) => Object.values(tables[table]?.columns ?? {});
const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");
const SAMPLE_ROWS = 3;

/** Values that no other row has, so that no unique index stands in the way; references lead to the row of the same number. */
function rowOf(tables: Tables, table: string, at: number): Row {
  return Object.fromEntries(
    columnsOf(tables, table).map(({ name, type }) => {
      if (type === "integer") return [name, 1_000 + at];
      return [name, /(^|_)(account_id|image_id|id)$/.test(name) ? `row-${at}` : `${name}-${at}`];
    }),
  );
}

/** As that release inserts: with every column that it knows by name. */
function insert(database: DatabaseSync, table: string, row: Row): void {
  const names = Object.keys(row);
  database
    .prepare(`insert into "${table}" (${quoted(names)}) values (${names.map(() => "?").join(", ")})`)
    .run(...Object.values(row));
}

/** As that release reads: every column by name, never a star. */
function read(database: DatabaseSync, tables: Tables, table: string): Record<string, SQLOutputValue>[] {
  const names = columnsOf(tables, table).map(({ name }) => name);
  return database.prepare(`select ${quoted(names)} from "${table}" order by ${quoted(names)}`).all();
}

/** References first: a row may only name what is there. */
function inOrder(tables: Tables): string[] {
  const ordered: string[] = [];
  const add = (table: string): void => {
    if (ordered.includes(table)) return;
    const needed = Object.values(tables[table]?.foreignKeys ?? {}).map(({ tableTo }) => tableTo);
    for (const one of needed.filter((name) => name !== table)) add(one);
    ordered.push(table);
  };
  for (const table of Object.keys(tables)) add(table);
  return ordered;
}

function filledBefore(at: number): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  const before = tablesAt(files[at - 1] ?? "");
  for (const file of files.slice(0, at)) database.exec(readFileSync(`${FOLDER}/${file}`, "utf8"));
  for (const table of inOrder(before))
    for (let row = 0; row < SAMPLE_ROWS; row++) insert(database, table, rowOf(before, table, row));
  return database;
}

const steps = files.map((file, at) => ({ file, at })).slice(1);

test.each(steps)("$file leaves every row that the release before it reads as it was", ({ file, at }) => {
  const tables = tablesAt(files[at - 1] ?? "");
  const database = filledBefore(at);
  const rows = inOrder(tables).map((table) => read(database, tables, table));
  database.exec(readFileSync(`${FOLDER}/${file}`, "utf8"));
  const after = inOrder(tables).map((table) =>
    read(database, tables, table).filter((row) => !added(file, table).includes(String(row.id))),
  );
  expect(after).toEqual(rows);
});

test.each(steps)("after $file the release before it can still write", ({ file, at }) => {
  const tables = tablesAt(files[at - 1] ?? "");
  const database = filledBefore(at);
  database.exec(readFileSync(`${FOLDER}/${file}`, "utf8"));
  for (const table of inOrder(tables)) {
    const row = rowOf(tables, table, SAMPLE_ROWS);
    insert(database, table, row);
    expect(read(database, tables, table)).toContainEqual(row);
    const names = columnsOf(tables, table)
      .filter(({ primaryKey }) => !primaryKey)
      .map(({ name }) => name);
    const [name] = names;
    if (name === undefined) continue;
    database.prepare(`update "${table}" set ${names.map((one) => `"${one}" = "${one}"`).join(", ")}`).run();
  }
  for (const table of inOrder(tables).toReversed()) database.exec(`delete from "${table}"`);
});

test.each(steps)(
  "after $file the upserts of the release before it find their unique columns",
  ({ file, at }) => {
    const tables = tablesAt(files[at - 1] ?? "");
    const database = filledBefore(at);
    database.exec(readFileSync(`${FOLDER}/${file}`, "utf8"));
    for (const [table, { columns, indexes, compositePrimaryKeys }] of Object.entries(tables)) {
      const key = Object.values(columns).filter(({ primaryKey }) => primaryKey);
      const targets = [
        ...(key.length > 0 ? [key.map(({ name }) => name)] : []),
        ...Object.values(compositePrimaryKeys).map((one) => one.columns),
        ...Object.values(indexes)
          .filter(({ isUnique }) => isUnique)
          .map((one) => one.columns),
      ];
      const row = rowOf(tables, table, 0);
      for (const target of targets) {
        const names = Object.keys(row);
        const sql = `explain insert into "${table}" (${quoted(names)}) values (${names.map(() => "?").join(", ")})
        on conflict (${quoted(target)}) do nothing`;
        expect(() => database.prepare(sql), `${table} (${target.join(", ")})`).not.toThrow();
      }
    }
  },
);

/** Ids of rows that a migration brings along. */
function added(file: string, table: string): readonly string[] {
  return file === "0001_anonymous_account.sql" && table === "accounts" ? ["anonymous"] : [];
}
