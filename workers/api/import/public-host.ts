// Whether the host of a URL may be asked: its name, or the addresses that its name stands for.
import * as z from "zod";
import { ApiError } from "../../shared/api-error.ts";
import { chunksOf, readText } from "../../shared/http.ts";
import { invalid } from "../validation.ts";
import { isPublicV4, isPublicV6 } from "./public-address.ts";

export type FetchOutside = (url: string, init: RequestInit) => Promise<Response>;

/** Names that stand for the inside of some network, whatever a resolver says. */
const insideNames = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|onion|invalid|test)$/;

const answerSchema = z.object({
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).default([]),
});
/** Some hundreds of addresses; a good answer has a few. */
const MAX_ANSWER_BYTES = 64_000;
const A_RECORD = 1;
const AAAA_RECORD = 28;

/** Throws unless every address behind the host is public. The URL parser has made odd spellings canonical already. */
export async function refusePrivateHost(url: URL, resolver: string, ask: FetchOutside, signal: AbortSignal) {
  const host = url.hostname.replace(/\.$/, "");
  if (host.startsWith("[")) return refuseUnless(isPublicV6(host.slice(1, -1)));
  if (/^[\d.]+$/.test(host)) return refuseUnless(isPublicV4(host));
  // A name without a dot is only known inside some network.
  refuseUnless(host.includes(".") && !insideNames.test(host));
  const [v4, v6] = await Promise.all([
    lookUp(host, "A", { resolver, ask, signal }),
    lookUp(host, "AAAA", { resolver, ask, signal }),
  ]);
  const addresses = [
    ...v4.filter(({ type }) => type === A_RECORD).map(({ data }) => isPublicV4(data)),
    ...v6.filter(({ type }) => type === AAAA_RECORD).map(({ data }) => isPublicV6(data)),
  ];
  if (addresses.length === 0) throw new ApiError("fetch_failed", { message: "The host has no address." });
  refuseUnless(addresses.every((isPublic) => isPublic));
}

interface Lookup {
  readonly resolver: string;
  readonly ask: FetchOutside;
  readonly signal: AbortSignal;
}

/** A resolver that does not answer closes the door: an import can wait, an inside network can't be un-asked. */
async function lookUp(name: string, type: "A" | "AAAA", { resolver, ask, signal }: Lookup) {
  const url = new URL(resolver);
  url.searchParams.set("name", name);
  url.searchParams.set("type", type);
  const answer = await ask(url.href, { headers: { Accept: "application/dns-json" }, signal });
  if (!answer.ok) throw new ApiError("fetch_failed", { message: "The host's name could not be looked up." });
  const text = await readText(chunksOf(answer.body), MAX_ANSWER_BYTES);
  // Whoever names a host may also run its name server: an answer without end would be held whole.
  if (text === undefined)
    throw new ApiError("fetch_failed", { message: "The host's name has too many addresses." });
  return answerSchema.parse(JSON.parse(text)).Answer;
}

function refuseUnless(isPublic: boolean): void {
  if (!isPublic) throw invalid({ url: ["The address must be on the public internet."] });
}
