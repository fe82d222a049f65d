// Looks at what has been deployed, as a visitor would.
import * as z from "zod";
import { CloudflareError } from "../cloudflare/client.ts";
import { zoneOf, zonesOf } from "../cloudflare/hosts.ts";
import { subdomainOf } from "../cloudflare/workers.ts";
import { Stop } from "../stop.ts";
import type { Context, Step } from "./context.ts";
import { readSecrets } from "./secrets.ts";
import { withTrialKey } from "./trial.ts";

const PATIENCE_SECONDS = 300;
const PAUSE_SECONDS = 5;

export interface Addresses {
  readonly page: string;
  readonly api: string;
  readonly src: string;
}

/** Where the deployment answers. */
export async function addressesOf({ deployment, tools }: Context): Promise<Addresses> {
  const { hosts, names } = deployment;
  const only = hosts ? "" : `${names.api}.${await subdomainOf(tools.account)}.workers.dev`;
  const { page, api, src } = hosts ?? { page: only, api: only, src: only };
  return { page: `https://${page}`, api: `https://${api}`, src: `https://${src}` };
}

export const answering: Step = {
  name: "Wait for it",
  async run(context) {
    const { api, page } = await addressesOf(context);
    if (context.isDry) return `Would wait until ${page} answers.`;
    for (let waited = 0; ; waited += PAUSE_SECONDS) {
      const statuses = await Promise.all([
        context.tools.visit(`${api}/readyz`),
        context.tools.visit(`${page}/`),
      ]);
      if (statuses.every((status) => status === 200)) return `${page} answers.`;
      if (waited >= PATIENCE_SECONDS)
        throw new Stop(
          `${page} does not answer yet, after ${PATIENCE_SECONDS / 60} minutes.`,
          "A new host waits for its certificate, up to 15 minutes. Run the same command again then.",
        );
      await context.tools.wait(PAUSE_SECONDS * 1000);
    }
  },
};

const ttlSchema = z.object({ value: z.number() });
const WHERE = "Caching > Configuration > Browser Cache TTL";

export const browserCache: Step = {
  name: "Browser cache",
  async run({ deployment, tools: { account }, isDry, setsBrowserCache }) {
    const zone = deployment.hosts && zoneOf(await zonesOf(account), deployment.hosts.src);
    if (!zone) return "workers.dev has no Browser Cache TTL: nothing to do.";
    const path = `/zones/${zone.id}/settings/browser_cache_ttl`;
    const byHand = `Set it in the dashboard of ${zone.name}: ${WHERE} > Respect Existing Headers.`;
    try {
      const { value } = await account.cloudflare.get(path, ttlSchema);
      if (value === 0) return `${zone.name} respects what our answers say of browsers' caches.`;
      const why = `${zone.name} makes browsers keep pictures for ${value / 3600} hours, deleted ones too.`;
      if (!setsBrowserCache)
        return `${why} It is left alone, as it is every site's of ${zone.name}. ${byHand} Or run this with --browser-cache.`;
      if (isDry) return `${why} Would set it to respect what our answers say.`;
      await account.cloudflare.patch(path, { value: 0 }, ttlSchema);
      return `${zone.name} respects what our answers say of browsers' caches from now on; it was ${value / 3600} hours.`;
    } catch (problem) {
      if (!(problem instanceof CloudflareError && problem.isForbidden)) throw problem;
      return `This login may not see the settings of ${zone.name}. ${byHand}`;
    }
  },
};

export const probe: Step = {
  name: "Probe",
  async run(context) {
    const { api, src } = await addressesOf(context);
    if (context.isDry) return "Would upload a small picture, look at it in every way, and delete it.";
    const { isOk, said } = await withTrialKey(context, (key) => context.tools.probe(api, key, api === src));
    if (isOk) return "A picture was uploaded, shown in every way, and deleted: cache and purge work.";
    throw new Stop(
      `The probe found something:\n${said}`,
      "It says what to do. Run the same command again afterwards.",
    );
  },
};

export const claim: Step = {
  name: "Your account",
  async run(context) {
    const { deployment, tools, isDry } = context;
    const { page } = await addressesOf(context);
    if (isDry) return "Would give you a link that makes you the operator.";
    const { SETUP_TOKEN } = readSecrets(deployment.name);
    if (!SETUP_TOKEN) return `The setup token is one that you have set: ${page}/setup takes it.`;
    const link = `${page}/setup?token=${SETUP_TOKEN}`;
    const status = await tools.visit(link);
    return status === 200
      ? `Open this link once. It makes you the operator; add a passkey there:\n\n  ${link}`
      : `It has been claimed. Sign in: ${page}/sign-in`;
  },
};
