// What every handler finds in its context.
import type { Caller } from "../accounts/account.ts";
import type { Member } from "../accounts/sessions.ts";
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
    /** Set by `readMember`, which runs on pages only. */
    member: Member | null;
    /** Set by `readMember` where there is a member: what its forms must carry. */
    formToken: string;
    /** Set by `ownForm`: the fields of a form that is ours. */
    form: URLSearchParams;
  };
}

/** Behind `requireMember` somebody is signed in. */
export interface MemberEnv {
  Bindings: AppEnv["Bindings"];
  Variables: Omit<AppEnv["Variables"], "member"> & { member: Member };
}
