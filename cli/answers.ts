// What answers and failed requests say, for commands that ask something over HTTP.
import * as z from "zod";

/** Undefined for what is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch failed` says nothing; its cause does. */
export function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  return problem.cause instanceof Error ? problem.cause.message : problem.message;
}

const problemSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.array(z.string())).optional(),
  }),
});

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number;
}

/** What a deployment answers where it refuses, or what can be said of an answer that is none of its own. */
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
