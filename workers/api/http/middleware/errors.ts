// The one funnel: every refusal and every accident becomes the API's error object here.
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { ApiError, errorResponse, pageOriginOf } from "../../../shared/api-error.ts";
import { logError } from "../../../shared/log.ts";
import type { Origins } from "../../origins.ts";
import { signUpUrlOf } from "../../sign-up-url.ts";
import type { AppEnv } from "../app-env.ts";

/** Answers a refusal. What is our fault is logged once, with its causes; a caller never sees them. */
export function answerError(error: Error, c: Context<AppEnv>): Response {
  const requestId = c.var.requestId;
  const refusal = withActionUrl(refusalOf(error), c);
  // A crowd that is turned away must not fill the log too.
  if (refusal.status >= 500 && refusal.code !== "overloaded") logError(refusal.code, error, { requestId });
  return errorResponse(refusal, requestId, originOfPages(c));
}

/** Some refusals come before the origins are known: the Host was none. */
function originOfPages(c: Context<AppEnv>): string | undefined {
  const known: Origins | undefined = c.get("origins");
  return pageOriginOf(known?.page, c.req.url);
}

/** Where a caller signs up or upgrades is the deployment's matter, so it is said here and not where refusals arise. */
function withActionUrl(refusal: ApiError, c: Context<AppEnv>): ApiError {
  const { action } = refusal.parts;
  if (!action || action.type === "wait") return refusal;
  const { settings, origins } = c.var;
  const url =
    action.type === "signup"
      ? (signUpUrlOf(settings, origins) ?? `${origins.page}/`)
      : (settings.UPGRADE_URL ?? `${origins.page}/plans`);
  return new ApiError(refusal.code, {
    ...refusal.parts,
    message: refusal.message,
    action: { ...action, url },
  });
}

/** What was thrown, as the refusal that it is answered with. */
export function refusalOf(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  // Hono's own: a body that is no JSON, a header that is none.
  if (error instanceof HTTPException && error.status < 500)
    return new ApiError("bad_request", { cause: error });
  return new ApiError("server_error", { cause: error });
}
