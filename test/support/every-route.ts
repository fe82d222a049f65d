// Every address that the API Worker takes, read from its routers: a new route is at once in all tests that walk over them.
/// <reference types="vite/types/importMeta.d.ts" />
import { Hono } from "hono";

export interface Route {
  readonly method: string;
  /** As declared: `/v1/images/:id`. */
  readonly path: string;
}

const modules = import.meta.glob<object>("../../workers/api/http/routes/*.{ts,tsx}", { eager: true });

const declared = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .flatMap((router: unknown) => (router instanceof Hono ? router.routes : []))
  // `ALL` is middleware, and `OPTIONS` is answered alike everywhere.
  .filter(({ method }) => method !== "ALL" && method !== "OPTIONS");

/** Named `GET /v1/images/:id`. */
export const everyRoute: ReadonlyMap<string, Route> = new Map(
  declared.map(({ method, path }) => [`${method} ${path}`, { method, path }]),
);

/** Those that an API key may open. */
export const keyRoutes: ReadonlyMap<string, Route> = new Map(
  [...everyRoute].filter(([, { path }]) => path.startsWith("/v1/") && !path.startsWith("/v1/admin/")),
);

/** The route's address for one image or account. */
export function addressOf({ path }: Route, id: string): string {
  return path.replace(/:id(\{[^/]*\})?/, () => id);
}
