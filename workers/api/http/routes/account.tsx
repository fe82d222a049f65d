// One's own account: `/account`, its name, its sessions, its export, its end, and the way out.
import { logError } from "../../../shared/log.ts";
import { isVisible } from "../../../shared/visible.ts";
import { beginDeletion, MAX_NAME_LENGTH, renameAccount } from "../../accounts/change-own.ts";
import { endOtherSessions, endSession } from "../../accounts/sessions.ts";
import { openDatabase } from "../../database.ts";
import { exportImages } from "../../images/export-images.ts";
import { SignOutPage } from "../../pages/account/sign-out-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { deleteAccount } from "../../upkeep/delete-accounts.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import { accountPage } from "../account-page.tsx";
import { sessionCookie } from "../cookies.ts";
import { takePace } from "../member-pace.ts";
import { DELETION_PATH, readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { codesOf } from "../sending.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

export const account = createMemberPages();

account.use("/account/*", readMember, requireMember);

account.get("/account", (c) => accountPage(c));

account.post("/account/name", ownForm, async (c) => {
  const name = c.var.form.get("name")?.trim() ?? "";
  if (!isVisible(name) || name.length > MAX_NAME_LENGTH)
    return accountPage(c, { problem: `A name has 1 to ${MAX_NAME_LENGTH} letters.`, status: 422 });
  await takePace(c, "names");
  await renameAccount(openDatabase(c.env.DB), c.var.member.account.id, name);
  return c.redirect("/account", 303);
});

account.post("/account/sessions/end", ownForm, async (c) => {
  const { member, form } = c.var;
  await endSession(openDatabase(c.env.DB), member.account.id, form.get("session") ?? "");
  return c.redirect("/account#sessions", 303);
});

account.post("/account/sessions/end-others", ownForm, async (c) => {
  const { member } = c.var;
  await endOtherSessions(openDatabase(c.env.DB), member.account.id, member.sessionId);
  return c.redirect("/account#sessions", 303);
});

account.get("/account/export", async (c) => {
  await takePace(c, "exports");
  const { account, name, email } = c.var.member;
  const now = Date.now();
  const head = {
    object: "export",
    exported_at: new Date(now).toISOString(),
    account: { id: account.id, name, email, plan: account.plan, storage: account.storage },
  };
  const db = openDatabase(c.env.DB);
  const body = exportImages({ db, accountId: account.id, origins: c.var.origins, now, head });
  return new Response(body, {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": 'attachment; filename="edgepix-export.json"',
    },
  });
});

account.post("/account/delete", ownForm, async (c) => {
  const { member, form } = c.var;
  if (form.get("confirm")?.trim().toLowerCase() !== "delete")
    return accountPage(c, { problem: "Nothing was deleted: type the word delete to confirm.", status: 422 });
  const now = Date.now();
  await beginDeletion(openDatabase(c.env.DB), member, now);
  c.executionCtx.waitUntil(forgetBrowsers(c.env, member.email));
  // A small account is gone in a moment; the cron has the rest.
  const context = { ...finishingWith(c.env), now };
  c.executionCtx.waitUntil(deleteAccount(member.account.id, 1, context).catch(() => undefined));
  return c.redirect(DELETION_PATH, 303);
});

/** They only spared the owner a wait: an end that fails here goes on, and they are over by themselves. */
async function forgetBrowsers(env: ApiEnv, email: string | null): Promise<void> {
  if (email === null) return;
  await codesOf(env)(email)
    .forgetBrowsers()
    .catch((error: unknown) => logError("the browsers of an address were not forgotten", error));
}

account.get("/sign-out", readMember, async (c) =>
  c.var.member ? htmlAnswer(<SignOutPage visitor={visitorOf(c.var)} />) : c.redirect("/", 303),
);

// Who is suspended may leave, too.
account.post(
  "/sign-out",
  readMember,
  async (c, next) => {
    if (c.var.member === null) return c.redirect("/", 303);
    return next();
  },
  ownForm,
  async (c) => {
    const { member } = c.var;
    await endSession(openDatabase(c.env.DB), member.account.id, member.sessionId);
    sessionCookie.clear(c);
    return c.redirect("/", 303);
  },
);
