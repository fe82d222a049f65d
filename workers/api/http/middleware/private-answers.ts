// What a key may read is its owner's alone: no browser and no proxy keeps an answer of the API.
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";

export const privateAnswers = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "private, no-store");
});
