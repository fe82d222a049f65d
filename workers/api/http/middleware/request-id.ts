// A name for every request: in its answer, in its errors, in the log.
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";

/** Never taken from the caller: two requests with one id would make the log lie. */
export const requestId = createMiddleware<AppEnv>(async (c, next) => {
  const id = crypto.randomUUID();
  c.set("requestId", id);
  await next();
  // Through the context: answers of the src Worker arrive with headers that can't be changed in place.
  c.header("X-Request-Id", id);
});
