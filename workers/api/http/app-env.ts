// What every handler finds in its context.
import type { Caller } from "../accounts/account.ts";
import type { Origins } from "../origins.ts";
import type { Settings } from "../settings.ts";

export interface AppEnv {
  Bindings: ApiEnv;
  Variables: {
    requestId: string;
    settings: Settings;
    origins: Origins;
    /** Set by `credentials`, which runs on /v1 only. */
    caller: Caller;
  };
}
