// `npm run bench:burst`: many heavy renders at once in one isolate, and what those wait who only want a picture that is there.
//
//   --renders N    how many renders of a 12 megapixel photograph come at once (default 32)
//   --query Q      what is asked of each besides its width (default format=jpg)
//   --json         one JSON line and nothing else

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { percentiles } from "../api/load.ts";
import { processorTime } from "../api/processor-time.ts";
import { photoPath } from "../photos/make-photos.ts";
import { startSrc } from "./start-src.ts";

const { values: asked } = parseArgs({
  options: {
    renders: { type: "string", default: "32" },
    query: { type: "string", default: "format=jpg" },
    json: { type: "boolean", default: false },
  },
});
const renders = Number(asked.renders);
const GAP_MS = 10;

const src = await startSrc();
const heavy = await src.store("heavy000", await readFile(await photoPath("jpeg12")));
const small = await src.store("small000", await readFile("test/fixtures/coffee.jpg"));

/** Milliseconds until the whole answer is there. */
async function get(path: string): Promise<number> {
  const start = performance.now();
  const answer = await fetch(src.origin + path);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return performance.now() - start;
}

const plain = small;
const cached = `${small}?w=200&format=jpg`;
const render = (width: number) => get(`${heavy}?w=${width}&${asked.query}`);

/** Alternately the plain original and the cached picture, for as long as `isOver` says no. */
async function standBy(isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    times.push(await get(times.length % 2 ? plain : cached));
    await new Promise((resolve) => setTimeout(resolve, GAP_MS));
  }
  return times;
}

await Promise.all([get(plain), get(cached), render(400)]);
let turn = 0;
const idle = percentiles(await standBy(() => turn++ >= 40));

const alone = await timed(async () => {
  for (let number = 0; number < renders; number++) await render(500 + number);
});

const ends: number[] = [];
const burst = await timed(() => atOnce(600, ends));

let isOver = false;
const watched = atOnce(700, []).then(() => {
  isOver = true;
});
const times = await standBy(() => isOver);
await watched;
const found = {
  renders,
  alone,
  burst,
  firstMs: Math.min(...ends),
  medianMs: percentiles(ends).p50,
  idleMs: idle.p50,
  bystanders: times.length,
  bystanderMs: percentiles(times).p50,
  worstBystanderMs: Math.max(...times),
};
console.log(asked.json ? JSON.stringify(found) : describe(found));
await src.stop();
// Idle connections would keep the process for a while.
process.exit(0);

/** Renders of as many widths, from `least` on; when each of them ended. */
async function atOnce(least: number, endsMs: number[]): Promise<void> {
  const start = performance.now();
  const all = Array.from({ length: renders }, async (_, number) => {
    await render(least + number);
    endsMs.push(performance.now() - start);
  });
  await Promise.all(all);
}

async function timed(work: () => Promise<unknown>) {
  const start = performance.now();
  const cpuMs = await processorTime(work);
  return { wallMs: performance.now() - start, cpuMs };
}

function describe(result: typeof found): string {
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return [
    `${renders} renders of 12 megapixels, ${asked.query}`,
    `one after another   ${ms(result.alone.wallMs)}, ${ms(result.alone.cpuMs)} of processor time`,
    `all at once         ${ms(result.burst.wallMs)}, ${ms(result.burst.cpuMs)} of processor time`,
    `                    the first after ${ms(result.firstMs)}, half of them after ${ms(result.medianMs)}`,
    `bystanders, idle    ${ms(result.idleMs)}`,
    `bystanders, burst   ${ms(result.bystanderMs)} at the median, ${ms(result.worstBystanderMs)} at worst, of ${result.bystanders}`,
  ].join("\n");
}
