// What a deployment's story works with: here as they are, in tests some of it stands in.
import { type Resolves, resolvesHere } from "../cloudflare/hosts.ts";
import type { Account } from "../cloudflare/login.ts";
import { installedWrangler, type Wrangler } from "../wrangler.ts";

export interface Tools {
  readonly wrangler: Wrangler;
  readonly account: Account;
  readonly resolves: Resolves;
  say(line: string): void;
  /** Milliseconds since 1970. */
  now(): number;
}

export function toolsFor(account: Account): Tools {
  return { wrangler: installedWrangler, account, resolves: resolvesHere, say: console.log, now: Date.now };
}
