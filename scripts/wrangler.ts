// How scripts call wrangler: the installed one, under this Node, without questions or telemetry.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packagePath = createRequire(import.meta.url).resolve("wrangler/package.json");

/** Program and first argument; spawn it without a shell, so that paths may have spaces. */
export const wranglerCommand = [process.execPath, join(dirname(packagePath), "bin/wrangler.js")] as const;

/** CI keeps wrangler from asking; the rest keeps its output to what matters. */
export const wranglerEnvironment = {
  ...process.env,
  CI: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  // Wrangler would ask the internet where this machine is, and complain when there is none.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** Local D1, R2 and Durable Objects of `npm run dev`; delete the directory to start afresh. */
export const localState = ".wrangler/state";
