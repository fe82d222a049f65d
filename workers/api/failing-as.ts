// Names what went wrong on our side: the caller hears which operation failed, the log hears why.
import type { ErrorName } from "../../schema/errors.ts";
import { ApiError } from "../shared/api-error.ts";

/** Does the work; an accident in it becomes a refusal with this code, refusals stay what they are. */
export async function failingAs<T>(code: ErrorName, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof ApiError ? cause : new ApiError(code, { cause });
  }
}
