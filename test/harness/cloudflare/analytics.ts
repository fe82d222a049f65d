// Analytics Engine of the fake Cloudflare: its SQL, as far as SQLite knows it, over the points of the account. 64-bit numbers come as text.
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { FakeAccount, FakePoint } from "./account.ts";
import { Plain, Refused, type Route } from "./answer.ts";

const COLUMNS = Array.from({ length: 20 }, (_, at) => at + 1);

export function analyticsRoutes(account: FakeAccount): readonly Route[] {
  return [
    [
      "POST",
      /\/analytics_engine\/sql$/,
      async ({ body }) => {
        const text = await body.text();
        const [, sql, dataset = ""] = /^(SELECT [\s\S]* FROM (\w+) [\s\S]*) FORMAT JSON$/.exec(text) ?? [];
        if (!sql) throw new Refused(422, 422, `cannot parse ${text.slice(0, 80)}`);
        const points = account.datasets.get(dataset);
        if (!points)
          throw new Refused(422, 422, `unable to find type of column: dataset ${dataset} has no data`);
        const rows = run(sql, dataset, points);
        return new Plain(JSON.stringify({ meta: [], data: rows, rows: rows.length }));
      },
    ],
  ];
}

function run(sql: string, dataset: string, points: readonly FakePoint[]) {
  const database = new DatabaseSync(":memory:");
  const names = COLUMNS.flatMap((at) => [`blob${at}`, `double${at}`]);
  database.exec(`create table ${dataset} (timestamp, _sample_interval, index1, ${names.join(", ")})`);
  const marks = Array.from({ length: names.length + 3 }, () => "?").join(", ");
  const insert = database.prepare(`insert into ${dataset} values (${marks})`);
  for (const { at, sampleInterval, index, blobs, doubles } of points) {
    const values = COLUMNS.flatMap((n) => [blobs[n - 1] ?? "", doubles[n - 1] ?? 0]);
    insert.run(new Date(at).toISOString().slice(0, 19).replace("T", " "), sampleInterval, index, ...values);
  }
  database.function("toDateTime", (text) => text);
  // SQLite's own values are all that it hands from row to row.
  database.aggregate("quantile_exact_weighted", {
    start: "[]",
    step: (all, level, value, weight) =>
      JSON.stringify([...samplesIn(all), [level, value, weight].map(Number)]),
    result: (all) => quantile(samplesIn(all)),
  });
  const asSqlite = sql.replaceAll(/quantileExactWeighted\(([\d.]+)\)\(/g, "quantile_exact_weighted($1, ");
  try {
    const rows = database.prepare(asSqlite).all();
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          name === "count" ? String(value ?? 0) : (value ?? 0),
        ]),
      ),
    );
  } catch (problem) {
    throw new Refused(422, 422, problem instanceof Error ? problem.message : String(problem));
  } finally {
    database.close();
  }
}

type Sample = readonly [level: number, value: number, weight: number];
const samplesIn = (text: unknown): readonly Sample[] =>
  z.array(z.tuple([z.number(), z.number(), z.number()])).parse(JSON.parse(String(text)));

function quantile(all: readonly Sample[]): number {
  const sorted = all.toSorted(([, one], [, other]) => one - other);
  const total = sorted.reduce((sum, [, , weight]) => sum + weight, 0);
  let seen = 0;
  for (const [level, value, weight] of sorted) {
    seen += weight;
    if (seen >= level * total) return value;
  }
  return 0;
}
