// A name for every request: in its answer, in its errors, in the log.
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";

/** Never taken from the caller: two requests with one id would make the log lie. */
export const requestId = createMiddleware<AppEnv>(async (c, next) => {
  const id = crypto.randomUUID();
  c.set("requestId", id);
  await next();
  c.res.headers.set("X-Request-Id", id);
});
