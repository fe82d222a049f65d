// The end of an image's life: code and SQL must put it at the same millisecond.
import { DatabaseSync } from "node:sqlite";
import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { areAlive, areOver, isAlive } from "../../../workers/shared/alive.ts";

const NOW = 1_764_000_000_000;
const ends = [null, 0, NOW - 1, NOW, NOW + 1, NOW + 86_400_000];

/** The ends that the condition lets through. */
function endsWhere(condition: SQL | undefined): unknown[] {
  const database = new DatabaseSync(":memory:");
  database.exec("create table images (expires_at integer)");
  const insert = database.prepare("insert into images values (?)");
  for (const end of ends) insert.run(end);
  if (!condition) throw new Error("there is no condition");
  const { sql, params } = new SQLiteSyncDialect().sqlToQuery(condition);
  const rows = database.prepare(`select expires_at from images where ${sql}`).all(...params.map(Number));
  return rows.map((row) => row.expires_at);
}

test("an image that ends at this millisecond is over, one that ends at the next is not", () => {
  expect(ends.filter((expiresAt) => isAlive({ expiresAt }, NOW))).toEqual([null, NOW + 1, NOW + 86_400_000]);
});

test("the database keeps alive what code keeps alive, and is done with the others", () => {
  const alive = ends.filter((expiresAt) => isAlive({ expiresAt }, NOW));
  expect(endsWhere(areAlive(NOW))).toEqual(alive);
  expect(endsWhere(areOver(NOW))).toEqual(ends.filter((end) => !alive.includes(end)));
});
