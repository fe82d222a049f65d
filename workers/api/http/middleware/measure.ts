// Notes each answer: which route, how it ended, how long it took. Never by whom, and never what was asked for but by the route's own name.
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { ApiError } from "../../../shared/api-error.ts";
import { parseImageUrl } from "../../../shared/image-url.ts";
import { lengthOf, note } from "../../../shared/points.ts";
import type { AppEnv } from "../app-env.ts";

/** Asked by machines every minute, and by whoever likes to. */
const unmeasured: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

export const measure = createMiddleware<AppEnv>(async (c, next) => {
  const begun = Date.now();
  await next();
  // With a slash at the end it is the same address.
  if (unmeasured.has(c.req.path.replace(/\/+$/, ""))) return;
  const { error, res } = c;
  const isPicture = URL.canParse(c.req.url) && parseImageUrl(new URL(c.req.url)) !== undefined;
  note(c.env, {
    kind: "request",
    worker: "api",
    route: isPicture ? "picture" : routeOf(c),
    code:
      error instanceof ApiError ? error.code : error ? "server_error" : res.status === 404 ? "not_found" : "",
    status: res.status,
    ms: Date.now() - begun,
    bytes: lengthOf(res),
    received: lengthOf(c.req.raw),
  });
});

/** As it is declared: what a caller wrote in its place may be anything. */
function routeOf(c: Parameters<typeof matchedRoutes>[0]): string {
  const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
  const route = matchedRoutes(c).find(({ method }) => method === asked);
  return route ? `${route.method} ${route.path}` : "";
}
