// Answers 405 with `Allow` for every method that an address does not take.
import type { OpenAPIHono } from "@hono/zod-openapi";
import { ApiError } from "../../../shared/api-error.ts";
import type { AppEnv } from "../app-env.ts";

/** Call when all routes are in place, of the Worker or of one router: what they take is read from them. */
export function refuseOtherMethods(app: OpenAPIHono<AppEnv>): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    if (method !== "ALL" && method !== "OPTIONS")
      methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, taken] of methods) {
    const allowed = taken.has("GET") ? [...taken, "HEAD"] : [...taken];
    const allow = [...allowed, "OPTIONS"].join(", ");
    app.options(path, () => new Response(null, { status: 204, headers: { Allow: allow } }));
    app.all(path, () => {
      throw new ApiError("method_not_allowed", { headers: { Allow: allow } });
    });
  }
}
