// What an account knows of a Worker by its name.
import * as z from "zod";
import { CloudflareError } from "./client.ts";
import type { Account } from "./login.ts";

const NO_SUCH_WORKER = 10007;

async function unlessMissing<Answer>(question: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await question;
  } catch (problem) {
    if (problem instanceof CloudflareError && problem.codes.includes(NO_SUCH_WORKER)) return undefined;
    throw problem;
  }
}

const bindingsSchema = z.object({ bindings: z.array(z.object({ name: z.string() })).default([]) });

/** The names of its bindings; undefined where there is no such Worker. */
export async function bindingsOf({ id, cloudflare }: Account, worker: string): Promise<string[] | undefined> {
  const path = `/accounts/${id}/workers/scripts/${worker}/settings`;
  const settings = await unlessMissing(cloudflare.get(path, bindingsSchema));
  return settings?.bindings.map(({ name }) => name);
}

const serviceSchema = z.object({
  default_environment: z.object({ script: z.object({ migration_tag: z.string().nullish() }) }),
});

/** The newest change of Durable Object classes that it has had; undefined where it has had none. */
export async function migrationTagOf(
  { id, cloudflare }: Account,
  worker: string,
): Promise<string | undefined> {
  const service = await unlessMissing(
    cloudflare.get(`/accounts/${id}/workers/services/${worker}`, serviceSchema),
  );
  return service?.default_environment.script.migration_tag ?? undefined;
}

/** The names of its secrets; none where there is no such Worker. */
export async function secretsOf({ id, cloudflare }: Account, worker: string): Promise<string[]> {
  const path = `/accounts/${id}/workers/scripts/${worker}/secrets`;
  const secrets = await unlessMissing(cloudflare.get(path, z.array(z.object({ name: z.string() }))));
  return secrets?.map(({ name }) => name) ?? [];
}

/** `ann` of ann.workers.dev; undefined where nobody has chosen one yet. */
export async function subdomainOf({ id, cloudflare }: Account): Promise<string | undefined> {
  const path = `/accounts/${id}/workers/subdomain`;
  const answer = await unlessMissing(cloudflare.get(path, z.object({ subdomain: z.string().nullish() })));
  return answer?.subdomain ?? undefined;
}

const subscriptionsSchema = z.array(z.object({ rate_plan: z.object({ id: z.string() }) }));

/** Whether Workers are on the paid plan; undefined where this login may not see it. */
export async function isOnPaidPlan({ id, cloudflare }: Account): Promise<boolean | undefined> {
  try {
    const subscriptions = await cloudflare.get(`/accounts/${id}/subscriptions`, subscriptionsSchema);
    return subscriptions.some(({ rate_plan }) => /^workers_(paid|ss)|^enterprise/.test(rate_plan.id));
  } catch (problem) {
    if (problem instanceof CloudflareError && problem.isForbidden) return undefined;
    throw problem;
  }
}
