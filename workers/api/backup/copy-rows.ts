// Rows out of the database for a copy of the deployment, and back into an empty one.
import { asc, getTableColumns, gt, inArray } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import * as z from "zod";
import { type CopiedRow, type CopiedTable, copiedTables } from "../../../schema/backup.ts";
import { ledgerName } from "../accounts/accounting.ts";
import type { Database } from "../database.ts";
import {
  among,
  hideBlockedFiles,
  type ImageRow,
  insertLabels,
  withoutMaster,
} from "../images/store/index.ts";
import type { Holding } from "../ledger/quota.ts";
import { invalid } from "../validation.ts";

/** A row of images may hold 100,000 characters of metadata, and a page of them is in memory twice. */
const pageOf = (name: CopiedTable) => (name === "images" ? 100 : 500);

interface Keyed {
  readonly table: SQLiteTable;
  readonly key: SQLiteColumn;
  readonly keyName: string;
}

function keyed(name: CopiedTable): Keyed {
  const table: SQLiteTable = copiedTables[name];
  const found = Object.entries(getTableColumns(table)).find(([, column]) => column.primary);
  if (!found) throw new Error(`${name} has no key`);
  const [keyName, key] = found;
  return { table, key, keyName };
}

/** The rows behind the one with this key; `next` is null when there are no more. */
export async function readRows(db: Database, name: CopiedTable, after: string) {
  const { table, key, keyName } = keyed(name);
  const page = pageOf(name);
  const rows = await db.select().from(table).where(gt(key, after)).orderBy(asc(key)).limit(page);
  const next = rows.length === page ? String(rows.at(-1)?.[keyName]) : null;
  return { rows: rows as readonly CopiedRow[], next };
}

interface Restoring {
  readonly db: Database;
  readonly ledgerNamed: (name: string) => {
    readonly restore: (holdings: readonly Holding[]) => Promise<void>;
  };
  readonly now: number;
}

/** Writes rows that are not there yet. Safe to repeat. Throws `validation_error` for what is no row of the table, or stands in another's place. */
export async function writeRows(
  name: CopiedTable,
  given: readonly CopiedRow[],
  { db, ledgerNamed, now }: Restoring,
) {
  const { table, key, keyName } = keyed(name);
  const parsed = z.array(rowOf(table)).safeParse(given);
  if (!parsed.success) throw invalid(parsed.error);
  // The masters of the old deployment are not in a copy: each is made anew.
  const rows =
    name === "images" ? (parsed.data as ImageRow[]).map((row) => withoutMaster(row, now)) : parsed.data;
  const keys = rows.map((row) => String(Reflect.get(row, keyName)));
  const present = async () =>
    new Set(
      (
        await db
          .select({ key })
          .from(table)
          .where(inArray(key, among(keys)))
      ).map((row) => String(row.key)),
    );
  const before = await present();
  const [first, ...rest] = rows.map((row) => db.insert(table).values(row).onConflictDoNothing());
  const hiding = name === "images" ? [hideBlockedFiles(db, among(keys))] : [];
  if (first) await db.batch([first, ...rest, ...hiding]);
  const after = await present();
  const missing = keys.filter((one) => !after.has(one));
  if (missing.length > 0) throw invalid({ rows: [`Something else has the place of ${missing.join(", ")}.`] });
  if (name === "images") await countAndLabel(rows as readonly ImageRow[], before, { db, ledgerNamed });
  const there = keys.filter((one) => before.has(one)).length;
  return { restored: keys.length - there, there };
}

/** Counting is safe to repeat, and repeated: a run that was killed may have written rows and not counted them. */
async function countAndLabel(
  rows: readonly ImageRow[],
  before: ReadonlySet<string>,
  { db, ledgerNamed }: Omit<Restoring, "now">,
) {
  const labelled = rows.filter(({ id, labels }) => !before.has(id) && labels !== "{}");
  const [first, ...rest] = labelled.map(({ id, accountId }) =>
    insertLabels(db, id, accountId).onConflictDoNothing(),
  );
  if (first) await db.batch([first, ...rest]);
  const byLedger = Map.groupBy(rows, ({ accountId, id }) => ledgerName(accountId, id));
  for (const [name, own] of byLedger)
    await ledgerNamed(name).restore(
      own.map(({ id, bytes, createdAt }) => ({ imageId: id, bytes, at: createdAt })),
    );
}

/** Exactly the columns of the table, each of its kind. */
function rowOf(table: SQLiteTable) {
  const shape = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const value = cellOf(column);
    return [name, column.notNull ? value : value.nullable()] as const;
  });
  return z.strictObject(Object.fromEntries(shape));
}

function cellOf({ dataType, enumValues }: SQLiteColumn) {
  if (dataType === "boolean") return z.boolean();
  if (dataType === "number") return z.number();
  const [first, ...rest] = enumValues ?? [];
  return first === undefined ? z.string() : z.enum([first, ...rest]);
}
