// Lets only the operator pass: whoever knows ADMIN_TOKEN. Without that secret there are no such addresses.
import { createMiddleware } from "hono/factory";
import { ApiError } from "../../../shared/api-error.ts";
import { isSame } from "../../accounts/is-same.ts";
import type { AppEnv } from "../app-env.ts";

export const operatorOnly = createMiddleware<AppEnv>(async (c, next) => {
  const { ADMIN_TOKEN } = c.var.settings;
  if (!ADMIN_TOKEN) throw new ApiError("not_found");
  const given = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
  if (!(await isSame(given, ADMIN_TOKEN))) {
    throw new ApiError("unauthorized", {
      message: "This is not the operator's token: send ADMIN_TOKEN as `Authorization: Bearer …`.",
    });
  }
  await next();
});
