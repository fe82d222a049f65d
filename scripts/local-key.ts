// The API key of `npm run dev`: made once for a local database, and kept beside it so that each start shows the same.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localState, wranglerEnvironment } from "./wrangler.ts";

const keptIn = join(localState, "local-key");

/** Throws when no key can be made. */
export function localKey(): string {
  if (existsSync(keptIn)) return readFileSync(keptIn, "utf8").trim();
  const made = spawnSync(
    process.execPath,
    ["cli/keys.ts", "create", "--name", "local", "--abilities", "read,write"],
    { encoding: "utf8", env: wranglerEnvironment },
  );
  const key = /img_live_\w+/.exec(made.stdout)?.[0];
  if (made.status !== 0 || !key) throw new Error(`No local key could be made:\n${made.stdout}${made.stderr}`);
  writeFileSync(keptIn, `${key}\n`, { mode: 0o600 });
  return key;
}
