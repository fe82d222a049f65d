// The four answers that a deployment needs, and the file that they become.

import type { Deployment } from "../deploy/deployment.ts";
import { checkName, parseDeployment } from "../deploy/deployment-file.ts";
import { type Asker, isYes } from "./ask.ts";

/** What the command's words say already; the rest is asked. */
export interface Given {
  readonly name?: string | undefined;
  readonly domain?: string | undefined;
  readonly page?: string | undefined;
  readonly api?: string | undefined;
  readonly src?: string | undefined;
  readonly plan?: string | undefined;
  readonly prefix?: string | undefined;
  readonly shape?: string | undefined;
  readonly analytics?: boolean | undefined;
}

const NO_DOMAIN = "none";

/** The text of `deployments/<name>.toml`. */
export async function answer(given: Given, account: string, asker: Asker): Promise<string> {
  const domain =
    given.domain ??
    given.page ??
    (await asker.ask("Which domain of your Cloudflare account? (none: a workers.dev address)", NO_DOMAIN));
  const hosts = domain === NO_DOMAIN ? undefined : await hostsOf(domain, given, asker);
  const plan =
    given.plan ??
    (isYes(await asker.ask("Is Workers Paid (5 USD a month) switched on?", "yes")) ? "paid" : "free");
  const prefix =
    given.prefix ?? (await asker.ask("What shall Workers, database and bucket be called?", "edgepix"));
  const text = write({
    account,
    hosts,
    plan,
    prefix,
    shape: given.shape ?? "pair",
    analytics: given.analytics ?? false,
  });
  parseDeployment(text, "These answers");
  return text;
}

export async function askName({ name }: Given, asker: Asker): Promise<string> {
  return checkName(name ?? (await asker.ask("A name for this deployment, for you alone?", "photos")));
}

async function hostsOf(domain: string, given: Given, asker: Asker) {
  const page = given.page ?? domain;
  const byDefault = { api: given.api ?? `api.${domain}`, src: given.src ?? `src.${domain}` };
  if (given.api || given.src) return { page, ...byDefault };
  const words = `Pages at ${page}, API at ${byDefault.api}, pictures at ${byDefault.src}? (no: everything at ${page})`;
  return isYes(await asker.ask(words, "yes")) ? { page, ...byDefault } : { page, api: page, src: page };
}

interface Written {
  readonly account: string;
  readonly hosts: NonNullable<Deployment["hosts"]> | undefined;
  readonly plan: string;
  readonly prefix: string;
  readonly shape: string;
  readonly analytics: boolean;
}

function write({ account, hosts, plan, prefix, shape, analytics }: Written): string {
  const text = (value: string) => JSON.stringify(value);
  const lines = [
    "# Written by npm run setup; change it as you like, then npm run deploy. deployments/example.toml explains each line.",
    `account_id = ${text(account)}`,
    `shape = ${text(shape)}`,
    `plan = ${text(plan)}`,
    ...(analytics ? ["analytics = true"] : []),
    "",
    "[names]",
    `api = ${text(prefix)}`,
    `src = ${text(`${prefix}-src`)}`,
    `database = ${text(prefix)}`,
    `bucket = ${text(`${prefix}-originals`)}`,
    ...(analytics ? [`dataset = ${text(prefix.replaceAll("-", "_"))}`] : []),
    "",
    ...(hosts
      ? ["[hosts]", `page = ${text(hosts.page)}`, `api = ${text(hosts.api)}`, `src = ${text(hosts.src)}`, ""]
      : []),
    "[vars]",
    "",
  ];
  return lines.join("\n");
}
