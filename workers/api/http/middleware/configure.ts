// Reads the operator's vars, and works out the origins that answers name.
import { createMiddleware } from "hono/factory";
import { originsOf } from "../../origins.ts";
import { readSettings } from "../../settings.ts";
import type { AppEnv } from "../app-env.ts";

export const configure = createMiddleware<AppEnv>(async (c, next) => {
  const settings = readSettings(c.env);
  c.set("settings", settings);
  c.set("origins", originsOf(c.req.url, settings));
  await next();
});
