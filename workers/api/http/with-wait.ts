// A refusal that asks to wait says so to programs, too.
import type { ApiError } from "../../shared/api-error.ts";

export function withWait(answer: Response, refusal: ApiError | undefined): Response {
  const seconds = refusal?.parts.action?.retry_after;
  if (seconds !== undefined) answer.headers.set("Retry-After", String(seconds));
  return answer;
}
