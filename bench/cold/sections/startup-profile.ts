// What a Worker's script does before it can answer, by Cloudflare's own tool: `wrangler check startup` samples the start of an isolate.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { wranglerCommand, wranglerEnvironment } from "../../../scripts/wrangler.ts";

const profileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  /** Microseconds. */
  timeDeltas: z.array(z.number()),
});

/** Milliseconds in which it was not idle. */
export function startupMs(config: string): number {
  const folder = mkdtempSync(join(tmpdir(), "edgepix-startup-"));
  try {
    const outfile = join(folder, "start.cpuprofile");
    const [program, wrangler] = wranglerCommand;
    const words = [wrangler, "check", "startup", `--args=-c ${config}`, "--outfile", outfile];
    const ran = spawnSync(program, words, { encoding: "utf8", env: wranglerEnvironment });
    if (ran.status !== 0) throw new Error(`${config} has no profile:\n${ran.stdout}${ran.stderr}`);
    const { nodes, samples, timeDeltas } = profileSchema.parse(JSON.parse(readFileSync(outfile, "utf8")));
    const idle = new Set(
      nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id),
    );
    return samples.reduce((sum, node, at) => sum + (idle.has(node) ? 0 : (timeDeltas[at] ?? 0) / 1000), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
