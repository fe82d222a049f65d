// The Durable Object of one e-mail address: which codes are on their way to it, how many were sent, and which browsers it knows.
import { DurableObject } from "cloudflare:workers";
import {
  daily,
  giveRateBack,
  hourly,
  type RateOutcome,
  type RateWindow,
  takeRate,
} from "../../ledger/rate.ts";
import { type KnownBrowser, KnownBrowsers } from "./known-browsers.ts";

export const CODE_MILLISECONDS = 10 * 60_000;
export const TRIES = 5;

/** Each mail is one code and five tries: in a year of trying, somebody guesses one with a chance of 2 in 100. */
const policies = [hourly(5), daily(10)] as const;
/** Of these, for a network by itself: what is left is the owner's, wherever he is. */
const policiesOf = (network: string) =>
  [
    { ...hourly(4), name: `hour of ${network}` },
    { ...daily(8), name: `day of ${network}` },
  ] as const;

/** When it is looked again what counts no more. */
const FORGOTTEN_MILLISECONDS = 86_400_000;

export interface IssuedCode {
  /** SHA-256 of the secret of the browser that asked: only there the code counts. */
  readonly browserHash: string;
  /** Of the code, by `macOf`. */
  readonly mac: string;
}

/** Who asks for a code. */
export interface Asker {
  /** The network around him. */
  readonly network: string;
  /** SHA-256 of secrets by which his browser may be known here. */
  readonly known: readonly string[];
  /** SHA-256 of the secret that makes any browser a known one for a day, if this is the last mail for now. */
  readonly passHash: string;
}

/** `isKnown`: the browser has an allowance of its own. `isLast`: the mail is to carry the pass. */
export type IssueOutcome = RateOutcome & { readonly isKnown: boolean; readonly isLast: boolean };

interface KeptCode {
  readonly mac: string;
  readonly expiresAt: number;
  readonly triesLeft: number;
  /** Windows in which it was counted. */
  readonly windows: readonly string[];
}

/** `over`: there is no such code, or not any more: it was used, guessed at too often, or is too old. */
export type TryOutcome = "right" | "wrong" | "over";

export class Codes extends DurableObject<ApiEnv> {
  /** Keeps a code, unless too many were sent. */
  async issue({ browserHash, mac }: IssuedCode, asker: Asker, now: number): Promise<IssueOutcome> {
    const { kv } = this.ctx.storage;
    const known = asker.known.find((hash) => this.#browsers.knows(hash, now));
    const isKnown = known !== undefined;
    const name = isKnown ? `codes of ${known}` : "codes";
    const counted = isKnown ? policies : ([...policies, ...policiesOf(asker.network)] as const);
    const outcome = takeRate(this.#windows, name, counted, now);
    if (!outcome.allowed) return { ...outcome, isKnown, isLast: false };
    for (const [key, { expiresAt }] of kv.list<KeptCode>({ prefix: "code " }))
      if (expiresAt <= now) kv.delete(key);
    const windows = counted.map((policy) => `${name} ${policy.name}`);
    const kept: KeptCode = { mac, expiresAt: now + CODE_MILLISECONDS, triesLeft: TRIES, windows };
    kv.put(`code ${browserHash}`, kept);
    const isLast = !isKnown && outcome.remaining === 0;
    if (isLast) this.#browsers.pass(asker.passHash, now);
    await this.ctx.storage.setAlarm(now + FORGOTTEN_MILLISECONDS);
    return { ...outcome, isKnown, isLast };
  }

  /** Of a code that was not sent: it never was, and the address has its mail back. */
  takeBack(browserHash: string): void {
    const { kv } = this.ctx.storage;
    const code = kv.get<KeptCode>(`code ${browserHash}`);
    if (!code) return;
    kv.delete(`code ${browserHash}`);
    for (const name of code.windows) giveRateBack(this.#windows, name);
  }

  /**
   * Whose code is right is known here from now on by `deviceHash`. Nothing is awaited: between taking a code out and putting it back nobody
   * else can try it.
   */
  try({ browserHash, mac }: IssuedCode, deviceHash: string, now: number): TryOutcome {
    const { kv } = this.ctx.storage;
    const key = `code ${browserHash}`;
    const code = kv.get<KeptCode>(key);
    if (!code) return "over";
    // Taken out before it is compared: whatever happens from here on, it was tried.
    kv.delete(key);
    if (code.expiresAt <= now) return "over";
    if (isSameMac(code.mac, mac)) {
      this.#browsers.remember(deviceHash, now);
      return "right";
    }
    if (code.triesLeft <= 1) return "over";
    kv.put(key, { ...code, triesLeft: code.triesLeft - 1 });
    return "wrong";
  }

  /** With its account an address forgets its browsers; what was sent stays counted. */
  forgetBrowsers(): void {
    this.#browsers.forget();
  }

  override async alarm(): Promise<void> {
    const { kv } = this.ctx.storage;
    const now = Date.now();
    const ends = [...kv.list<KeptCode | RateWindow | KnownBrowser>()].flatMap(([key, kept]) => {
      const end = "endsAt" in kept ? kept.endsAt : kept.expiresAt;
      if (end > now) return [end];
      kv.delete(key);
      return [];
    });
    if (ends.length === 0) await this.ctx.storage.deleteAll();
    else await this.ctx.storage.setAlarm(Math.min(...ends));
  }

  get #windows() {
    const { kv } = this.ctx.storage;
    return {
      get: (name: string) => kv.get<RateWindow>(`rate ${name}`),
      set: (name: string, window: RateWindow) => kv.put(`rate ${name}`, window),
    };
  }

  get #browsers(): KnownBrowsers {
    return new KnownBrowsers(this.ctx.storage.kv);
  }
}

function isSameMac(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new TextEncoder().encode(text));
  return a !== undefined && b !== undefined && a.length === b.length && crypto.subtle.timingSafeEqual(a, b);
}
