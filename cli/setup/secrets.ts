// The secrets of a deployment: made once, kept beside its file where git does not look, set at the Worker where it lacks them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { secretsOf } from "../cloudflare/workers.ts";
import { secretsPath } from "../deploy/deployment-file.ts";
import { Stop } from "../stop.ts";
import type { Context } from "./context.ts";

/** `ADMIN_TOKEN` opens /v1/admin; `SETUP_TOKEN` makes the operator's account, once. */
const wanted = ["ADMIN_TOKEN", "SETUP_TOKEN"];

const secretsSchema = z.record(z.string(), z.string());

/** Those that we made; empty where we made none. */
export function readSecrets(deployment: string): Readonly<Record<string, string>> {
  const path = secretsPath(deployment);
  return existsSync(path) ? secretsSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
}

/** The names of secrets that the Worker lacks. */
export async function missingSecrets({ deployment, tools }: Context): Promise<string[]> {
  const set = await secretsOf(tools.account, deployment.names.api);
  return wanted.filter((name) => !set.includes(name));
}

/** Makes and keeps what is missing. Values that we know already stay as they are. */
export function makeSecrets({ deployment, tools }: Context, missing: readonly string[]): void {
  const path = secretsPath(deployment.name);
  refuseTracked(path);
  const known = readSecrets(deployment.name);
  const made = Object.fromEntries(missing.map((name) => [name, known[name] ?? tools.secret()]));
  writeFileSync(path, `${JSON.stringify({ ...known, ...made }, null, 2)}\n`, { mode: 0o600 });
}

/** Writes the missing ones to a file for wrangler, which lies outside of the checkout and is gone when `use` has ended. */
export async function withSecretsFile<Result>(
  deployment: string,
  missing: readonly string[],
  use: (path: string | undefined) => Promise<Result>,
): Promise<Result> {
  if (missing.length === 0) return use(undefined);
  const known = readSecrets(deployment);
  const folder = mkdtempSync(join(tmpdir(), "edgepix-secrets-"));
  try {
    const path = join(folder, "secrets.json");
    const values = Object.fromEntries(missing.flatMap((name) => (known[name] ? [[name, known[name]]] : [])));
    writeFileSync(path, JSON.stringify(values), { mode: 0o600 });
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function refuseTracked(path: string): void {
  try {
    execFileSync("git", ["ls-files", "--error-unmatch", path], { stdio: "ignore" });
  } catch {
    // Git does not know the file, or there is no git.
    return;
  }
  throw new Stop(
    `Git tracks ${path}, which holds secrets.`,
    `git rm --cached ${path}, and make new secrets: they are in its history.`,
  );
}
