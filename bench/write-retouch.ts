// Writes the retouching part of docs/benchmarks.md.
import { cpus, loadavg } from "node:os";
import { jobs } from "./jobs.ts";
import type { JobResult } from "./measure/measure-job.ts";
import { jsonLine } from "./report.ts";
import { writeSection } from "./section.ts";

const head = ["job", "query", "time (goal)", "processor", "peak (goal)", "predicted"];

export function retouchTable(results: ReadonlyMap<string, JobResult>): string {
  const rows = Array.from(results, ([name, result]) => {
    const { ms, error, peak_mb, predicted_mb } = jsonLine(name, result);
    const ours = result.get("edgepix");
    const cpu = ours && !(ours instanceof Error) ? `${ours.cost.cpuMs.toFixed(0)} ms` : "";
    const { query = "", mostMilliseconds, mostMegabytes } = jobs[name] ?? {};
    const goal = (value: number | undefined) => (value === undefined ? "" : ` (${value})`);
    const time = error ? String(error) : `${ms} ms${goal(mostMilliseconds)}`;
    const asked = query.replace("&format=jpg&q=80", "");
    return [
      `\`${name}\``,
      `\`${asked}\``,
      time,
      cpu,
      `${peak_mb} MB${goal(mostMegabytes)}`,
      `${predicted_mb} MB`,
    ];
  });
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

export async function writeRetouch(table: string): Promise<void> {
  await writeSection(
    "retouch",
    `<!-- Written by \`npm run bench -- --retouch --write\`; don't edit. -->
## Retouching

Each tool alone on a JPEG of 1600 x 1200, decode and encode at quality 80 in it, and some together; measured as the pictures above. Without any of them
\`jpeg2-jpeg2\` is what there is. Where other work wants the two cores, "processor" is the column that carries over.

${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? "unknown processor"} (${cpus().length} cores), load average ${loadavg()[0]?.toFixed(1)} (1 is the bench's own), Node ${process.versions.node}.

${table}`,
  );
}
