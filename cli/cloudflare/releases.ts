// What was deployed when: the versions of each Worker, told apart by the name of the release that we tag them with.
import * as z from "zod";
import { CloudflareError } from "./client.ts";
import type { Account } from "./login.ts";

const TAG = "workers/tag";
const MESSAGE = "workers/message";
const annotations = z.record(z.string(), z.string().optional()).default({});

const deploymentsSchema = z.object({
  deployments: z.array(
    z.object({ versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })) }),
  ),
});
const versionsSchema = z.object({ items: z.array(z.object({ id: z.string(), annotations })) });

export interface DeployedVersion {
  readonly versionId: string;
  /** Undefined where something other than `npm run deploy` made it: a secret that was set, wrangler by hand. */
  readonly release: string | undefined;
  readonly message: string;
  /** How many of 100 requests it answers, or answered. */
  readonly percentage: number;
}

/**
 * What went live at this Worker, newest first; empty where there is no such Worker. Where two versions share the requests, the newer release
 * comes first.
 */
export async function deployedVersions(
  { id, cloudflare }: Account,
  worker: string,
): Promise<DeployedVersion[]> {
  const path = `/accounts/${id}/workers/scripts/${worker}`;
  try {
    const { deployments } = await cloudflare.get(`${path}/deployments`, deploymentsSchema);
    const { items } = await cloudflare.get(`${path}/versions?deployable=true`, versionsSchema);
    const known = new Map(items.map((version) => [version.id, version.annotations]));
    return deployments.flatMap(({ versions }) => {
      const shares = versions.map(({ version_id, percentage }) => {
        const notes = known.get(version_id) ?? {};
        return { versionId: version_id, release: notes[TAG], message: notes[MESSAGE] ?? "", percentage };
      });
      return shares.sort((a, b) => (b.release ?? "").localeCompare(a.release ?? ""));
    });
  } catch (problem) {
    if (problem instanceof CloudflareError && problem.codes.includes(NO_SUCH_WORKER)) return [];
    throw problem;
  }
}

/** The version of a release that was sent up, whether anybody is answered by it or not. */
export async function uploadedVersion(
  { id, cloudflare }: Account,
  worker: string,
  release: string,
): Promise<string | undefined> {
  const path = `/accounts/${id}/workers/scripts/${worker}/versions?deployable=true`;
  const { items } = await cloudflare.get(path, versionsSchema);
  return items.find((version) => version.annotations[TAG] === release)?.id;
}

const NO_SUCH_WORKER = 10007;
