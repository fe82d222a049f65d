// What a deployment's answer means for the picture that was sent, and for those that follow.
import type { Problem } from "../answers.ts";

export type Outcome =
  | { readonly kind: "done"; readonly image: { readonly id: string; readonly url: string } }
  /** This picture can't be taken; the next one may. `isForGood`: sending it again would not help. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly isForGood: boolean }
  /** It was sent before, and was another file then. */
  | { readonly kind: "sent before" }
  /** No other picture would be taken, either. */
  | { readonly kind: "over"; readonly message: string };

/** One answer that may come right by itself. */
export interface Again {
  readonly kind: "again";
  readonly seconds: number;
  /** Everybody waits, not this picture alone. */
  readonly isForAll: boolean;
  readonly whenNot: Outcome;
}

export function outcomeOf(
  status: number,
  { code, message, retryAfterSeconds }: Problem,
  tries: number,
): Outcome | Again {
  const refused = (isForGood: boolean) => ({ kind: "refused", code, message, isForGood }) as const;
  if (status === 429)
    return { kind: "again", seconds: retryAfterSeconds, isForAll: true, whenNot: refused(false) };
  if (code === "idempotency_key_conflict") return { kind: "sent before" };
  if (code === "idempotency_key_in_progress")
    return { kind: "again", seconds: retryAfterSeconds, isForAll: false, whenNot: refused(false) };
  if (code === "fetch_failed") return refused(false);
  if (status >= 500)
    return {
      kind: "again",
      seconds: Math.max(retryAfterSeconds, 2 ** (tries - 1)),
      isForAll: false,
      whenNot: refused(false),
    };
  if (status === 401 || status === 403) return { kind: "over", message };
  return refused(true);
}
