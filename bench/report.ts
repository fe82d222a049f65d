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
  if (isResult(ours) && jobs[name]?.isPlain) {
    const rate = ours.bytes / 1e6 / (ours.cost.ms / 1000);
    return {
      job: name,
      ms: round(ours.cost.ms, 1),
      mb_per_s: round(rate, 0),
      peak_mb: megabytes(ours.memory?.jobBytes),
      bytes: ours.bytes,
    };
  }
  if (!isResult(ours) || !isResult(theirs))
    return { job: name, error: reasonOf(isResult(ours) ? theirs : ours) };
  return {
    job: name,
    ms: round(ours.cost.ms, 1),
    sharp_ms: round(theirs.cost.ms, 1),
    ratio: round(ours.cost.ms / theirs.cost.ms, 2),
    peak_mb: megabytes(ours.memory?.jobBytes),
    predicted_mb: megabytes(ours.predictedBytes),
    ssim: ours.quality ? round(ours.quality.ssim, 4) : null,
    bytes: ours.bytes,
    psnr: ours.quality ? round(ours.quality.psnr, 1) : null,
    cpu_ratio: round(ours.cost.cpuMs / theirs.cost.cpuMs, 2),
    wasm_mb: megabytes(ours.memory?.wasmBytes),
    idle_mb: megabytes(ours.memory?.idleBytes),
    sharp_ssim: theirs.quality ? round(theirs.quality.ssim, 4) : null,
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
  if (line.error) return [`\`${name}\``, "", String(line.error), "", "", "", "", "", "", ...baselines];
  if (job?.isPlain) {
    const rate = `${line.mb_per_s} MB/s (${job.leastMegabytesPerSecond})`;
    return [
      `\`${name}\``,
      "",
      `${line.ms} ms`,
      rate,
      "",
      `${line.peak_mb} MB (${job.mostMegabytes})`,
      "",
      "",
      thousands(line.bytes),
      "",
      "",
    ];
  }
  const goal = (value: number | undefined, unit: string) => (value === undefined ? "" : ` (${value}${unit})`);
  return [
    `\`${name}\``,
    `${line.sharp_ms} ms`,
    `${line.ms} ms`,
    `**${line.ratio}**${goal(job?.mostRatio, "")}`,
    `${line.cpu_ratio}`,
    `${line.peak_mb} MB${goal(job?.mostMegabytes, "")}`,
    line.predicted_mb === null ? "" : `${line.predicted_mb} MB`,
    line.ssim === null ? "" : `${line.ssim}, ${line.sharp_ssim}`,
    `${thousands(line.bytes)}, ${thousands(Number(line.sharp_bytes))}`,
    ...baselines,
  ];
}

const thousands = (bytes: number | undefined) => `${((bytes ?? 0) / 1000).toFixed(0)} KB`;

function baseline(result: EngineResult | Error | undefined): string {
  if (!isResult(result)) return result ? "can't" : "";
  return `${result.cost.ms.toFixed(0)} ms, ${megabytes(result.memory?.jobBytes)} MB`;
}
