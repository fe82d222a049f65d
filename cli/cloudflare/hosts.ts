// Whether the hosts of a deployment are free. Wrangler does not ask when it runs without a terminal: it takes a host away from
// whatever Worker or DNS record has it, a website among them.
import { Resolver } from "node:dns/promises";
import * as z from "zod";
import { Stop } from "../stop.ts";
import { CloudflareError } from "./client.ts";
import type { Account } from "./login.ts";

export interface WantedHost {
  readonly host: string;
  /** The Worker that is to answer there. */
  readonly worker: string;
}

/** Whether a name has an address in the public DNS; undefined where nobody can tell. */
export type Resolves = (host: string) => Promise<boolean | undefined>;

const domainsSchema = z.array(z.object({ hostname: z.string(), service: z.string() }));
const zoneSchema = z.object({ id: z.string(), name: z.string() });
export type Zone = z.infer<typeof zoneSchema>;
const recordsSchema = z.array(z.object({ type: z.string(), name: z.string() }));

/** Ends with a sentence at the first host that is somebody else's, or on no domain of the account. */
export async function checkHosts(
  account: Account,
  wanted: readonly WantedHost[],
  resolves: Resolves,
): Promise<void> {
  if (wanted.length === 0) return;
  const { id, cloudflare } = account;
  const attached = await cloudflare.get(`/accounts/${id}/workers/domains`, domainsSchema);
  const zones = await zonesOf(account);
  for (const { host, worker } of wanted) {
    const holder = attached.find(({ hostname }) => hostname === host)?.service;
    if (holder === worker) continue;
    if (holder !== undefined)
      throw new Stop(
        `${host} belongs to another Worker of this account: ${holder}.`,
        "Take the domain off there (Workers > Settings > Domains & Routes), or choose another host.",
      );
    const zone = zoneOf(zones, host);
    if (!zone)
      throw new Stop(
        `${host} lies on no domain of the account ${account.name}${zones.length > 0 ? `, which has ${zones.map(({ name }) => name).join(", ")}` : ""}.`,
        "Add the domain (dashboard > Add a domain) and wait until it is active, choose another host, or go without a domain: *.workers.dev works at once.",
      );
    if (await isTaken(account, zone, host, resolves))
      throw new Stop(
        `${host} has a DNS record already: something else answers there, and would be gone.`,
        "If it is not needed, delete the record (dashboard > DNS > Records) and run this again; or choose another host.",
      );
  }
}

/** The active domains of an account. */
export function zonesOf({ id, cloudflare }: Account): Promise<Zone[]> {
  return cloudflare.get(`/zones?account.id=${id}&status=active&per_page=50`, z.array(zoneSchema));
}

/** The domain that a host lies on: the longest, as a part of a domain may be one of its own. */
export function zoneOf(zones: readonly Zone[], host: string): Zone | undefined {
  const fitting = zones.filter(({ name }) => host === name || host.endsWith(`.${name}`));
  return fitting.toSorted((one, other) => other.name.length - one.name.length)[0];
}

const inTheWay = new Set(["A", "AAAA", "CNAME"]);

/** A login by browser may not read DNS records; then the public DNS is asked, which knows of wildcards, too. */
async function isTaken(
  { cloudflare }: Account,
  zone: Zone,
  host: string,
  resolves: Resolves,
): Promise<boolean> {
  try {
    const records = await cloudflare.get(`/zones/${zone.id}/dns_records?name=${host}`, recordsSchema);
    return records.some(({ type, name }) => name === host && inTheWay.has(type));
  } catch (problem) {
    if (!(problem instanceof CloudflareError && problem.isForbidden)) throw problem;
    const answer = await resolves(host);
    if (answer !== undefined) return answer;
    throw new Stop(
      `Whether ${host} is free can't be seen: this login may not read DNS records, and no DNS server answers here.`,
      "Use a token that has DNS: Read for the domain (CLOUDFLARE_API_TOKEN), or try again where there is DNS.",
      { cause: problem },
    );
  }
}

const nowhere = new Set(["ENOTFOUND", "ENODATA"]);

/** As the DNS servers of this machine say. */
export const resolvesHere: Resolves = async (host) => {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const asked = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  if (asked.some(({ status }) => status === "fulfilled")) return true;
  const known = asked.every((one) => one.status === "rejected" && nowhere.has(String(one.reason?.code)));
  return known ? false : undefined;
};
