// How our commands call wrangler: the installed one, under this Node, without questions or telemetry.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ended } from "./ended.ts";

const packagePath = createRequire(import.meta.url).resolve("wrangler/package.json");

/** Program and first argument; spawn it without a shell, so that paths may have spaces. */
export const wranglerCommand = [process.execPath, join(dirname(packagePath), "bin/wrangler.js")] as const;

/** The schema that wrangler comes with for its own configuration files. */
export const wranglerSchemaPath = join(dirname(packagePath), "config-schema.json");

/** CI keeps wrangler from asking; the rest keeps its output to what matters. */
export const wranglerEnvironment = {
  ...process.env,
  CI: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  // Wrangler would ask the internet where this machine is, and complain when there is none.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

export interface WranglerRun {
  readonly isOk: boolean;
  readonly stdout: string;
  /** Both streams, as a person would have read them. */
  readonly said: string;
}

/** One call of wrangler: `account` is the id of the Cloudflare account that is meant. */
export interface Wrangler {
  run(words: readonly string[], account?: string): Promise<WranglerRun>;
}

/** The installed wrangler, with the caller's environment. */
export const installedWrangler: Wrangler = {
  async run(words, account) {
    const [program, script] = wranglerCommand;
    const child = spawn(program, [script, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...wranglerEnvironment, ...(account && { CLOUDFLARE_ACCOUNT_ID: account }) },
    });
    const { code, stdout, said } = await ended(child);
    return { isOk: code === 0, stdout, said };
  },
};
