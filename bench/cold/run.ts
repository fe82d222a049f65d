// `npm run bench:cold`: what being cold costs: starting a Worker, its first answers, and what each codec adds.
//
//   --turns N    how many fresh processes a figure (default 7; first answers take 3 at most)
//   --starts     starts only
//   --write      put the tables into docs/benchmarks.md

import { parseArgs } from "node:util";
import { median } from "../edge/section.ts";
import { writeSection } from "../section.ts";
import { bundled, type Module } from "./bundle.ts";
import { firstAnswers } from "./sections/first-answers.ts";
import { modulesOf, starts } from "./sections/starts.ts";
import { startupMs } from "./sections/startup-profile.ts";

const MOST_START_MS = 100;
const MOST_BYTES = 10_000_000;
const { values: asked } = parseArgs({
  options: {
    turns: { type: "string", default: "7" },
    write: { type: "boolean", default: false },
    starts: { type: "boolean", default: false },
  },
});
const turns = Number(asked.turns);

const src = bundled("workers/src/wrangler.toml");
const api = bundled("wrangler.toml");
const wasm = src.filter(({ name }) => name.endsWith(".wasm"));
const begun = await starts({ src, api }, wasm, turns);
const answers = asked.starts ? [] : await firstAnswers(Math.min(3, turns));

const profiles = Array.from({ length: turns }, () => ({
  src: startupMs("workers/src/wrangler.toml"),
  api: startupMs("wrangler.toml"),
}));
const startOf = (worker: "src" | "api") => median(profiles.map((profile) => profile[worker]));

const sum = (modules: readonly Module[], of: "bytes" | "gzipBytes") =>
  modules.reduce((total, module) => total + module[of], 0);
const ownOf = (what: string) => begun.find((start) => start.what === what)?.ownMs ?? Number.NaN;
const wholeOf = (what: string) => begun.find((start) => start.what === what)?.wholeMs ?? Number.NaN;
/** Reading and running the script, its first answer included; its WebAssembly is compiled by the platform, once for all isolates of a machine. */
const scriptOf = (worker: string) => ownOf(worker) - ownOf(modulesOf(worker));
const ms = (value: number) => `${value.toFixed(0)} ms`;
const kb = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`;
/** wrangler puts a hash before a module's name. */
const plainName = (name: string) => name.replace(/^[0-9a-f]{16,}-/, "");

const tables = `Starting, in processor time of a process of workerd from its start to its first answer:

| Worker | bundle (gzip) | from process start | beyond an empty Worker | of that its script | wrangler check startup |
| --- | --- | --- | --- | --- | --- |
${(
  [
    ["src", src],
    ["api", api],
  ] as const
)
  .map(
    ([name, modules]) =>
      `| ${name} | ${kb(sum(modules, "bytes"))} (${kb(sum(modules, "gzipBytes"))}) | ${ms(wholeOf(name))} | ${ms(ownOf(name))} | ${ms(scriptOf(name))} | ${ms(startOf(name))} |`,
  )
  .join("\n")}

What each WebAssembly module adds to src (it is made into an instance when it is first needed, never at the start):

| module | size (gzip) | adds to the start |
| --- | --- | --- |
${wasm
  .map(
    (module) =>
      `| ${plainName(module.name)} | ${kb(module.bytes)} (${kb(module.gzipBytes)}) | ${ms(ownOf(module.name))} |`,
  )
  .join("\n")}

The first answer in an isolate that has answered nothing yet, and the second of the same kind, over HTTP with D1 and R2 as wrangler emulates them:

| answer | first | second | cold costs |
| --- | --- | --- | --- |
${answers
  .map(
    ({ what, firstMs, secondMs }) =>
      `| ${what} | ${ms(firstMs)} | ${ms(secondMs)} | ${ms(firstMs - secondMs)} |`,
  )
  .join("\n")}`;
console.log(tables);
const isMet = startOf("src") < MOST_START_MS && sum(src, "bytes") < MOST_BYTES;
console.log(
  `\nBars: src starts in ${ms(startOf("src"))} by wrangler check startup (under ${MOST_START_MS} ms), its bundle has ${kb(sum(src, "bytes"))} (under ${kb(MOST_BYTES)}): ${isMet ? "met" : "missed"}.`,
);
if (asked.write)
  await writeSection(
    "cold",
    `## Cold starts

Written by \`npm run bench:cold -- --write\`, ${new Date().toISOString().slice(0, 10)}; medians of ${turns} fresh processes (first answers: ${Math.min(3, turns)}). Bars: src
starts in under ${MOST_START_MS} ms by \`wrangler check startup\` (Cloudflare's own measure; the processor time beside it includes the first answer), and its bundle has less than ${MOST_BYTES / 1e6} MB.

${tables}`,
  );
// Idle connections would keep the process for a while.
process.exit(isMet ? 0 : 1);
