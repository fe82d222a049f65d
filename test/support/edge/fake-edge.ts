// Cloudflare's edge as its documentation tells it, for what can't run here: Workers Caching with tags, the ration of purges, and fills that end
// after a purge has passed. One city; time is told, never read.
import { createExecutionContext } from "cloudflare:test";

interface Entry {
  readonly answer: { readonly status: number; readonly headers: Headers; readonly body: ArrayBuffer };
  readonly tags: ReadonlySet<string>;
  readonly endsAt: number;
}

/** An answer that a Worker has given and that the cache has not taken yet. */
export interface Fill {
  readonly url: string;
  readonly response: Response;
}

const BURST = 25;
const CALLS_A_MINUTE = 5;
const TAGS_A_CALL = 100;

export class FakeEdge {
  /** Virtual milliseconds. */
  now = 0;
  /** How often code of ours ran, and how often it did not have to. */
  runs = 0;
  hits = 0;
  refusedPurges = 0;
  readonly #entries = new Map<string, Entry>();
  #calls = BURST;
  #refilledAt = 0;

  /** The context that an entrypoint runs in: `cache.purge` reaches what is kept here. */
  context(): ExecutionContext {
    const cache = {
      purge: async ({ tags = [] }: CachePurgeOptions) => this.#purge(tags),
      invalidate: async ({ tags = [] }: CachePurgeOptions) => this.#purge(tags),
    };
    return Object.assign(createExecutionContext(), { cache });
  }

  /** What is kept under this URL and still fresh. */
  hit(url: string): Response | undefined {
    const entry = this.#entries.get(keyOf(url));
    if (!entry || entry.endsAt <= this.now) return undefined;
    this.hits++;
    const { status, headers, body } = entry.answer;
    return new Response(body, { status, headers });
  }

  /** Asks the Worker; what it answers is kept only when `keep` is called, as late as the caller likes. */
  async ask(url: string, worker: (request: Request) => Promise<Response>): Promise<Fill> {
    this.runs++;
    return { url, response: await worker(new Request(url)) };
  }

  async keep({ url, response }: Fill): Promise<void> {
    const { status } = response;
    const headers = new Headers(response.headers);
    const body = await response.arrayBuffer();
    const directives =
      headers.get("Cloudflare-CDN-Cache-Control") ??
      headers.get("CDN-Cache-Control") ??
      headers.get("Cache-Control");
    const seconds = secondsOf(directives, status);
    if (seconds === 0 || headers.has("Set-Cookie")) return;
    const tags = new Set((headers.get("Cache-Tag") ?? "").toLowerCase().split(",").filter(Boolean));
    headers.delete("Cloudflare-CDN-Cache-Control");
    this.#entries.set(keyOf(url), {
      answer: { status, headers, body },
      tags,
      endsAt: this.now + seconds * 1000,
    });
  }

  get keptUrls(): readonly string[] {
    return [...this.#entries].filter(([, { endsAt }]) => endsAt > this.now).map(([url]) => url);
  }

  #purge(tags: readonly string[]): CachePurgeResult {
    const refills = Math.floor(((this.now - this.#refilledAt) / 60_000) * CALLS_A_MINUTE);
    if (refills > 0) {
      this.#calls = Math.min(BURST, this.#calls + refills);
      this.#refilledAt = this.now;
    }
    if (tags.length > TAGS_A_CALL) throw new Error(`A purge of ${tags.length} tags.`);
    if (this.#calls === 0) {
      this.refusedPurges++;
      return { success: false, errors: [{ code: 971, message: "rate limit reached" }] };
    }
    this.#calls--;
    for (const [url, entry] of this.#entries)
      if (tags.some((tag) => entry.tags.has(tag.toLowerCase()))) this.#entries.delete(url);
    return { success: true, errors: [] };
  }
}

/** Host and scheme are no part of it; the order of the query is. */
const keyOf = (url: string) => new URL(url).pathname + new URL(url).search;

/** Without a word of ours the platform keeps a 200 for two hours and a 404 for three minutes. */
function secondsOf(directives: string | null, status: number): number {
  if (status === 206 || status === 304) return 0;
  if (directives === null) return status === 200 ? 7_200 : status === 404 ? 180 : 0;
  if (/\b(no-store|private|no-cache)\b/.test(directives)) return 0;
  return Number(/\b(?:s-maxage|max-age)=(\d+)/.exec(directives)?.[1] ?? 0);
}
