// `npm run stats` against the fake Cloudflare: what was noted and counted, as an operator reads it.

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ownMigrations } from "../../../cli/deploy/release.ts";
import { type Point, pointBlobs, pointDoubles } from "../../../schema/points.ts";
import { type Desk, openDesk } from "../../support/cloudflare-account.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.leave());

const now = Date.now();
const monthBegan = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth());

/** As the Workers write it. */
function noted(point: Point, { at = now, times = 1 } = {}) {
  return {
    ...{ at, sampleInterval: times, index: point.kind },
    blobs: pointBlobs.map(({ name }) => point[name] ?? ""),
    doubles: pointDoubles.map(({ name }) => point[name] ?? 0),
  };
}

const HOSTS = '[hosts]\npage = "example.com"\nsrc = "src.example.com"\n';

function deployed(settings: string): void {
  desk.write("photos", settings);
  const { sqlite } = desk.cloudflare.account.addDatabase("edgepix");
  for (const file of ownMigrations()) sqlite.exec(readFileSync(`schema/migrations/${file}`, "utf8"));
  const counted = { images: 1_234, bytes: 60e9, thisMonth: 77, failed: 0, blocked: 3 };
  sqlite.prepare("insert into tallies values ('images', '{}', ?, ?)").run(JSON.stringify(counted), now);
}

function noteAMonth(): void {
  const view = { kind: "request", route: "picture", image: "abcdefgh", status: 200, bytes: 1_000 } as const;
  desk.cloudflare.account.datasets.set("edgepix", [
    // A sample of ten.
    noted({ ...view, worker: "api", image: "" }, { times: 10 }),
    noted({ ...view, worker: "src" }, { times: 2 }),
    noted({ ...view, worker: "src", image: "", status: 404, code: "not_found", bytes: 0 }),
    noted({ kind: "request", worker: "api", route: "POST /v1/images", status: 201, received: 3e6 }),
    noted({ kind: "request", worker: "api", route: "POST /v1/images", status: 422, code: "file_blocked" }),
    noted({
      kind: "render",
      worker: "src",
      cache: "made",
      format: "webp",
      status: 200,
      ms: 90,
      cpu_ms: 50e9,
    }),
    noted({ kind: "render", worker: "src", cache: "kept", format: "avif", status: 200, ms: 9 }),
    // Last month's are not this month's.
    noted({ ...view, worker: "src", image: "zzzzzzzz" }, { at: monthBegan - 1_000, times: 1_000_000 }),
  ]);
}

test("pictures, uploads, views, hits, renders, errors and what was asked for most, each with its unit", async () => {
  deployed("analytics = true\n");
  noteAMonth();
  const { code, said } = await desk.type("cli/stats.ts", "photos");
  expect(code, said).toBe(0);
  for (const line of [
    "1,234 with 60.0 GB of originals; 77 of this month, 3 blocked",
    "1 with 3.0 MB",
    "3 reached src",
    "70.0 % of 10 were answered by the edge",
    "1 made webp: 50,000,000 s of processor time predicted, 95 of 100 within 90 ms",
    "1 kept avif: 0 s of processor time predicted, 95 of 100 within 9 ms",
    "1 x 422 file_blocked",
    "1 x 404 not_found",
    "abcdefgh: 2, 2.0 kB",
    "5.00 USD  Workers Paid",
    "0.75 USD  originals in R2: 60.0 GB",
    "999.40 USD  processor time, as predicted: 50,000,000 s",
  ])
    expect(said).toContain(line);
  expect(said).not.toContain("zzzzzzzz");
});

test("where pictures have a host of their own, hits are not made up", async () => {
  deployed(`analytics = true\n${HOSTS}`);
  noteAMonth();
  const { said } = await desk.type("cli/stats.ts");
  expect(said).toContain("how many the edge answered is not to be seen from here");
  expect(said).not.toMatch(/% of \d+ were answered/);
});

test("without analytics it shows what the database knows, asks for nothing else, and says how to know more", async () => {
  deployed("");
  const { code, said } = await desk.type("cli/stats.ts", "photos");
  expect(code, said).toBe(0);
  expect(said).toContain("1,234 with 60.0 GB of originals");
  expect(said).toContain("set analytics = true");
  expect(desk.cloudflare.calls.filter((call) => call.includes("analytics_engine"))).toEqual([]);
});

test("as JSON for programs", async () => {
  deployed("analytics = true\n");
  noteAMonth();
  const { said } = await desk.type("cli/stats.ts", "--json");
  expect(JSON.parse(said)).toMatchObject({ tally: { images: 1_234 }, noted: { hitRatio: 0.7, uploads: 1 } });
});

test("a dataset that nothing was written to, a token that may not read it, and a database that is not there each say so", async () => {
  desk.write("photos", "analytics = true\n");
  expect((await desk.type("cli/stats.ts")).said).toContain("The account has no database edgepix.");
  deployed("analytics = true\n");
  const empty = await desk.type("cli/stats.ts");
  expect([empty.code, empty.said]).toEqual([1, expect.stringContaining("is made by its first point")]);
  noteAMonth();
  const { Refused } = await import("../../harness/cloudflare/answer.ts");
  desk.cloudflare.refuseOnce(/analytics_engine/, new Refused(403, 10000, "Authentication error"));
  const forbidden = await desk.type("cli/stats.ts");
  expect([forbidden.code, forbidden.said]).toEqual([1, expect.stringContaining("Account Analytics: Read")]);
});
