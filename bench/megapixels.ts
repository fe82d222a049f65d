// How the cost of one job grows with the picture: JPEG of 1 to 108 megapixels to 853 x 640, and the line through it.

import { fitLine } from "../test/harness/measure/statistics.ts";
import type { Job } from "./jobs.ts";
import { measureJob } from "./measure/measure-job.ts";
import { type PhotoName, photoFiles } from "./photos/files.ts";

const sizes = [
  "jpeg1",
  "jpeg3",
  "jpeg6",
  "jpeg12",
  "jpeg24",
  "jpeg50",
  "jpeg108",
] as const satisfies readonly PhotoName[];

/** Times are the least disturbed of all turns: how they grow matters here. */
export interface CostPoint {
  readonly megapixels: number;
  readonly ms: number;
  readonly sharpMs: number;
  readonly jobBytes: number;
}

export async function measureCost(turns: number): Promise<CostPoint[]> {
  const points: CostPoint[] = [];
  for (const photo of sizes) {
    const { width, height } = photoFiles[photo];
    const job: Job = {
      photo,
      query: "w=853&h=640&fit=squeeze&q=80&format=jpg",
      output: { width: 853, height: 640, format: "jpg", quality: 80 },
      isJudged: false,
    };
    const result = await measureJob(job, { turns, engines: ["edgepix"] });
    const ours = result.get("edgepix");
    const theirs = result.get("sharp");
    if (!ours || ours instanceof Error || !theirs || theirs instanceof Error) continue;
    const jobBytes = ours.memory?.jobBytes ?? Number.NaN;
    points.push({
      megapixels: (width * height) / 1e6,
      ms: ours.cost.bestMs,
      sharpMs: theirs.cost.bestMs,
      jobBytes,
    });
  }
  return points;
}

export function describeCost(points: readonly CostPoint[]): string {
  const rows = points.map(
    ({ megapixels, ms, sharpMs, jobBytes }) =>
      `| ${megapixels.toFixed(1)} | ${sharpMs.toFixed(1)} ms | ${ms.toFixed(1)} ms | ${(ms / sharpMs).toFixed(2)} | ${(jobBytes / 1e6).toFixed(1)} MB |`,
  );
  const say = (name: string, pick: (point: CostPoint) => number) => {
    const { fixed, slope } = fitLine(points.map((point) => [point.megapixels, pick(point)] as const));
    return `${name}: ${fixed.toFixed(1)} ms + ${slope.toFixed(2)} ms a megapixel.`;
  };
  return [
    "",
    "| megapixels | sharp | edgepix | ratio | peak |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
    say("edgepix", ({ ms }) => ms),
    say("sharp", ({ sharpMs }) => sharpMs),
    "",
  ].join("\n");
}
