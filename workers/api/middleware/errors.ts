// The one funnel: every refusal and every accident becomes the API's error object here.
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { ApiError, errorResponse } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";
import type { AppEnv } from "../app-env.ts";

/** Answers a refusal. What is our fault is logged once, with its causes; a caller never sees them. */
export function answerError(error: Error, c: Context<AppEnv>): Response {
  const requestId = c.var.requestId;
  const refusal = asApiError(error);
  if (refusal.status >= 500) logError(refusal.code, error, { requestId });
  return errorResponse(refusal, requestId);
}

function asApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  // Hono's own: a body that is no JSON, a header that is none.
  if (error instanceof HTTPException && error.status < 500)
    return new ApiError("bad_request", { cause: error });
  return new ApiError("server_error", { cause: error });
}
