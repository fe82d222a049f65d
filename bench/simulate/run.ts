// `npm run simulate`: a day of a large deployment, with the cache behind the front door as it was and before it as it is.
//
//   --seed N     of the deletions and of the check (default 11)
//   --write      put the tables into docs/scale.md

import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { seededRandom } from "../../test/harness/seeded-random.ts";
import { type Bill, billOf } from "./bill.ts";
import { missRate, playedMissRate } from "./cache.ts";
import { type Day, dayOf, designs } from "./day.ts";
import { dayOfPurges } from "./purges.ts";
import { DELETED_SHARE_A_DAY, type Deployment, deployments, famous, PEAK, retention } from "./settings.ts";

const { values: asked } = parseArgs({
  options: { seed: { type: "string", default: "11" }, write: { type: "boolean", default: false } },
});
const seed = Number(asked.seed);
const DAY_SECONDS = 86_400;

const many = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(2)).toString();
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const usd = (value: number) =>
  value >= 100 ? `${Math.round(value).toLocaleString("en")} USD` : `${value.toFixed(2)} USD`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function dayTable(deployment: Deployment): string {
  const [before, after] = [designs.before, designs.after].map((design) =>
    dayOf(deployment, design, retention),
  );
  if (!before || !after) throw new Error("there are two designs");
  const row = (what: string, of: (day: Day) => string) => [what, of(before), of(after)];
  const aSecond = (of: (day: Day) => number) => (day: Day) =>
    `${many(of(day) / DAY_SECONDS)} (${many((of(day) * PEAK) / DAY_SECONDS)})`;
  const bill = (of: (bill: Bill) => number) => (day: Day) => usd(of(billOf(deployment, day)));
  const rows = [
    row(
      "views that browsers do not answer, a second",
      aSecond((day) => day.atEdge),
    ),
    row("… of them answered by a city's cache", (day) => percent(day.cityHits / day.atEdge)),
    row("… by the tier above", (day) => percent(day.regionHits / day.atEdge)),
    row(
      "Worker runs a second",
      aSecond((day) => day.frontRuns),
    ),
    row(
      "rows read from D1 a second",
      aSecond((day) => day.rowsRead),
    ),
    row(
      "objects read from R2 a second",
      aSecond((day) => day.objectsRead),
    ),
    row(
      "renders a second",
      aSecond((day) => day.renders),
    ),
    row(
      "processor time, seconds a second",
      aSecond((day) => day.cpuMs / 1000),
    ),
    row(
      "the month's bill",
      bill(({ total }) => total),
    ),
    row(
      "… requests",
      bill(({ requests }) => requests),
    ),
    row(
      "… processor time",
      bill(({ cpu }) => cpu),
    ),
    row(
      "… D1",
      bill(({ database }) => database),
    ),
    row(
      "… reads of R2",
      bill(({ reads }) => reads),
    ),
    row(
      "… storage in R2",
      bill(({ storage }) => storage),
    ),
    row("per million views, without storage", (day) => {
      const { total, storage } = billOf(deployment, day);
      return usd((total - storage) / ((day.views * 30) / 1e6));
    }),
  ];
  return `#### ${deployment.name[0]?.toUpperCase()}${deployment.name.slice(1)}\n\n${table(["", "before", "now"], rows)}`;
}

/** How much hangs on what nobody publishes. */
function sensitivity(): string {
  const tries = [
    ["as above", 1, retention],
    ["caches keep half as long", 1, { cityIdleDays: 0.5, regionIdleDays: 1.5 }],
    ["caches keep twice as long", 1, { cityIdleDays: 2, regionIdleDays: 6 }],
    ["Zipf 0.65", 0.65, retention],
    ["Zipf 1", 1, retention],
  ] as const;
  const rows = tries.map(([what, zipf, kept]) => [
    what,
    ...deployments.map((deployment) => {
      const chosen = what.startsWith("Zipf") ? { ...deployment, zipf } : deployment;
      const day = dayOf(chosen, designs.after, kept);
      return `${percent((day.cityHits + day.regionHits) / day.atEdge)}, ${many(day.rowsRead / DAY_SECONDS)}, ${many(day.renders / DAY_SECONDS)}`;
    }),
  ]);
  const names = deployments.map(({ images }) => `${many(images / 1e6)} million images`);
  return table(["answered by caches, rows a second, renders a second", ...names], rows);
}

function purgeTable(): string {
  const perDay = [...deployments.map(({ images }) => images * DELETED_SHARE_A_DAY), 5_000].sort(
    (one, other) => one - other,
  );
  const rows = perDay.flatMap((count) =>
    [false, true].map((isPatient) => {
      const day = dayOfPurges(count, isPatient, seededRandom(seed));
      return [
        many(day.deletions),
        isPatient ? "now" : "before",
        percent(day.doneAtOnce / day.deletions),
        `${many(day.medianWaitSeconds)} s`,
        `${many(day.longestWaitSeconds)} s`,
        many(day.longestQueue),
        many(day.leftAtMidnight),
        many(day.bucketPurges),
      ];
    }),
  );
  return table(
    [
      "deletions a day",
      "",
      "`Purge: done`",
      "median wait",
      "longest wait",
      "longest queue",
      "left at midnight",
      "purges by bucket",
    ],
    rows,
  );
}

/** The formula, held to the same played request by request. */
function check(): string {
  const random = seededRandom(seed);
  const rows = [0.1, 0.5, 1, 3, 10, 100].map((rate) => {
    const formula = missRate(rate, 1, 7) / rate;
    const played = playedMissRate(rate, 1, 7, 40_000 / rate + 2_000, random) / rate;
    return [`${rate}`, percent(formula), percent(played)];
  });
  return table(["requests a day for one address", "missed by the formula", "missed when played"], rows);
}

const output = `${[...deployments, famous].map(dayTable).join("\n\n")}

In brackets: the busiest second.

#### What hangs on what is assumed

${sensitivity()}

#### A day of deletions

${purgeTable()}

#### The formula, played

${check()}`;
console.log(output);
if (asked.write) {
  const page = "docs/scale.md";
  const text = await readFile(page, "utf8");
  const [before = "", rest = ""] = text.split("<!-- simulation begins -->");
  const [, after = ""] = rest.split("<!-- simulation ends -->");
  await writeFile(page, `${before}<!-- simulation begins -->\n${output}\n<!-- simulation ends -->${after}`);
}
