// Who calls: an account with a key, or nobody in particular.
import { ANONYMOUS_ACCOUNT, ANONYMOUS_STORAGE } from "../../../schema/ids.ts";
import type { PlanName } from "../../../schema/plans.ts";

export interface Account {
  readonly id: string;
  /** First segment of its image URLs. */
  readonly storage: string;
  readonly plan: PlanName;
}

export const anonymousAccount: Account = {
  id: ANONYMOUS_ACCOUNT,
  storage: ANONYMOUS_STORAGE,
  plan: "anonymous",
};

export type Ability = "read" | "write";

export type Caller =
  /** Whoever is signed in, on a page of ours: may do what a key with all abilities may. */
  | { readonly kind: "member"; readonly account: Account; readonly sessionId: string }
  | { readonly kind: "anonymous"; readonly account: Account }
  | {
      readonly kind: "key";
      readonly account: Account;
      readonly keyId: string;
      readonly abilities: ReadonlySet<string>;
    };
