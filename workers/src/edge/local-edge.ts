// Stands in for the edge where there is none, in `wrangler dev` and in tests: keeps the front door's answers in the Cache API by
// the URL as it is spelled, and forgets them by tag. Without it nobody would see a hit or a purge before the first deployment.
//
// It lives in one isolate, so it must never run in production: there a purge would reach one isolate of thousands.
import { parseImageUrl } from "../../shared/image-url.ts";
import { EDGE_HEADER, edgeSeconds, KEPT_HEADER } from "./directives.ts";
import { partOf } from "./part.ts";

class LocalEdge {
  /** Names what this isolate has kept: what an earlier one left in the Cache API can't be found by tag any more. */
  #name: string | undefined;
  readonly #keysByTag = new Map<string, Set<string>>();
  /** Counts purges; a fill that was begun before one is not kept. */
  #purges = 0;
  readonly #purgedAt = new Map<string, number>();

  async answer(request: Request, make: () => Promise<Response>): Promise<Response> {
    // As the platform does: other methods are none of its business.
    if (!["GET", "HEAD"].includes(request.method)) return make();
    const key = await keyOf(request);
    const cache = await this.#cache();
    const held = await cache.match(key);
    if (held) return answered(request, held, "HIT");
    const begunAt = this.#purges;
    const answer = await make();
    const isKept = request.method === "GET" && isWhole(answer) && !this.#isPurged(answer, begunAt);
    if (!isKept) return answered(request, answer, "MISS");
    await cache.put(key, kept(answer));
    if (this.#isPurged(answer, begunAt)) await cache.delete(key);
    for (const tag of tagsOf(answer)) {
      const keys = this.#keysByTag.get(tag) ?? new Set();
      this.#keysByTag.set(tag, keys.add(key));
    }
    const whole = await cache.match(key);
    return answered(request, whole ?? (await make()), "MISS");
  }

  async purge(tags: readonly string[]): Promise<void> {
    this.#purges++;
    const cache = await this.#cache();
    for (const tag of tags) {
      this.#purgedAt.set(tag, this.#purges);
      for (const key of this.#keysByTag.get(tag) ?? []) await cache.delete(key);
      this.#keysByTag.delete(tag);
    }
  }

  #cache(): Promise<Cache> {
    this.#name ??= `front-${crypto.randomUUID()}`;
    return caches.open(this.#name);
  }

  #isPurged(answer: Response, begunAt: number): boolean {
    return tagsOf(answer).some((tag) => (this.#purgedAt.get(tag) ?? 0) > begunAt);
  }
}

export const localEdge = new LocalEdge();

/** Requests that come through Cloudflare bear its ray; nobody can take it off. */
export function isLocal(request: Request): boolean {
  return !request.headers.has("CF-Ray");
}

/** A part or a head is not kept: the whole is not made for them. */
const isWhole = ({ status, body, headers }: Response) =>
  body !== null && [200, 404].includes(status) && edgeSeconds(headers) > 0;

/** Longer addresses are named by their hash: strangers write them as long as they like. */
const LONGEST_SPELLED = 500;

/** Names path and query as they are spelled, and `Accept` where the answer is said to vary by it. */
async function keyOf(request: Request): Promise<string> {
  const url = new URL(request.url);
  const spelled = url.pathname + url.search;
  const varies = url.search.includes("auto") && parseImageUrl(url)?.transform.format === "auto";
  if (!varies && spelled.length <= LONGEST_SPELLED) return `https://front${spelled}`;
  const accept = varies ? (request.headers.get("Accept") ?? "") : null;
  const name = JSON.stringify([spelled, accept]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return `https://front-by-hash/${new Uint8Array(digest).toHex()}`;
}

const tagsOf = (answer: Response) => (answer.headers.get("Cache-Tag") ?? "").split(",");

/** The edge keeps an answer by its own header; the Cache API knows only the browser's, which is put back on the way out. */
function kept(answer: Response): Response {
  const copy = new Response(answer.body, answer);
  copy.headers.set("X-Browser-Cache-Control", answer.headers.get("Cache-Control") ?? "");
  copy.headers.set("Cache-Control", `public, max-age=${edgeSeconds(answer.headers)}`);
  return copy;
}

/** As it goes out: what only the edge reads is off, and the browser's word is back. */
async function answered(request: Request, answer: Response, state: "HIT" | "MISS"): Promise<Response> {
  const copy = new Response(answer.body, answer);
  const { headers } = copy;
  const forBrowser = headers.get("X-Browser-Cache-Control");
  if (forBrowser !== null) headers.set("Cache-Control", forBrowser);
  const told = state === "MISS" && headers.has(KEPT_HEADER) ? "KEPT" : state;
  headers.set("X-Cache", told);
  for (const name of notForBrowsers) headers.delete(name);
  const part = await partOf(request, copy);
  // A refused part has headers of its own.
  if (part.status === 416) part.headers.set("X-Cache", told);
  return part;
}

const notForBrowsers = ["X-Browser-Cache-Control", EDGE_HEADER, KEPT_HEADER, "CF-Cache-Status", "Age"];
