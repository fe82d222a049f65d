// One probe's picture, and how it is looked at. Every check asks through here, so that all that was seen can be asked for after the deletion.
import type { Deployment, Uploaded } from "./deployment.ts";

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly milliseconds: number;
  /** What the cache says that it did: `HIT`, `MISS` …; null where no cache says anything. */
  readonly cache: string | null;
}

export class Visit {
  readonly deployment: Deployment;
  readonly image: Uploaded;
  readonly patienceMs: number;
  /** Whether the API's Worker passes pictures on, as on one host: what its own cache says need not come through. */
  readonly isPassedOn: boolean;
  /** Addresses that have answered a picture. */
  readonly seen = new Set<string>();
  #isRemoved = false;

  constructor(image: Uploaded, deployment: Deployment, patienceMs: number, isPassedOn = false) {
    this.isPassedOn = isPassedOn;
    this.image = image;
    this.deployment = deployment;
    this.patienceMs = patienceMs;
  }

  /** `query` begins with `?`, or is empty for the plain picture. */
  async look(query: string, init: RequestInit = {}): Promise<Seen> {
    const url = this.image.url + query;
    const seen = await ask(url, init);
    if (seen.status === 200) this.seen.add(url);
    return seen;
  }

  /** Looks until the cache says that it has the picture; what was seen last where it never does. */
  async lookUntilHeld(query: string): Promise<Seen> {
    const end = Date.now() + Math.min(this.patienceMs, 10_000);
    for (;;) {
      const seen = await this.look(query);
      if (seen.cache === "HIT" || Date.now() >= end) return seen;
      await pause();
    }
  }

  async remove(): Promise<string | null> {
    const purge = await this.deployment.remove(this.image.id);
    this.#isRemoved = true;
    return purge;
  }

  /** Leaves nothing behind, and says so. */
  async cleanUp(): Promise<string> {
    if (this.#isRemoved) return "The probe's picture is deleted.";
    if (!this.deployment.hasKey) return `The probe's picture goes by itself at ${this.image.expires_at}.`;
    return this.remove().then(
      () => "The probe's picture is deleted.",
      (problem: unknown) => `The probe's picture ${this.image.id} could not be deleted: ${String(problem)}`,
    );
  }
}

/** As a browser that has nothing of its own. */
export async function ask(url: string, init: RequestInit = {}): Promise<Seen> {
  const start = performance.now();
  const answer = await fetch(url, { redirect: "manual", ...init });
  const body = new Uint8Array(await answer.arrayBuffer());
  const { status, headers } = answer;
  const cache = headers.get("CF-Cache-Status") ?? headers.get("X-Cache");
  return { status, headers, body, milliseconds: performance.now() - start, cache };
}

const PAUSE_MS = 300;
export const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
