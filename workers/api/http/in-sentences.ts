// A refusal as a page tells it.
import type { ApiError } from "../../shared/api-error.ts";

/** The sentence, or what was wrong with which field. */
export function inSentences({ message, parts }: ApiError): string {
  const details = Object.values(parts.details ?? {}).flat();
  return details.length > 0 ? details.join(" ") : message;
}
