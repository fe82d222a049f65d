// `/healthz`: the Worker runs. `/readyz`: what it stands on answers, too.
//
// Anybody may ask, as often as they like: an isolate looks once in ten seconds, whoever asks, and answers what it saw last until then.
import * as z from "zod";
import type { Condition, Health, Readiness, Version } from "../../schema/health.ts";
import { logError } from "./log.ts";
import { within } from "./within.ts";

/** Each part by itself. */
const PATIENCE_MS = 2_000;
const KEPT_MS = 10_000;
/** A look that has not ended by then never will: its request was cut off. */
const LOST_AFTER_MS = PATIENCE_MS + 500;
const POLL_MS = 50;

/** By the word that the answer calls it by: something that throws where it can't be reached. */
export type Parts = Readonly<Record<string, () => Promise<unknown>>>;

type Checks = Readonly<Record<string, Condition>>;

/** Of one isolate. */
export class Watch {
  #seen: { readonly at: number; readonly checks: Checks } | undefined;
  #begunAt = Number.NEGATIVE_INFINITY;

  /** How each part does: looks, or tells what was seen a moment ago. A crowd waits for the look of one. */
  async look(parts: Parts, waitUntil: (work: Promise<unknown>) => void): Promise<Checks> {
    for (;;) {
      const now = Date.now();
      if (this.#seen && now - this.#seen.at < KEPT_MS) return this.#seen.checks;
      if (now - this.#begunAt >= LOST_AFTER_MS) break;
      await scheduler.wait(POLL_MS);
    }
    this.#begunAt = Date.now();
    const look = this.#ask(parts);
    // Whoever asked may hang up, and the others still wait for it.
    waitUntil(look);
    return look;
  }

  async #ask(parts: Parts): Promise<Checks> {
    const asked = Object.entries(parts).map(async ([name, ask]) => [name, await conditionOf(name, ask)]);
    const checks: Checks = Object.fromEntries(await Promise.all(asked));
    this.#seen = { at: Date.now(), checks };
    this.#begunAt = Number.NEGATIVE_INFINITY;
    return checks;
  }
}

async function conditionOf(name: string, ask: () => Promise<unknown>): Promise<Condition> {
  const asked = (async () => ask())().then(
    () => "ok" as const,
    (error: unknown) => {
      // Why is for the log alone.
      logError("a part of the deployment does not answer", error, { part: name });
      return "failing" as const;
    },
  );
  return (await within(PATIENCE_MS, asked)) ?? "slow";
}

const metadataSchema = z.object({ id: z.string().min(1), tag: z.string() });

/** Cloudflare's word on which version runs; `env` may lack the binding. */
export function versionOf(env: object): Version {
  const given = metadataSchema.safeParse(Reflect.get(env, "VERSION"));
  return given.success ? { id: given.data.id, release: given.data.tag || null } : null;
}

/** Monitors must see what is, and not what was. */
const NOT_KEPT = { "Cache-Control": "no-store" };

export function healthAnswer(env: object): Response {
  const health: Health = { object: "health", status: "ok", version: versionOf(env) };
  return Response.json(health, { headers: NOT_KEPT });
}

export function readinessAnswer(checks: Checks, env: object): Response {
  const isReady = Object.values(checks).every((condition) => condition === "ok");
  const readiness: Readiness = {
    ...{ object: "readiness", status: isReady ? "ready" : "not_ready" },
    ...{ checks, version: versionOf(env) },
  };
  return Response.json(readiness, {
    status: isReady ? 200 : 503,
    headers: { ...NOT_KEPT, ...(!isReady && { "Retry-After": String(KEPT_MS / 1_000) }) },
  });
}
