// A release has one name at both Workers, and says which tables it was made for.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

export interface Release {
  /** Sorts by time. Cloudflare takes tags of 25 characters at most. */
  readonly name: string;
  readonly message: string;
}

const MIGRATIONS = "schema/migrations";

/** The migrations of this checkout, by file name, oldest first. */
export function ownMigrations(): string[] {
  return readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith(".sql"))
    .sort();
}

/** The number that a migration's file name begins with. */
export const numberOf = (migration: string | undefined) => migration?.slice(0, 4) ?? "none";

export function nameRelease(now: number, migrations: readonly string[]): Release {
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync("package.json", "utf8"))).version;
  const commit = commitOf();
  return {
    name: new Date(now)
      .toISOString()
      .replace(/\.\d+Z$/, "Z")
      .replaceAll(":", "-"),
    message: `edgepix ${version}${commit && ` ${commit}`}, tables ${numberOf(migrations.at(-1))}`,
  };
}

/** Of the tables that a release's message tells of; undefined where it tells none. */
export const tablesOf = (message: string) => /, tables (\d{4})$/.exec(message)?.[1];

/** A checkout without git has none. */
function commitOf(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}

/** Where the finished configurations of a deployment lie: git ignores it, and each deploy writes it anew. */
export const configFolder = (deployment: string) =>
  process.env.EDGEPIX_DEPLOYMENTS
    ? join(process.env.EDGEPIX_DEPLOYMENTS, ".rendered", deployment)
    : join(".wrangler/deployments", deployment);
