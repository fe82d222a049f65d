// `npm run bench:api`: what every endpoint costs at 1,000, 100,000 and 1,000,000 images, and how many calls a second there are.
//
//   --images N     another scale (may be repeated; rising)
//   --seconds N    how long each load lasts (default 5)
//   --write        put the result into docs/benchmarks.md

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { printCursor } from "../../workers/api/http/cursor.ts";
import { endpointsAt } from "./endpoints.ts";
import { type Load, measureLoad } from "./load.ts";
import { type Cost, measureEndpoint, send } from "./measure.ts";
import { costTable, loadTable } from "./report.ts";
import { BIG_ACCOUNT, bigAccountId, seedImages } from "./seed.ts";
import { startApi } from "./start-api.ts";
import { writeApiSection } from "./write-section.ts";

const { values: asked } = parseArgs({
  options: {
    images: { type: "string", multiple: true },
    seconds: { type: "string", default: "5" },
    write: { type: "boolean", default: false },
  },
});
const scales = asked.images?.map(Number) ?? [1_000, 100_000, 1_000_000];
const PAGE = 50;
const CONNECTIONS = 16;

const file = new Uint8Array(await readFile("test/fixtures/coffee.jpg"));
const { origin, key, pattern, DB, stop } = await startApi(file);
const target = { origin, key };

const ranSchema = z.object({ meta: z.object({ size_after: z.number() }) });

let deleted = 0;
/** Images are deleted from the old end on, so that lists stay whole. */
const fresh = (count: number) => {
  deleted += count;
  return deleted - count;
};

const costs = new Map<string, Cost[]>();
let seeded = 0;
for (const images of scales) {
  const began = performance.now();
  await seedImages(DB, seeded, images, pattern);
  seeded = images;
  console.error(`${images} images after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  const own = (images * 3) / 4;
  const deepPage = Math.min(10_000, Math.floor((own * 2) / 3 / PAGE));
  const scale = { images: own, deepCursor: await cursorOf(deepPage) };
  for (const endpoint of endpointsAt(scale, file, fresh)) {
    const cost = await measureEndpoint(endpoint, target);
    costs.set(endpoint.name, [...(costs.get(endpoint.name) ?? []), cost]);
    console.error(endpoint.name, cost);
  }
}

const { meta } = ranSchema.parse(await DB.prepare("select ?").bind(1).run());
const databaseBytes = meta.size_after;

const newest = (seeded * 3) / 4 - 1;
const loaded = [
  {
    name: "GET /v1/images/{id}",
    call: (turn: number) => ({ method: "GET", path: `/v1/images/${bigAccountId(newest - (turn % 10_000))}` }),
  },
  { name: "GET /v1/images, 50 a page", call: () => ({ method: "GET", path: "/v1/images" }) },
  { name: "POST /v1/images", call: () => ({ method: "POST", path: "/v1/images", file }) },
];
const loads = new Map<string, Load>();
for (const { name, call } of loaded) {
  const settings = { connections: CONNECTIONS, seconds: Number(asked.seconds) };
  loads.set(name, await measureLoad((turn) => send(target, call(turn)), settings));
  console.error(name, loads.get(name));
}

const tables = { costs: costTable(scales, costs), loads: loadTable(loads) };
console.log(`${tables.costs}\n\n${tables.loads}`);
if (asked.write) {
  await writeApiSection({
    ...tables,
    connections: CONNECTIONS,
    fileBytes: file.length,
    images: seeded,
    databaseBytes,
  });
}
await stop();
// Idle connections would keep the process for a while.
process.exit(0);

/** Where a page of the big account's list begins; page 1 has no cursor. */
async function cursorOf(page: number): Promise<string> {
  const position = await DB.prepare(
    `select created_at as "createdAt", id from images where account_id = ?
     order by created_at desc, id desc limit 1 offset ${(page - 1) * PAGE - 1}`,
  )
    .bind(BIG_ACCOUNT)
    .first<{ createdAt: number; id: string }>();
  if (!position) throw new Error(`the list has no page ${page}`);
  return printCursor(position);
}
