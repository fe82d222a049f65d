// What a deployment's answer means for the picture that was sent, and for those that follow.
import * as z from "zod";
import { jsonIn } from "../answers.ts";

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

const problemSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.array(z.string())).optional(),
  }),
});

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number;
}

export async function readError(answer: Response): Promise<Problem> {
  const text = await answer.text();
  const parsed = problemSchema.safeParse(jsonIn(text));
  if (!parsed.success)
    return { code: `http_${answer.status}`, message: `It answered ${answer.status}.`, retryAfterSeconds: 5 };
  const { code, message, details } = parsed.data.error;
  const why = Object.values(details ?? {}).flat();
  return {
    code,
    message: why.length > 0 ? why.join(" ") : message,
    retryAfterSeconds: Number(answer.headers.get("Retry-After")) || 1,
  };
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
