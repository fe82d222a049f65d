// What answers and failed requests say, for commands that ask something over HTTP.
import * as z from "zod";
import { plain, shown } from "./refused.ts";
import { Stop } from "./stop.ts";

/** Undefined for what is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch failed` says nothing; its cause does. Moves no cursor. */
export function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return plain(String(problem));
  return plain(problem.cause instanceof Error ? problem.cause.message : problem.message);
}

/** More than a page of rows with all that may be said of a picture. */
const MAX_ANSWER_BYTES = 256 * 2 ** 20;

/** The answer's bytes as they come. Throws a `Stop` after so many: what never ends must fill no memory and no disk. */
export async function* atMost(
  body: ReadableStream<Uint8Array> | null,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of body ?? []) {
    read += chunk.length;
    if (read > bytes) throw new Stop(`It answers more than ${bytes} bytes.`);
    yield chunk;
  }
}

async function readText(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of atMost(answer.body, MAX_ANSWER_BYTES))
    text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** What was answered. Throws a `Stop` where it is something else. */
export async function readAnswer<T>(answer: Response, schema: z.ZodType<T>): Promise<T> {
  const { origin } = new URL(answer.url);
  const text = await readText(answer).catch((cause: unknown) => {
    throw new Stop(`${origin} gave an answer that can't be read: ${reasonOf(cause)}`, undefined, { cause });
  });
  const parsed = schema.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new Stop(
    `${origin} gave an answer that can't be read${at && `: ${shown(at)} is not what it should be`}.`,
    "Is edgepix there, and as new as here?",
    { cause: parsed.error },
  );
}

export const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** No command follows: what is sent, and what opens the deployment, is for the host that was named. */
export function leadsElsewhere(origin: string, answer: Response): string {
  const to = shown(answer.headers.get("Location") ?? "nowhere");
  return `${origin} leads to ${to}. Name the address where it answers itself.`;
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
  const text = await readText(answer).catch(() => "");
  const parsed = problemSchema.safeParse(jsonIn(text));
  if (!parsed.success)
    return { code: `http_${answer.status}`, message: `It answered ${answer.status}.`, retryAfterSeconds: 5 };
  const { code, message, details } = parsed.data.error;
  const why = Object.values(details ?? {}).flat();
  return {
    code: shown(code),
    message: plain(why.length > 0 ? why.join(" ") : message),
    retryAfterSeconds: Number(answer.headers.get("Retry-After")) || 1,
  };
}
