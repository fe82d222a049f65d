// What every file of routes begins with.
import { OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { ApiError } from "../../../shared/api-error.ts";
import { declaredLength, mediaType, readText } from "../../../shared/http.ts";
import { isTooDeep } from "../../../shared/json.ts";
import { patienceOf } from "../../settings.ts";
import { arriving, withoutCrumbs } from "../../upload/arriving.ts";
import { invalid } from "../../validation.ts";
import type { AppEnv } from "../app-env.ts";

const MAX_JSON_BYTES = 1_000_000;

/** Routes whose refused parameters become the API's validation error. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error);
    },
  });
}

/** Lets only JSON of a sensible size and depth through to the route's schema, and waits for it no longer than for an upload. */
export const jsonBody = [
  createMiddleware<AppEnv>(async (c, next) => {
    const isJson = mediaType(c.req.header("Content-Type") ?? null) === "application/json";
    if (!isJson) throw new ApiError("bad_request", { message: "Send the body as application/json." });
    const request = c.req.raw;
    const isToldTooLong = (declaredLength(request.headers) ?? 0) > MAX_JSON_BYTES;
    const body = withoutCrumbs(arriving(request.body, patienceOf(c.var.settings)));
    const text = isToldTooLong ? undefined : await readText(body, MAX_JSON_BYTES);
    if (text === undefined) throw new ApiError("bad_request", { message: "The body is too large." });
    if (isTooDeep(text)) throw new ApiError("bad_request", { message: "The JSON is nested too deep." });
    c.req.raw = new Request(request, { body: text });
    await next();
  }),
] as const;
