// The tables of the API's section in docs/benchmarks.md.
import type { Load } from "./load.ts";
import type { Cost } from "./measure.ts";

/** What one endpoint costs at every scale, in the order of the scales. */
export type Costs = ReadonlyMap<string, readonly Cost[]>;

export function costTable(scales: readonly number[], costs: Costs): string {
  const heads = ["endpoint", ...scales.map((images) => `${images.toLocaleString("en")} images`)];
  const rows = Array.from(costs, ([name, atScales]) => [`\`${name}\``, ...atScales.map(costCell)]);
  return table(heads, rows);
}

function costCell({ rowsRead, rowsWritten, ms }: Cost): string {
  const written = rowsWritten === 0 ? "" : ` + ${rowsWritten.toLocaleString("en")} written`;
  return `${rowsRead.toLocaleString("en")}${written}, ${ms.toFixed(1)} ms`;
}

export function loadTable(loads: ReadonlyMap<string, Load>): string {
  const rows = Array.from(loads, ([name, { requests, perSecond, processorMs, p50, p95, p99 }]) => [
    `\`${name}\``,
    perSecond.toFixed(0),
    `${processorMs.toFixed(1)} ms`,
    ...[p50, p95, p99].map((ms) => `${ms.toFixed(1)} ms`),
    requests.toLocaleString("en"),
  ]);
  return table(
    ["endpoint", "requests a second", "processor a request", "p50", "p95", "p99", "requests"],
    rows,
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
