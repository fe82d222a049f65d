// Builds both Workers as a deployment would, without deploying, and prints how big each one is.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wranglerCommand, wranglerEnvironment } from "./wrangler.ts";

const configs = ["wrangler.toml", "workers/src/wrangler.toml"];
const directory = mkdtempSync(join(tmpdir(), "edgepix-bundles-"));
let failed = false;

for (const [index, config] of configs.entries()) {
  const [program, ...first] = wranglerCommand;
  const outdir = join(directory, String(index));
  const built = spawnSync(program, [...first, "deploy", "--dry-run", "-c", config, "--outdir", outdir], {
    encoding: "utf8",
    env: wranglerEnvironment,
  });
  const size = built.stdout.split("\n").find((line) => line.startsWith("Total Upload:"));
  if (built.status === 0 && size) {
    console.log(`${config}  ${size}`);
  } else {
    failed = true;
    console.error(`${config} does not build:\n${built.stdout}${built.stderr}`);
  }
}

rmSync(directory, { recursive: true });
process.exitCode = failed ? 1 : 0;
