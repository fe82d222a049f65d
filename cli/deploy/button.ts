// The deployment of Cloudflare's deploy button: it has no file, but a copy of this repository whose wrangler.toml bears the names that its form asked for.
import { readFileSync } from "node:fs";
import * as z from "zod";
import { createBucket, createDatabase, findDatabase, hasBucket } from "../cloudflare/storage.ts";
import { Stop } from "../stop.ts";
import { deploy } from "./deploy.ts";
import type { Deployment } from "./deployment.ts";
import { deploymentSchema } from "./deployment.ts";
import { toml } from "./deployment-file.ts";
import { basePaths } from "./render.ts";
import type { Tools } from "./tools.ts";

/** Whether this is Cloudflare's own builder. */
export const isButton = () => process.env.WORKERS_CI === "1";

const askedSchema = z.looseObject({
  name: z.string(),
  d1_databases: z.tuple([z.looseObject({ database_name: z.string() })]),
  r2_buckets: z.tuple([z.looseObject({ bucket_name: z.string() })]),
});

/** One Worker that is both: the button deploys no more. `text` is that of the API's wrangler.toml. */
export function buttonDeployment(text: string): Deployment {
  const { name, d1_databases, r2_buckets } = askedSchema.parse(toml(text, basePaths.api));
  const names = {
    api: name,
    src: `${name}-src`,
    database: d1_databases[0].database_name,
    bucket: r2_buckets[0].bucket_name,
  };
  return { name: "button", ...deploymentSchema.parse({ shape: "solo", names }) };
}

/** Makes what the button has not made, and goes by the free plan where the account is on it. */
export async function deployByButton(tools: Tools): Promise<void> {
  const deployment = buttonDeployment(readFileSync(basePaths.api, "utf8"));
  const { account } = tools;
  const { database, bucket } = deployment.names;
  if ((await findDatabase(account, database)) === undefined) await createDatabase(account, database);
  if (!(await hasBucket(account, bucket))) await createBucket(account, bucket);
  try {
    await deploy(deployment, tools);
  } catch (problem) {
    if (!(problem instanceof Stop && /CPU limits are not supported/.test(problem.message))) throw problem;
    tools.say(
      "This account is on the free plan: pictures are kept and shown, but photos are not resized. Workers Paid changes that with the next build.",
    );
    await deploy({ ...deployment, plan: "free" }, tools);
  }
}
