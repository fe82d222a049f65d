// What the key's account has used of its plan.
import { createRoute } from "@hono/zod-openapi";
import { usageSchema } from "../../../../schema/api.ts";
import { accountLedgerName, limitsOf } from "../../accounts/accounting.ts";
import { toUsage } from "../../accounts/usage.ts";
import { keyMay } from "../middleware/credentials.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { bearer, json, refusals } from "./declare.ts";
import { createRouter } from "./router.ts";

export const usage = createRouter();

const usageRoute = createRoute({
  method: "get",
  path: "/v1/usage",
  tags: ["Usage"],
  operationId: "getUsage",
  summary: "What is used of the plan",
  security: bearer,
  middleware: [keyMay("read"), rateLimit] as const,
  responses: { 200: json(usageSchema, "Exact, and a delete shows at once"), ...refusals },
});

usage.openapi(usageRoute, async (c) => {
  const { account } = c.var.caller;
  const now = Date.now();
  const used = await c.env.LEDGER.getByName(accountLedgerName(account.id)).usage(now);
  return c.json(toUsage(account, limitsOf(account, c.var.settings), used, now), 200);
});
