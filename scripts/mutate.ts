// `npm run mutate`: plants small faults, one at a time, and says which of them no test finds.
//
//   --room NAME    only this room (may be repeated)
//   --sample N     how many faults of each room (default 32)
//   --seed N       which ones (default 1); the same seed plants the same
//   --at PLACE     only in files whose path holds this, or at such a file:line (may be repeated)
//   --seconds N    the longest that one stage of tests may take (default 240)
//   --minutes N    when to stop planting (default: never)
//   --near         only with the tests that know a file best, where a room names them: the same
//   --unit         only with the tests that need no Worker: quicker, and more survives
//
// Files of the working copy are changed and put back: run it in a worktree of its own.

import { globSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { seededRandom } from "../test/harness/seeded-random.ts";
import { type Fault, faultsOf } from "./mutate/faults.ts";
import { type Room, rooms } from "./mutate/rooms.ts";
import { tryFault } from "./mutate/try-fault.ts";
import { runTests, stopTests } from "./mutate/warm-tests.ts";

const { values: asked } = parseArgs({
  options: {
    room: { type: "string", multiple: true, default: rooms.map(({ name }) => name) },
    sample: { type: "string", default: "32" },
    seed: { type: "string", default: "1" },
    at: { type: "string", multiple: true },
    seconds: { type: "string", default: "240" },
    minutes: { type: "string" },
    unit: { type: "boolean", default: false },
    near: { type: "boolean", default: false },
  },
});
const seconds = Number(asked.seconds);
const end = performance.now() + Number(asked.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
const chosen = rooms
  .filter(({ name }) => asked.room.includes(name))
  .map((room) =>
    asked.unit ? { ...room, stages: room.stages.filter(({ project }) => project === "unit") } : room,
  )
  .map((room) => (asked.near && room.nearest ? { ...room, stages: [] } : room))
  .filter(({ stages, nearest = [] }) => stages.length + nearest.length > 0);

interface Planned {
  readonly room: Room;
  readonly fault: Fault;
}

const all: Planned[] = chosen.flatMap((room) =>
  globSync(room.files)
    .filter((file) => !file.endsWith(".d.ts"))
    .toSorted()
    .flatMap((file) => faultsOf(file, readFileSync(file, "utf8")).map((fault) => ({ room, fault })))
    .filter(({ fault }) => isAsked(fault)),
);
const random = seededRandom(Number(asked.seed));
const shuffled = all
  .map((planned) => ({ planned, order: random() }))
  .toSorted((a, b) => a.order - b.order)
  .map(({ planned }) => planned);
const sample = chosen.flatMap((room) =>
  shuffled.filter((planned) => planned.room === room).slice(0, Number(asked.sample)),
);
console.log(`${all.length} faults can be planted, ${sample.length} are`);

// Those that are for some files alone are the slow ones: `npm test` says whether they hold.
const before = ({ nearest = [], stages }: Room) =>
  [...nearest.map(([, stage]) => stage), ...stages].filter(({ files }) => !files);
for (const room of chosen) {
  for (const stage of before(room)) {
    const { ending, by } = await runTests(stage, seconds * 3);
    if (ending !== "survived") {
      stopTests();
      throw new Error(`the tests of ${room.name} fail without any fault: ${by ?? stage.tests.join(" ")}`);
    }
  }
}

const counts = new Map(chosen.map(({ name }) => [name, { planted: 0, found: 0 }]));
for (const { room, fault } of sample) {
  if (performance.now() > end) break;
  const { ending, by = "" } = await tryFault(fault, room, seconds);
  const count = counts.get(room.name);
  if (count) {
    count.planted++;
    if (ending !== "survived") count.found++;
  }
  const where = `${fault.file}:${fault.line}`;
  console.log(`${ending}\t${where}\t${oneLine(fault.was)} -> ${oneLine(fault.becomes)}\t${by}`);
}

stopTests();
for (const [name, { planted, found }] of counts) {
  if (planted > 0)
    console.log(`${name}: ${found} of ${planted} found, ${((found / planted) * 100).toFixed(0)} %`);
}

function isAsked({ file, line }: Fault): boolean {
  return asked.at?.some((place) => file.includes(place) || `${file}:${line}`.endsWith(place)) ?? true;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 70 ? `${line.slice(0, 70)}…` : line;
}
