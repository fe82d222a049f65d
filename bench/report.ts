// Turns measurements into the two shapes that people and programs read.

import { type Job, jobs } from "./jobs.ts";
import type { EngineResult, JobResult } from "./measure/measure-job.ts";

/** One line of `--json`; sizes in decimal megabytes, times in milliseconds. */
export interface JsonLine {
  readonly job: string;
  readonly ms?: number;
  readonly sharp_ms?: number;
  readonly ratio?: number;
  readonly peak_mb?: number | null;
  readonly predicted_mb?: number | null;
  readonly ssim?: number | null;
  readonly bytes?: number;
  readonly [more: string]: number | string | null | undefined;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const megabytes = (bytes: number | undefined) => (bytes === undefined ? null : round(bytes / 1e6, 1));

export function jsonLine(name: string, result: JobResult): JsonLine {
  const ours = result.get("edgepix");
  const theirs = result.get("sharp");
  if (!isResult(ours)) return { job: name, error: reasonOf(ours) };
  const own = {
    job: name,
    ms: round(ours.cost.ms, 1),
    peak_mb: megabytes(ours.memory?.jobBytes),
    predicted_mb: megabytes(ours.predictedBytes),
    row_mb: megabytes(ours.memory?.rowBytes),
    wasm_mb: megabytes(ours.memory?.wasmBytes),
    idle_mb: megabytes(ours.memory?.idleBytes),
    bytes: ours.bytes,
  };
  const job = jobs[name];
  if (job?.isPlain) return { ...own, mb_per_s: round(ours.bytes / 1000 / ours.cost.ms, 0) };
  if (job?.hasSharp === false) return own;
  if (!isResult(theirs)) return { job: name, error: `sharp: ${reasonOf(theirs)}` };
  return {
    job: name,
    ms: own.ms,
    sharp_ms: round(theirs.cost.ms, 1),
    ratio: round(ours.cost.ms / theirs.cost.ms, 2),
    peak_mb: own.peak_mb,
    predicted_mb: own.predicted_mb,
    ssim: ours.quality ? round(ours.quality.ssim, 4) : null,
    bytes: ours.bytes,
    psnr: ours.quality ? round(ours.quality.psnr, 1) : null,
    best_ratio: round(ours.cost.bestMs / theirs.cost.bestMs, 2),
    cpu_ratio: round(ours.cost.cpuMs / theirs.cost.cpuMs, 2),
    row_mb: own.row_mb,
    wasm_mb: own.wasm_mb,
    idle_mb: own.idle_mb,
    sharp_ssim: theirs.quality ? round(theirs.quality.ssim, 4) : null,
    sharp_psnr: theirs.quality ? round(theirs.quality.psnr, 1) : null,
    sharp_bytes: theirs.bytes,
  };
}

const isResult = (result: EngineResult | Error | undefined): result is EngineResult =>
  result !== undefined && !(result instanceof Error);

const reasonOf = (result: EngineResult | Error | undefined) =>
  result instanceof Error ? result.message : "it was not run";

const columns = [
  "job",
  "sharp",
  "edgepix",
  "ratio (goal)",
  "processor",
  "peak (goal)",
  "predicted",
  "ten in a row",
  "SSIM, sharp's",
  "bytes, sharp's",
  "Photon",
  "jSquash",
];

export function markdownTable(results: ReadonlyMap<string, JobResult>): string {
  const rows = Array.from(results, ([name, result]) => markdownRow(name, jobs[name], result));
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function markdownRow(name: string, job: Job | undefined, result: JobResult): string[] {
  const line = jsonLine(name, result);
  const baselines = (["photon", "jsquash"] as const).map((engine) => baseline(result.get(engine)));
  if (line.error) return [`\`${name}\``, "", String(line.error), ...Array(7).fill(""), ...baselines];
  const goal = (value: number | undefined) => (value === undefined ? "" : ` (${value})`);
  const say = (value: JsonLine[string], unit: string) => (typeof value === "number" ? `${value}${unit}` : "");
  const speed =
    line.mb_per_s === undefined
      ? `${say(line.ratio, "")}${goal(job?.mostRatio)}`
      : `${line.mb_per_s} MB/s${goal(job?.leastMegabytesPerSecond)}`;
  const both = (ours: string, theirs: string) => (theirs === "" ? ours : `${ours}, ${theirs}`);
  return [
    `\`${name}\``,
    say(line.sharp_ms, " ms"),
    say(line.ms, " ms"),
    speed,
    say(line.cpu_ratio, ""),
    `${say(line.peak_mb, " MB")}${goal(job?.mostMegabytes)}`,
    say(line.predicted_mb, " MB"),
    say(line.row_mb, " MB"),
    both(say(line.ssim, ""), say(line.sharp_ssim, "")),
    both(kilobytes(line.bytes), kilobytes(line.sharp_bytes)),
    ...baselines,
  ];
}

const kilobytes = (bytes: JsonLine[string]) =>
  typeof bytes === "number" ? `${(bytes / 1000).toFixed(0)} KB` : "";

function baseline(result: EngineResult | Error | undefined): string {
  if (!isResult(result)) return result ? "can't" : "";
  return `${result.cost.ms.toFixed(0)} ms, ${megabytes(result.memory?.jobBytes)} MB`;
}
