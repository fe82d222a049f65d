// What every site may read, and what may keep it.
import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";

/**
 * For five minutes. Where an origin is the request's, the answer names the host that was asked, and who asks with a host of their own must
 * not fill a cache for others.
 */
export function openHeaders(c: Context<AppEnv>) {
  const { API_ORIGIN, SRC_ORIGIN, PAGE_ORIGIN } = c.var.settings;
  const who = [API_ORIGIN, SRC_ORIGIN, PAGE_ORIGIN].includes(undefined) ? "private" : "public";
  return { "Access-Control-Allow-Origin": "*", "Cache-Control": `${who}, max-age=300` };
}
