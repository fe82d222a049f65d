// Builds the Workers as a deployment would, without deploying: each configuration must be as wrangler's own schema says, and no bundle may outgrow its budget.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prettifyError } from "zod";
import { wranglerSchema } from "../cli/deploy/check-configs.ts";
import { toml } from "../cli/deploy/deployment-file.ts";
import { basePaths, type Part } from "../cli/deploy/render.ts";
import { wranglerCommand, wranglerEnvironment } from "./wrangler.ts";

/** Packed, as it goes up. A tenth above what it is: whoever needs more raises it, and says why. */
const budgetKibibytes: Readonly<Record<Part, number>> = { src: 3_300, api: 450, solo: 3_650 };

const directory = mkdtempSync(join(tmpdir(), "edgepix-bundles-"));

/** What is wrong with it; undefined where all is well. */
function check(part: Part): string | undefined {
  const config = basePaths[part];
  const { error } = wranglerSchema().safeParse(toml(readFileSync(config, "utf8"), config));
  if (error) return `${config} is not as wrangler's schema says:\n${prettifyError(error)}`;
  const [program, ...first] = wranglerCommand;
  const words = ["deploy", "--dry-run", "-c", config, "--outdir", join(directory, part)];
  const built = spawnSync(program, [...first, ...words], { encoding: "utf8", env: wranglerEnvironment });
  const size = built.stdout.split("\n").find((line) => line.startsWith("Total Upload:"));
  if (built.status !== 0 || !size) return `${config} does not build:\n${built.stdout}${built.stderr}`;
  const packed = Number(/gzip: ([\d.]+) KiB/.exec(size)?.[1]);
  console.log(`${config}  ${size} (budget ${budgetKibibytes[part]} KiB)`);
  if (packed <= budgetKibibytes[part]) return undefined;
  return `${config} has outgrown its budget: ${packed} KiB of ${budgetKibibytes[part]}.`;
}

for (const part of ["src", "api", "solo"] as const) {
  const problem = check(part);
  if (problem === undefined) continue;
  console.error(problem);
  process.exitCode = 1;
}
rmSync(directory, { recursive: true });
