// `/setup`: whoever holds the deployment's setup token becomes its operator, once.
import type { Context } from "hono";
import { isVisible } from "../../../shared/visible.ts";
import { addressLedgerName } from "../../accounts/accounting.ts";
import { claim, isClaimed } from "../../accounts/claim.ts";
import { isSame } from "../../accounts/is-same.ts";
import { openDatabase } from "../../database.ts";
import { hourly } from "../../ledger/rate.ts";
import { ClaimedPage, NoSetupPage, SetupPage } from "../../pages/account/setup-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import type { AppEnv } from "../app-env.ts";
import { callerAddress } from "../caller-address.ts";
import { startSessionHere } from "../enter.ts";
import { fromHere } from "../middleware/own-form.ts";
import { waitInWords } from "../sending.ts";
import { createPages } from "./page-router.ts";

export const setup = createPages();

/** Of one address: a token of 16 characters is not found that way. */
const TRIES_PER_HOUR = 10;
const MAX_NAME_LENGTH = 100;

setup.get("/setup", async (c) => {
  const { SETUP_TOKEN } = c.var.settings;
  if (!SETUP_TOKEN) return htmlAnswer(<NoSetupPage />, { status: 404 });
  if (await isClaimed(openDatabase(c.env.DB), SETUP_TOKEN)) return claimedBefore();
  return form(c.req.query("token") ?? "");
});

setup.post("/setup", fromHere, async (c) => {
  const { SETUP_TOKEN } = c.var.settings;
  if (!SETUP_TOKEN) return htmlAnswer(<NoSetupPage />, { status: 404 });
  const given = c.var.form.get("token")?.trim() ?? "";
  const name = c.var.form.get("name")?.trim().slice(0, MAX_NAME_LENGTH) ?? "";
  const wait = await secondsToWait(c);
  if (wait !== undefined) {
    const answer = await form(given, {
      problem: `Too many tries. Try again ${waitInWords(wait)}.`,
      status: 429,
    });
    answer.headers.set("Retry-After", String(wait));
    return answer;
  }
  if (!(await isSame(given, SETUP_TOKEN)))
    return form("", { problem: "That is not this deployment's setup token.", status: 403 });
  const accountId = await claim(
    openDatabase(c.env.DB),
    SETUP_TOKEN,
    isVisible(name) ? name : "Operator",
    Date.now(),
  );
  if (accountId === undefined) return claimedBefore();
  await startSessionHere(c, accountId);
  return c.redirect("/account", 303);
});

async function secondsToWait(c: Context<AppEnv>): Promise<number | undefined> {
  const ledger = c.env.LEDGER.getByName(addressLedgerName(callerAddress(c.req.raw)));
  const { allowed, resetSeconds } = await ledger.takeLongRate("setup", [hourly(TRIES_PER_HOUR)], Date.now());
  return allowed ? undefined : resetSeconds;
}

function form(
  token: string,
  {
    problem = null,
    status = 200,
  }: { readonly problem?: string | null; readonly status?: 200 | 403 | 429 } = {},
): Promise<Response> {
  return htmlAnswer(<SetupPage token={token} problem={problem} />, { status });
}

const claimedBefore = () => htmlAnswer(<ClaimedPage />, { status: 409 });
