// Any site may call the API with a key in a header. Cookies never count, so no site can act for a visitor.
import { createMiddleware } from "hono/factory";
import { isPreflight, openToAll, preflightAnswer } from "../../../shared/cross-origin.ts";
import type { AppEnv } from "../app-env.ts";

const methods = ["GET", "HEAD", "POST", "PATCH", "DELETE"];

export const crossOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (isPreflight(c.req.raw)) return preflightAnswer(c.req.raw, methods);
  await next();
  openToAll(c.res.headers);
});
