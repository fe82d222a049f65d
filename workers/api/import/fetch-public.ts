// Fetches a picture from the public internet: every redirect is checked as the first address was.
import { ApiError } from "../../shared/api-error.ts";
import { invalid } from "../validation.ts";
import { type FetchOutside, refusePrivateHost } from "./public-host.ts";

const MAX_REDIRECTS = 5;

export interface Outside {
  readonly fetch: FetchOutside;
  readonly resolver: string;
  /** For the whole import, body included. */
  readonly timeoutMilliseconds: number;
}

export interface Fetched {
  readonly url: URL;
  readonly response: Response;
}

/** The source's answer, its body not yet read. Throws a 422 for what may not be asked, a 502 for what fails. */
export async function fetchPublic(address: string, outside: Outside, signal: AbortSignal): Promise<Fetched> {
  let url = parseAddress(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    await refusePrivateHost(url, outside.resolver, outside.fetch, signal);
    const response = await outside.fetch(url.href, {
      redirect: "manual",
      headers: { Accept: "image/*,*/*;q=0.1", "User-Agent": "edgepix" },
      signal,
    });
    const location = response.headers.get("Location");
    if (response.status < 300 || response.status > 399 || !location) return { url, response: ok(response) };
    await response.body?.cancel();
    url = parseAddress(location, url);
  }
  throw new ApiError("fetch_failed", { message: `The address redirects more than ${MAX_REDIRECTS} times.` });
}

/** Throws a 422 for what can't be asked for on the web. */
export function parseAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (!url || !isWeb || url.username || url.password) {
    throw invalid({ url: ["Send an http or https address without a user name."] });
  }
  return url;
}

function ok(response: Response): Response {
  if (response.ok && response.body) return response;
  throw new ApiError("fetch_failed", { message: `The address answered with status ${response.status}.` });
}
