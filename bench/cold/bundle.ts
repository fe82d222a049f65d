// A Worker as `wrangler deploy` would upload it, without deploying.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { wranglerCommand, wranglerEnvironment } from "../../scripts/wrangler.ts";
import { moduleField } from "../workerd-modules.ts";

export interface Module {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** The script first, then what it imports; source maps are left out, as they are of the limit. It goes when this process ends. */
export function bundled(config: string): readonly Module[] {
  const folder = mkdtempSync(join(tmpdir(), "edgepix-cold-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [program, wrangler] = wranglerCommand;
  const words = [wrangler, "deploy", "--dry-run", "-c", config, "--outdir", folder];
  const built = spawnSync(program, words, { encoding: "utf8", env: wranglerEnvironment });
  if (built.status !== 0) throw new Error(`${config} does not build:\n${built.stdout}${built.stderr}`);
  return readdirSync(folder)
    .filter((name) => moduleField(name) !== undefined)
    .sort((one, other) => Number(other.endsWith(".js")) - Number(one.endsWith(".js")))
    .map((name) => {
      const file = join(folder, name);
      return { name, file, bytes: statSync(file).size, gzipBytes: gzipSync(readFileSync(file)).length };
    });
}
