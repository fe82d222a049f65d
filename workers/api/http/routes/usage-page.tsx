// What the member's account has used, at `/usage`.
import { accountLedgerName, limitsOf } from "../../accounts/accounting.ts";
import { toUsage } from "../../accounts/usage.ts";
import { UsagePage } from "../../pages/dashboard/usage-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

const MONTHS = 12;

export const usagePage = createMemberPages();

usagePage.use("/usage/*", readMember, requireMember);

usagePage.get("/usage", async (c) => {
  const { account } = c.var.member;
  const { settings } = c.var;
  const now = Date.now();
  const limits = limitsOf(account, settings);
  // A copy: what comes over RPC is a stub's.
  const { months, ...used } = await c.env.LEDGER.getByName(accountLedgerName(account.id)).history(
    MONTHS,
    now,
  );
  const usage = toUsage(account, limits, used, now);
  return htmlAnswer(
    <UsagePage visitor={visitorOf(c.var)} usage={usage} months={months} maxFileBytes={limits.maxFileBytes} />,
  );
});
