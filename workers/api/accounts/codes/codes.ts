// The Durable Object of one e-mail address: which codes are on their way to it, and how many were sent.
import { DurableObject } from "cloudflare:workers";
import { daily, hourly, type RateOutcome, type RateWindow, takeRate } from "../../ledger/rate.ts";

export const CODE_MILLISECONDS = 10 * 60_000;
export const TRIES = 5;

/** Each mail is one code and five tries: in a year of trying, somebody guesses one with a chance of 2 in 100. */
const policies = [hourly(5), daily(10)] as const;

/** Wakes the object when nothing that it holds counts any more. */
const FORGOTTEN_MILLISECONDS = 86_400_000;

export interface IssuedCode {
  /** SHA-256 of the secret of the browser that asked: only there the code counts. */
  readonly browserHash: string;
  /** Of the code, by `macOf`. */
  readonly mac: string;
}

interface KeptCode {
  readonly mac: string;
  readonly expiresAt: number;
  readonly triesLeft: number;
}

/** `over`: there is no such code, or not any more: it was used, guessed at too often, or is too old. */
export type TryOutcome = "right" | "wrong" | "over";

export class Codes extends DurableObject<ApiEnv> {
  /** Keeps a code, unless too many were sent. */
  async issue({ browserHash, mac }: IssuedCode, now: number): Promise<RateOutcome> {
    const { kv } = this.ctx.storage;
    const windows = {
      get: (name: string) => kv.get<RateWindow>(`rate ${name}`),
      set: (name: string, window: RateWindow) => kv.put(`rate ${name}`, window),
    };
    const outcome = takeRate(windows, "codes", policies, now);
    if (!outcome.allowed) return outcome;
    for (const [key, { expiresAt }] of kv.list<KeptCode>({ prefix: "code " }))
      if (expiresAt <= now) kv.delete(key);
    const kept: KeptCode = { mac, expiresAt: now + CODE_MILLISECONDS, triesLeft: TRIES };
    kv.put(`code ${browserHash}`, kept);
    await this.ctx.storage.setAlarm(now + FORGOTTEN_MILLISECONDS);
    return outcome;
  }

  /** Nothing is awaited here: between taking a code out and putting it back nobody else can try it. */
  try({ browserHash, mac }: IssuedCode, now: number): TryOutcome {
    const { kv } = this.ctx.storage;
    const key = `code ${browserHash}`;
    const code = kv.get<KeptCode>(key);
    if (!code) return "over";
    // Taken out before it is compared: whatever happens from here on, it was tried.
    kv.delete(key);
    if (code.expiresAt <= now) return "over";
    if (isSameMac(code.mac, mac)) return "right";
    if (code.triesLeft <= 1) return "over";
    kv.put(key, { ...code, triesLeft: code.triesLeft - 1 });
    return "wrong";
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}

function isSameMac(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new TextEncoder().encode(text));
  return a !== undefined && b !== undefined && a.length === b.length && crypto.subtle.timingSafeEqual(a, b);
}
