// Answers that say nothing of how a browser may take them say that it may do nothing with them.
import { createMiddleware } from "hono/factory";
import { inertHeadersFor } from "../../../shared/inert.ts";
import type { AppEnv } from "../app-env.ts";

export const inertAnswers = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  // Through the context: answers of the src Worker can't be changed in place.
  for (const [name, value] of inertHeadersFor(c.res.headers)) c.header(name, value);
});
