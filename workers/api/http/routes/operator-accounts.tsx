// `/operator/accounts`: who is here, on which plan, and who may not go on. `/operator/figures`: how much there is of everything.
import type { Context } from "hono";
import { accountChangeSchema } from "../../../../schema/admin.ts";
import { plans } from "../../../../schema/plans.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { accountLedgerName } from "../../accounts/accounting.ts";
import { type AccountRow, changeAccount } from "../../accounts/change-account.ts";
import { findAccount, findAccounts } from "../../accounts/find-accounts.ts";
import { openDatabase } from "../../database.ts";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { OperatedAccountPage } from "../../pages/operator/account-page.tsx";
import { type AccountOnPage, AccountsPage } from "../../pages/operator/accounts-page.tsx";
import { FiguresPage } from "../../pages/operator/figures-page.tsx";
import { COUNTED_AT_MOST, readFigures } from "../../upkeep/figures.ts";
import { invalid } from "../../validation.ts";
import type { MemberEnv } from "../app-env.ts";
import { readMember, requireMember, requireOperator } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { parseOperatorCursor, printOperatorCursor } from "../operator-cursor.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

/** Each asks the account's ledger. */
const ACCOUNTS_A_PAGE = 20;
/** The longest e-mail address. */
const MAX_WORDS = 254;

export const operatorAccounts = createMemberPages();

operatorAccounts.use("/operator/accounts/*", readMember, requireMember, requireOperator);
operatorAccounts.use("/operator/figures", readMember, requireMember, requireOperator);

operatorAccounts.get("/operator/accounts", async (c) => {
  const words = (c.req.query("find") ?? "").slice(0, MAX_WORDS);
  const search = { words, before: parseOperatorCursor(c.req.query("before")), limit: ACCOUNTS_A_PAGE };
  const { rows, next } = await findAccounts(openDatabase(c.env.DB), search);
  const accounts = await Promise.all(rows.map((row) => onPage(c, row)));
  const older =
    next && `/operator/accounts?${new URLSearchParams({ find: words, before: printOperatorCursor(next) })}`;
  return htmlAnswer(
    <AccountsPage visitor={visitorOf(c.var)} {...{ words, accounts, next: older ?? null }} />,
  );
});

operatorAccounts.get("/operator/accounts/:id", async (c) => {
  const row = await findAccount(openDatabase(c.env.DB), c.req.param("id"));
  if (!row) throw new ApiError("not_found", { message: "There is no such account." });
  const said = c.req.query("did") === "change" ? "The account is changed." : undefined;
  const props = { account: await onPage(c, row), limits: plans[row.plan], isOwn: isOwn(c, row.id), said };
  return htmlAnswer(<OperatedAccountPage visitor={visitorOf(c.var)} {...props} />);
});

operatorAccounts.post("/operator/accounts/:id", ownForm, async (c) => {
  const id = c.req.param("id");
  const [status, plan] = [c.var.form.get("status"), c.var.form.get("plan")];
  const changes = accountChangeSchema.safeParse({ ...(status && { status }), ...(plan && { plan }) });
  if (!changes.success) throw invalid(changes.error);
  if (changes.data.status === "suspended" && isOwn(c, id)) {
    throw new ApiError("forbidden", {
      message: "Nobody can suspend the account that they are signed in to.",
    });
  }
  await changeAccount(openDatabase(c.env.DB), id, changes.data);
  return c.redirect(`/operator/accounts/${encodeURIComponent(id)}?did=change`, 303);
});

operatorAccounts.get("/operator/figures", async (c) => {
  const { settings } = c.var;
  const ledgerNamed = (name: string) => c.env.LEDGER.getByName(name);
  const figures = await readFigures({ db: openDatabase(c.env.DB), settings, ledgerNamed, now: Date.now() });
  const props = { ...figures, countedAtMost: COUNTED_AT_MOST };
  return htmlAnswer(<FiguresPage visitor={visitorOf(c.var)} figures={props} />);
});

const isOwn = (c: Context<MemberEnv>, id: string): boolean => c.var.member.account.id === id;

async function onPage(c: Context<MemberEnv>, row: AccountRow): Promise<AccountOnPage> {
  return { ...row, used: await c.env.LEDGER.getByName(accountLedgerName(row.id)).usage(Date.now()) };
}
