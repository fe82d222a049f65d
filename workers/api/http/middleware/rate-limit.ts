// How often one may call: by key, or by address for those without.
import { createMiddleware } from "hono/factory";
import { ANONYMOUS_FORMS_PER_MINUTE } from "../../../../schema/plans.ts";
import { ApiError } from "../../../shared/api-error.ts";
import type { Caller } from "../../accounts/account.ts";
import { daily, hourly, type RateOutcome, type RatePolicy } from "../../ledger/rate.ts";
import type { Settings } from "../../settings.ts";
import type { AppEnv } from "../app-env.ts";
import { callerLedgerName } from "../caller-ledger.ts";

type Policies = readonly [RatePolicy, ...RatePolicy[]];

/** Without a key: deletions by token, and the forms of signing in. */
export const rateLimit = limited("calls");
/** Uploads without a key have a rate of their own: an address's, by the hour and the day. */
export const uploadRateLimit = limited("uploads");

/** Counts the call; tells in headers what is left, or refuses with the seconds to wait. */
function limited(what: "calls" | "uploads") {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { caller, settings } = c.var;
    const now = Date.now();
    const ledger = c.env.LEDGER.getByName(callerLedgerName(caller, c.req.raw));
    const isOpenUpload = what === "uploads" && caller.kind === "anonymous";
    const policies = isOpenUpload ? uploadPolicies(settings) : callPolicies(caller.kind, settings);
    const outcome = isOpenUpload
      ? await ledger.takeLongRate("uploads", policies, now)
      : await ledger.takeShortRate(nameOf(caller), policies, now);
    const headers = rateHeaders(policies, outcome);
    if (!outcome.allowed) throw rateLimited(isOpenUpload, outcome, headers);
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
}

/** Each key has a rate of its own, and so has each browser of a member. */
function nameOf(caller: Caller): string {
  if (caller.kind === "key") return caller.keyId;
  return caller.kind === "member" ? `session ${caller.sessionId}` : "calls";
}

function callPolicies(kind: Caller["kind"], settings: Settings): Policies {
  const limit = kind === "anonymous" ? ANONYMOUS_FORMS_PER_MINUTE : settings.KEY_REQUESTS_PER_MINUTE;
  return [{ name: "minute", limit, windowSeconds: 60 }];
}

function uploadPolicies(settings: Settings): Policies {
  return [hourly(settings.ANONYMOUS_UPLOADS_PER_HOUR), daily(settings.ANONYMOUS_UPLOADS_PER_DAY)];
}

/** As draft-ietf-httpapi-ratelimit-headers writes them: q = quota, w = window, r = remaining, t = seconds to reset. */
function rateHeaders(policies: Policies, { policy, remaining, resetSeconds }: RateOutcome) {
  return {
    RateLimit: `"${policy.name}";r=${remaining};t=${resetSeconds}`,
    "RateLimit-Policy": policies
      .map(({ name, limit, windowSeconds }) => `"${name}";q=${limit};w=${windowSeconds}`)
      .join(", "),
  };
}

/** `Retry-After` rides on the action, so that both always tell the same number. */
function rateLimited(
  isOpenUpload: boolean,
  { resetSeconds }: RateOutcome,
  headers: Readonly<Record<string, string>>,
): ApiError {
  const action = isOpenUpload
    ? { type: "signup" as const, label: "Upload with a key of your own", retry_after: resetSeconds }
    : { type: "wait" as const, retry_after: resetSeconds };
  return new ApiError("rate_limited", { action, headers });
}
