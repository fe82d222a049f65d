// A ledger outlives the code that filled it: whatever version that was, nothing it counted is lost.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getTableColumns } from "drizzle-orm";
import { drizzle } from "drizzle-orm/durable-sqlite";
import { expect, test } from "vitest";
import { randomToken } from "../../schema/ids.ts";
import { migrateLedger } from "../../workers/api/ledger/migrate.ts";
import { ledgerMigrations } from "../../workers/api/ledger/migrations/index.ts";
import { monthOf } from "../../workers/api/ledger/quota.ts";
import * as tables from "../../workers/api/ledger/tables.ts";
import { fillAsBefore } from "../support/ledger-before-migrations.ts";

const freshLedger = () => env.LEDGER.getByName(`account:${randomToken(12)}`);
const unlimited = { uploadsPerMonth: null, storageBytes: null };

/** The migrations of a version to come, whose last one is `text`. */
function withLater(text: string) {
  const last = ledgerMigrations.journal.entries.at(-1);
  const idx = (last?.idx ?? 0) + 1;
  const entry = { idx, when: (last?.when ?? 0) + 1, tag: "later", breakpoints: true };
  return {
    journal: { entries: [...ledgerMigrations.journal.entries, entry] },
    migrations: { ...ledgerMigrations.migrations, [`m${String(idx).padStart(4, "0")}`]: text },
  };
}

const shapeOf = ({ sql }: DurableObjectStorage) =>
  sql
    .exec(
      `select m.name as "table", c.name, c.type, c."notnull", c.pk from sqlite_master m, pragma_table_info(m.name) c
       where m.type = 'table' and m.name not like '\\_%' escape '\\' order by m.name, c.cid`,
    )
    .toArray();

test("A ledger that was filled before it had migrations keeps every count, key and reservation", async () => {
  const ledger = freshLedger();
  const now = Date.now();
  await runInDurableObject(ledger, (_, state) => fillAsBefore(state, monthOf(now), now));
  await evictDurableObject(ledger);

  expect(await ledger.usage(now)).toEqual({ uploads: 7, images: 2, bytes: 123 });
  expect(await ledger.hourFigures(now)).toMatchObject({ uploads: 1, bytes: 100 });
  // The upload under way still takes its room: 123 + 50 + 8 bytes are too many for 180.
  const next = { imageId: "next0001", storage: "7c1", bytes: 8, isReserved: false };
  const tight = { uploadsPerMonth: null, storageBytes: 180 };
  expect(await ledger.reserve(next, tight, now)).toMatchObject({ outcome: "full" });
  expect(await ledger.reserve({ ...next, imageId: "wait0001" }, unlimited, now)).toEqual({
    outcome: "taken",
  });
  const attempt = { attempt: "a9", imageId: "next0001" };
  expect(await ledger.beginKey({ ...attempt, key: "done" }, now)).toEqual({
    state: "done",
    imageId: "held0001",
    fingerprint: "print",
  });
  expect(await ledger.beginKey({ ...attempt, key: "runs" }, now)).toEqual({ state: "running" });
  const policy = { name: "hour", limit: 4, windowSeconds: 3_600 };
  expect(await ledger.takeLongRate("address", [policy], now)).toMatchObject({ allowed: true, remaining: 0 });
  // Deleted while its upload was under way: the commit that comes later counts nothing.
  await ledger.commit("gone0001", 5, now);
  await ledger.commit("wait0001", 50, now);
  expect(await ledger.usage(now)).toEqual({ uploads: 8, images: 3, bytes: 173 });
  await ledger.remove(["held0001"]);
  expect(await ledger.usage(now)).toEqual({ uploads: 8, images: 2, bytes: 73 });
});

test("A fresh ledger has the same tables as one that was filled before there were migrations", async () => {
  const [fresh, old] = [freshLedger(), freshLedger()];
  const before = await runInDurableObject(old, async (_, state) => {
    await fillAsBefore(state, "2026-05", 0);
    return shapeOf(state.storage);
  });
  expect(await runInDurableObject(fresh, (_, { storage }) => shapeOf(storage))).toEqual(before);
});

test("The ledger's tables have the columns that the code says", async () => {
  const found = await runInDurableObject(freshLedger(), (_, { storage }) => shapeOf(storage));
  const said = Object.entries(tables).flatMap(([name, table]) =>
    Object.values(getTableColumns(table)).map((column) => `${name} ${column.name} ${column.getSQLType()}`),
  );
  const camel = (name: unknown) =>
    String(name).replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(
    found.map((column) => `${camel(column.table)} ${column.name} ${column.type}`.toLowerCase()).sort(),
  ).toEqual(said.map((column) => column.toLowerCase()).sort());
});

test("A later migration changes a filled ledger once, and what it holds stays", async () => {
  const ledger = freshLedger();
  const now = Date.now();
  const later = withLater("alter table holdings add kind text not null default 'image'");
  await runInDurableObject(ledger, async (_, state) => {
    await fillAsBefore(state, monthOf(now), now);
    for (let time = 0; time < 2; time++) await migrateLedger(state.storage, later);
    expect(state.storage.sql.exec("select image_id, bytes, kind from holdings").toArray()).toEqual([
      { image_id: "held0001", bytes: 100, kind: "image" },
      { image_id: "held0002", bytes: 23, kind: "image" },
    ]);
  });
  await evictDurableObject(ledger);
  // Code of the version before, as in a deploy that is taken back, goes on counting.
  await ledger.commit("wait0001", 50, now);
  expect(await ledger.usage(now)).toEqual({ uploads: 8, images: 3, bytes: 173 });
});

test("A migration that fails changes nothing, and says at which statement", async () => {
  await runInDurableObject(freshLedger(), async (_, { storage }) => {
    const before = shapeOf(storage);
    const broken = withLater(
      "alter table totals add kind text;\n--> statement-breakpoint\nalter table nowhere add kind text",
    );
    await expect(migrateLedger(storage, broken)).rejects.toThrow("at: alter table nowhere add kind text");
    expect(shapeOf(storage)).toEqual(before);
  });
});

test("A ledger that wakes up to date writes nothing", async () => {
  await runInDurableObject(freshLedger(), async (_, { storage }) => {
    const written = () => Number(storage.sql.exec("select total_changes() as n").one().n);
    const before = written();
    await migrateLedger(storage, ledgerMigrations);
    expect(written()).toBe(before);
    expect(await drizzle(storage).$count(tables.totals)).toBe(1);
  });
});
