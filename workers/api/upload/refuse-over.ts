// The refusal for a file over its limit; also used before the first byte, where its size was told.
import { MB } from "../../../schema/plans.ts";
import { ApiError } from "../../shared/api-error.ts";

/** Throws a 422 that names the limit in MB. */
export function refuseOver(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new ApiError("validation_error", {
    message: "The file is too large.",
    details: { file: [`The file may have at most ${maxBytes / MB} MB.`] },
  });
}
