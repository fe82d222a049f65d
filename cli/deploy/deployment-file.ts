// Reads `deployments/<name>.toml`, and finds which one is meant.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, TomlError } from "smol-toml";
import type * as z from "zod";
import { shown } from "../refused.ts";
import { Stop } from "../stop.ts";
import { type Deployment, deploymentSchema } from "./deployment.ts";

/** EDGEPIX_DEPLOYMENTS names another folder. */
const folder = () => process.env.EDGEPIX_DEPLOYMENTS || "deployments";
const EXAMPLE = "example";

export const deploymentPath = (name: string) => join(folder(), `${name}.toml`);

/** Secrets that `npm run setup` made lie beside it, and git ignores them. */
export const secretsPath = (name: string) => join(folder(), `${name}.secrets.json`);

/** Names become folders and words of a command. */
export function checkName(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,40}$/.test(name) && name !== EXAMPLE) return name;
  throw new Stop(
    `${JSON.stringify(name)} is no name for a deployment.`,
    "It takes small letters, digits and hyphens, 41 at most, and not the word example.",
  );
}

/** The deployments that have a file, but for the example. */
export function deploymentNames(): string[] {
  if (!existsSync(folder())) return [];
  const files = readdirSync(folder()).filter((file) => file.endsWith(".toml"));
  return files
    .map((file) => file.slice(0, -".toml".length))
    .filter((name) => name !== EXAMPLE)
    .sort();
}

/** The deployment of that name, or the only one there is. */
export function findDeployment(asked: string | undefined): Deployment {
  const names = deploymentNames();
  const [first] = names;
  if (asked === undefined && first === undefined)
    throw new Stop("There is no deployment yet.", "`npm run setup` makes one and its file in deployments/.");
  if (asked === undefined && names.length > 1)
    throw new Stop(`There are several deployments: ${listed(names)}.`, "Say which one is meant.");
  const name = checkName(asked ?? first ?? "");
  const path = deploymentPath(name);
  if (!names.includes(name))
    throw new Stop(
      `There is no ${path}.`,
      names.length > 0 ? `There are: ${listed(names)}.` : "`npm run setup` makes one.",
    );
  return { name, ...parseDeployment(readFileSync(path, "utf8"), path) };
}

const listed = (names: readonly string[]) => names.map(shown).join(", ");

/** `path` is what complaints name. */
export function parseDeployment(text: string, path: string) {
  const parsed = deploymentSchema.safeParse(toml(text, path));
  if (parsed.success) return parsed.data;
  throw new Stop(`${path} can't be used:\n${parsed.error.issues.map(complaint).join("\n")}`);
}

export function toml(text: string, path: string) {
  try {
    return parse(text);
  } catch (problem) {
    if (!(problem instanceof TomlError)) throw problem;
    throw new Stop(`${path} is not TOML, line ${problem.line}:\n${problem.codeblock}`, undefined, {
      cause: problem,
    });
  }
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const where = issue.path.length > 0 ? `[${issue.path.join(".")}]` : "a deployment";
    return `  ${issue.keys.join(", ")}: nothing in ${where} has that name. ${EXAMPLE}.toml names all there is.`;
  }
  const missing = issue.code === "invalid_type" && issue.input === undefined;
  return `  ${issue.path.join(".")}: ${missing ? "is missing." : issue.message}`;
}
