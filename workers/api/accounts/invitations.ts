// Links by which an operator lets people sign up.
import { and, desc, eq, isNull } from "drizzle-orm";
import { randomToken } from "../../../schema/ids.ts";
import type { PlanName } from "../../../schema/plans.ts";
import { invitations } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import { hashSecret, newSecret } from "./secret.ts";

const LISTED = 200;

export type InvitationRow = typeof invitations.$inferSelect;

interface Wanted {
  readonly note: string;
  readonly plan: PlanName;
  readonly days: number;
}

/** Answers the link's token, which can't be shown again. */
export async function invite(db: Database, { note, plan, days }: Wanted, now: number): Promise<string> {
  const token = newSecret();
  const expiresAt = now + days * 86_400_000;
  const row = { id: randomToken(12), hash: await hashSecret(token), note, plan, createdAt: now, expiresAt };
  await db.insert(invitations).values(row);
  return token;
}

/** The newest first. */
export async function listInvitations(db: Database): Promise<readonly InvitationRow[]> {
  return db
    .select()
    .from(invitations)
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(LISTED);
}

/** A used one stays used. */
export async function revokeInvitation(db: Database, id: string, now: number): Promise<void> {
  const isOpen = and(eq(invitations.id, id), isNull(invitations.usedAt), isNull(invitations.revokedAt));
  await db.update(invitations).set({ revokedAt: now }).where(isOpen);
}
