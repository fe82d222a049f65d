// What a refusal says, in one line.
import type { ApiError } from "../../shared/api-error.ts";

export function sentenceOf({ message, parts }: ApiError): string {
  const why = Object.values(parts.details ?? {}).flat();
  return why.length > 0 ? why.join(" ") : message;
}
