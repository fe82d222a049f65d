// Brings everything that is thrown to a refusal of the contract.

import { Damage } from "../../formats/damage.ts";
import { ApiError, errorResponse, pageOriginOf } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";

/**
 * Refusals stay, damaged pictures are `media_failed`, and anything else is our fault: logged once, told to nobody. The log names
 * the request by its id, never by its address: who has that may see the picture.
 */
export function refusalOf(thrown: unknown, requestId: string): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof Damage)
    return new ApiError("media_failed", { message: sentenceOf(thrown.message), cause: thrown });
  logError("server_error", thrown, { requestId });
  return new ApiError("server_error", { cause: thrown });
}

/** What a `Damage` says, as people read it. */
export function sentenceOf(damage: string): string {
  return `The picture can't be shown: ${damage}.`;
}

/** On a refusal: its code, for what is noted of it. It never leaves the Worker. */
const CODE_HEADER = "X-Refusal-Code";

/** The answer to what was thrown. */
export function refused(
  thrown: unknown,
  { requestId, pageOrigin, url }: { requestId: string; pageOrigin: string; url: string },
): Response {
  const refusal = refusalOf(thrown, requestId);
  const answer = errorResponse(refusal, requestId, pageOriginOf(pageOrigin, url));
  answer.headers.set(CODE_HEADER, refusal.code);
  return answer;
}

export const codeOf = ({ headers }: Response) => headers.get(CODE_HEADER) ?? "";
export const hideCode = ({ headers }: Response) => headers.delete(CODE_HEADER);
