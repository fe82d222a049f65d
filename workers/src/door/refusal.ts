// Brings everything that is thrown to a refusal of the contract.
import { ApiError } from "../../shared/api-error.ts";
import { CodecError } from "../render/codec-error.ts";

/** Refusals stay, damaged pictures are `media_failed`, and anything else is our fault: logged once, told to nobody. */
export function refusalOf(thrown: unknown, url: string): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof CodecError)
    return new ApiError("media_failed", { message: thrown.message, cause: thrown });
  console.error("An image request failed.", url, thrown);
  return new ApiError("server_error", { cause: thrown });
}
