// Both Workers as `wrangler deploy` would upload them: the same bundles, byte for byte.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wranglerCommand, wranglerEnvironment } from "../../../scripts/wrangler.ts";
import { moduleField } from "../../workerd-modules.ts";

export interface Deployed {
  /** Holds `index.js` and the modules that it imports: WASM, and files as they are. */
  readonly folder: string;
  readonly imported: readonly string[];
}

/** The folder goes when this process ends. Throws with wrangler's words when the Worker does not build. */
export function buildDeployed(config: string): Deployed {
  const folder = mkdtempSync(join(tmpdir(), "edgepix-deployed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [program, ...first] = wranglerCommand;
  const built = spawnSync(program, [...first, "deploy", "--dry-run", "-c", config, "--outdir", folder], {
    encoding: "utf8",
    env: wranglerEnvironment,
  });
  if (built.status !== 0) throw new Error(`${config} does not build:\n${built.stdout}${built.stderr}`);
  return { folder, imported: readdirSync(folder).filter((name) => name !== "index.js" && moduleField(name)) };
}
