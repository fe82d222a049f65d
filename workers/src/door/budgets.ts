// How many renders one address may cause in a while: each costs CPU, and every size is another one.
import { ApiError } from "../../shared/api-error.ts";

/** The binding counts by the minute, so a minute is always long enough. */
const RETRY_AFTER_SECONDS = 60;

/** Counts one render; refuses with `rate_limited` when there were too many. Our own calls have no address and are not counted. */
export async function spendRender(renders: RateLimit, address: string): Promise<void> {
  if (address === "") return;
  const { success } = await renders.limit({ key: address });
  if (!success) {
    throw new ApiError("rate_limited", { action: { type: "wait", retry_after: RETRY_AFTER_SECONDS } });
  }
}
