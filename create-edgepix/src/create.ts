// `npm create edgepix [folder]`: from nothing to a project that `npm run dev` starts and `npm run setup` puts on an account.
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { shown } from "../../cli/refused.ts";
import { exitBy, Stop } from "../../cli/stop.ts";
import { beginGit } from "./git.ts";
import { install } from "./install.ts";
import { claimFolder } from "./target.ts";
import type { Template } from "./template.ts";
import { writeTemplate } from "./write.ts";

const usage = `Usage:
  npm create edgepix [folder]

Writes edgepix, the image host that runs on your own Cloudflare account, into a new or empty folder, and installs what it needs.

  npm create edgepix photos -- --yes          asks nothing; without a folder it is called edgepix
  npm create edgepix photos -- --no-install   installs nothing
  npm create edgepix photos -- --no-git       begins no repository of git

Exit code: 0 all is there, 1 it is there but npm failed, 2 nothing was written.`;

const DEFAULT_FOLDER = "edgepix";
/** Where this file lies once it is built. */
const build = dirname(fileURLToPath(import.meta.url));

await create();

async function create(): Promise<void> {
  const asked = readOptions();
  if (!asked) return;
  const folder = resolve(asked.folder ?? (await askFolder(asked.isAsking)));
  const { version, files }: Template = JSON.parse(readFileSync(join(build, "template.json"), "utf8"));
  await claimFolder(folder)
    .then(() => writeTemplate({ template: join(build, "template"), folder, files }))
    .catch((problem: unknown) => exitBy(problem, 2));
  console.log(`edgepix ${version} lies in ${shown(folder)}: ${files.length} files.`);
  if (asked.isGit) console.log(await beginGit(folder, version));
  const place = quoted(relative(process.cwd(), folder) || ".");
  if (asked.isInstalling) await install(folder, place).catch((problem: unknown) => exitBy(problem, 1));
  const steps: readonly (readonly [string, string])[] = [
    ...(place === "." ? [] : [[`cd ${place}`, ""] as const]),
    ...(asked.isInstalling ? [] : [["npm ci", "installs what it needs"] as const]),
    ["npm run dev", "tries it on this machine, without any account"],
    ["npx wrangler login", "then, when you like it:"],
    ["npm run setup", "puts it on your Cloudflare account"],
  ];
  console.log(`\nNext:\n${steps.map(([step, why]) => `  ${step.padEnd(20)}${why}`.trimEnd()).join("\n")}`);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        yes: { type: "boolean", short: "y", default: false },
        help: { type: "boolean", short: "h", default: false },
        "no-install": { type: "boolean", default: false },
        "no-git": { type: "boolean", default: false },
      },
    });
    if (positionals.length > 1) throw new Error("One folder, please.");
    if (values.help) {
      console.log(usage);
      return undefined;
    }
    return {
      folder: positionals[0] || undefined,
      isAsking: !values.yes && process.stdin.isTTY === true,
      isInstalling: !values["no-install"],
      isGit: !values["no-git"],
    };
  } catch (problem) {
    return exitBy(
      new Stop(`${problem instanceof Error ? shown(problem.message) : String(problem)}\n\n${usage}`),
      2,
    );
  }
}

async function askFolder(isAsking: boolean): Promise<string> {
  if (!isAsking) return DEFAULT_FOLDER;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Which folder shall it lie in? [${DEFAULT_FOLDER}] `);
  terminal.close();
  return answer.trim() || DEFAULT_FOLDER;
}

/** As a shell takes it. */
function quoted(path: string): string {
  if (/^[\w./\\:-]+$/.test(path) && !path.startsWith("-")) return path;
  return shown(process.platform === "win32" ? `"${path}"` : `'${path.replaceAll("'", `'\\''`)}'`);
}
