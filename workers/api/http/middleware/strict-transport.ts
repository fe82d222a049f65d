// Whoever came by https comes by https the next time, too (RFC 6797): a session's cookie never crosses a net in the open.
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";

/** A year. Subdomains are not named: they may be somebody else's. */
const A_YEAR = "max-age=31536000";

export const strictTransport = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  // Over plain http, as in local development, it must not be said (section 7.2).
  if (c.req.url.startsWith("https:")) c.header("Strict-Transport-Security", A_YEAR);
});
