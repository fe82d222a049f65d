// Brings everything that is thrown to a refusal of the contract.
import { ApiError } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";
import { CodecError } from "../render/codec-error.ts";

/**
 * Refusals stay, damaged pictures are `media_failed`, and anything else is our fault: logged once, told to nobody. The log names
 * the request by its id, never by its address: who has that may see the picture.
 */
export function refusalOf(thrown: unknown, requestId: string): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof CodecError)
    return new ApiError("media_failed", { message: thrown.message, cause: thrown });
  logError("server_error", thrown, { requestId });
  return new ApiError("server_error", { cause: thrown });
}
