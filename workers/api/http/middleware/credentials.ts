// Who is calling: nobody (no header), or the account of a key. A bad key is refused on every route.
import { createMiddleware } from "hono/factory";
import { ApiError } from "../../../shared/api-error.ts";
import { logError } from "../../../shared/log.ts";
import { type Ability, anonymousAccount } from "../../accounts/account.ts";
import { DELETE_TOKEN_HEADER } from "../../accounts/delete-token.ts";
import { findKey, noteUse } from "../../accounts/find-key.ts";
import { openDatabase } from "../../database.ts";
import type { AppEnv } from "../app-env.ts";

export const credentials = createMiddleware<AppEnv>(async (c, next) => {
  const header = c.req.header("Authorization");
  if (header === undefined) {
    c.set("caller", { kind: "anonymous", account: anonymousAccount });
    return next();
  }
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const now = Date.now();
  const db = openDatabase(c.env.DB);
  const found = key === undefined ? undefined : await findKey(db, key, now);
  if (!found) throw new ApiError("unauthorized");
  if (found.isSuspended) throw new ApiError("app_suspended");
  const noted = noteUse(db, found, now).catch((error) => logError("the use of a key was not noted", error));
  c.executionCtx.waitUntil(noted);
  c.set("caller", { kind: "key", ...found });
  return next();
});

/** Pages know no keys: whoever posts there is nobody in particular. */
export const asNobody = createMiddleware<AppEnv>(async (c, next) => {
  c.set("caller", { kind: "anonymous", account: anonymousAccount });
  await next();
});

/** Lets only keys with this ability pass. */
export function keyMay(ability: Ability) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { caller } = c.var;
    if (caller.kind !== "key") throw new ApiError("unauthorized");
    refuseWithout(ability, caller.abilities);
    await next();
  });
}

/** Lets keys pass that may write, and callers without one who bring an image's delete token. */
export const keyOrDeleteToken = createMiddleware<AppEnv>(async (c, next) => {
  const { caller } = c.var;
  if (caller.kind === "key") refuseWithout("write", caller.abilities);
  else if (c.req.header(DELETE_TOKEN_HEADER) === undefined) throw new ApiError("unauthorized");
  await next();
});

/** Lets callers without a key pass, and keys with this ability. */
export function anyoneMay(ability: Ability) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (c.var.caller.kind === "key") refuseWithout(ability, c.var.caller.abilities);
    await next();
  });
}

function refuseWithout(ability: Ability, abilities: ReadonlySet<string>): void {
  if (abilities.has(ability)) return;
  throw new ApiError("forbidden", {
    message: `This key may not ${ability}. Use a key with the ability "${ability}".`,
  });
}
