// D1 and R2 of the fake Cloudflare. A database is a real SQLite, so that migrations really run.
import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { FakeAccount, FakeDatabase } from "./account.ts";
import { Page, Refused, type Route } from "./answer.ts";

const nameSchema = z.object({ name: z.string() });
const querySchema = z.object({
  sql: z.string(),
  params: z.array(z.union([z.string(), z.number(), z.null()])).default([]),
});

export function storageRoutes(account: FakeAccount): readonly Route[] {
  const find = (key = "") => {
    const found = [...account.databases.values()].find(({ uuid, name }) => uuid === key || name === key);
    if (!found) throw new Refused(404, 7404, `The database ${key} could not be found`);
    return found;
  };
  return [
    [
      "GET",
      /\/d1\/database$/,
      ({ query }) => {
        const wanted = query.get("name") ?? "";
        const all = [...account.databases.values()].filter(({ name }) => name.includes(wanted));
        return new Page(all.map(describe));
      },
    ],
    [
      "POST",
      /\/d1\/database$/,
      async ({ body }) => {
        const { name } = nameSchema.parse(await body.json());
        if ([...account.databases.values()].some((one) => one.name === name))
          throw new Refused(400, 7502, `A database with that name already exists`);
        return describe(account.addDatabase(name));
      },
    ],
    ["GET", /\/d1\/database\/([^/]+)$/, ({ caught: [key] }) => describe(find(key))],
    [
      "POST",
      /\/d1\/database\/([^/]+)\/query$/,
      async ({ caught: [key], body }) => {
        const { sql, params } = querySchema.parse(await body.json());
        return run(find(key), sql, params);
      },
    ],
    [
      "GET",
      /\/r2\/buckets$/,
      () => {
        refuseWithoutR2(account);
        return { buckets: [...account.buckets].map((name) => ({ name, creation_date: DATE })) };
      },
    ],
    [
      "GET",
      /\/r2\/buckets\/([^/]+)$/,
      ({ caught: [name = ""] }) => {
        refuseWithoutR2(account);
        if (!account.buckets.has(name)) throw new Refused(404, 10006, "The specified bucket does not exist.");
        return { name, creation_date: DATE, location: "WEUR", storage_class: "Standard" };
      },
    ],
    [
      "POST",
      /\/r2\/buckets$/,
      async ({ body }) => {
        refuseWithoutR2(account);
        const { name } = nameSchema.parse(await body.json());
        if (account.buckets.has(name))
          throw new Refused(409, 10004, "The bucket you tried to create already exists, and you own it.");
        account.buckets.add(name);
        return { name, creation_date: DATE, location: "WEUR", storage_class: "Standard" };
      },
    ],
  ];
}

const DATE = "2026-11-26T12:00:00.000Z";

function refuseWithoutR2({ isR2On }: FakeAccount): void {
  if (!isR2On) throw new Refused(403, 10042, "Please enable R2 through the Cloudflare Dashboard.");
}

const describe = ({ uuid, name }: FakeDatabase) => ({
  uuid,
  name,
  created_at: DATE,
  version: "production",
  num_tables: 0,
  file_size: 12_288,
  running_in_region: "WEUR",
  read_replication: { mode: "disabled" },
});

/** All or nothing, as D1 runs what comes in one call. */
function run({ sqlite }: FakeDatabase, sql: string, params: readonly (string | number | null)[]) {
  const meta = {
    duration: 0.2,
    changes: 0,
    last_row_id: 0,
    changed_db: false,
    size_after: 12_288,
    rows_read: 0,
    rows_written: 0,
  };
  sqlite.exec("begin");
  try {
    const answers = rowsOf(sqlite, sql, params);
    sqlite.exec("commit");
    return answers.map((results) => ({ results, success: true, meta }));
  } catch (problem) {
    sqlite.exec("rollback");
    throw new Refused(400, 7500, problem instanceof Error ? problem.message : String(problem));
  }
}

/** The rows of each statement, as D1 answers them. */
function rowsOf(sqlite: DatabaseSync, sql: string, params: readonly (string | number | null)[]) {
  const answers = [];
  for (let rest = sql; /\S/.test(withoutRemarks(rest)); ) {
    const statement = sqlite.prepare(rest);
    answers.push(statement.all(...params));
    rest = rest.slice(statement.sourceSQL.length).replace(/^[;\s]+/, "");
  }
  return answers;
}

const withoutRemarks = (sql: string) => sql.replaceAll(/--.*|\/\*[\s\S]*?\*\//g, "").replaceAll(";", "");
