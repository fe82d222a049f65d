// What every file of routes begins with.
import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { ApiError } from "../../../shared/api-error.ts";
import { mediaType } from "../../../shared/http.ts";
import { isTooDeep } from "../../../shared/json.ts";
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

/** Lets only JSON of a sensible size and depth through to the route's schema. */
export const jsonBody = [
  createMiddleware<AppEnv>(async (c, next) => {
    const isJson = mediaType(c.req.header("Content-Type") ?? null) === "application/json";
    if (!isJson) throw new ApiError("bad_request", { message: "Send the body as application/json." });
    await next();
  }),
  bodyLimit({
    maxSize: MAX_JSON_BYTES,
    onError: () => {
      throw new ApiError("bad_request", { message: "The body is too large." });
    },
  }),
  createMiddleware<AppEnv>(async (c, next) => {
    if (isTooDeep(await c.req.text())) {
      throw new ApiError("bad_request", { message: "The JSON is nested too deep." });
    }
    await next();
  }),
] as const;
