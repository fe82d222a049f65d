// The Idempotency-Key header.
import { ApiError } from "../../shared/api-error.ts";

/** undefined where there is none, or an empty one. Throws a 400 for one that is too long or not printable. */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  if (/^[\x20-\x7e]{1,255}$/.test(header)) return header;
  throw new ApiError("bad_request", { message: "An Idempotency-Key has 1 to 255 printable characters." });
}
