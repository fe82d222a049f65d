// `/operator/invitations`: links by which an operator lets people sign up.
import type { Context } from "hono";
import * as z from "zod";
import { planNames } from "../../../../schema/plans.ts";
import { invite, listInvitations, revokeInvitation } from "../../accounts/invitations.ts";
import { openDatabase } from "../../database.ts";
import { InvitationsPage } from "../../pages/account/invitations-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import type { MemberEnv } from "../app-env.ts";
import { readMember, requireMember, requireOperator } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

export const invitations = createMemberPages();

const PATH = "/operator/invitations";

const formSchema = z.object({
  note: z.string().trim().max(200),
  plan: z.enum(planNames).exclude(["anonymous"]),
  days: z.coerce.number().int().min(1).max(365),
});

invitations.use(`${PATH}/*`, readMember, requireMember, requireOperator);

invitations.get(PATH, (c) => page(c));

// Answered with the page itself: the link is shown once.
invitations.post(PATH, ownForm, async (c) => {
  const wanted = formSchema.safeParse(Object.fromEntries(c.var.form));
  if (!wanted.success) return page(c, { problem: "Choose a plan and a number of days from 1 to 365." });
  const token = await invite(openDatabase(c.env.DB), wanted.data, Date.now());
  return page(c, { link: `${c.var.origins.page}/sign-up?invitation=${token}` });
});

invitations.post(`${PATH}/revoke`, ownForm, async (c) => {
  await revokeInvitation(openDatabase(c.env.DB), c.var.form.get("invitation") ?? "", Date.now());
  return c.redirect(PATH, 303);
});

interface News {
  readonly link?: string;
  readonly problem?: string;
}

async function page(c: Context<MemberEnv>, { link, problem }: News = {}): Promise<Response> {
  const now = Date.now();
  const rows = await listInvitations(openDatabase(c.env.DB));
  const lines = rows.map(({ id, note, plan, createdAt, expiresAt, revokedAt, usedAt }) => {
    const state = usedAt ? "used" : revokedAt ? "revoked" : expiresAt <= now ? "expired" : "open";
    return { id, note, plan, createdAt, expiresAt, state } as const;
  });
  const { SIGNUPS: signUps } = c.var.settings;
  const shown = { invitations: lines, signUps, link: link ?? null, problem: problem ?? null };
  const status = problem ? 422 : link ? 201 : 200;
  return htmlAnswer(<InvitationsPage visitor={visitorOf(c.var)} {...shown} />, { status });
}
