// Whose account an address is, once a code has shown that the address is theirs; and a new one where that is allowed.
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { randomToken } from "../../../schema/ids.ts";
import { accounts, invitations } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";
import type { Settings } from "../settings.ts";
import { hashSecret } from "./secret.ts";

type AccountRow = typeof accounts.$inferSelect;

export type SignUps = Settings["SIGNUPS"];

interface SigningUp {
  readonly email: string;
  /** The token of an invitation; "" = none. */
  readonly invitation: string;
  readonly signUps: SignUps;
  readonly now: number;
}

/** `refused`: nobody has this address, and it may not sign up, or not with this invitation. */
export type Found =
  | { readonly outcome: "found" | "made"; readonly accountId: string }
  | { readonly outcome: "refused" }
  | { readonly outcome: "suspended" };

export async function findOrSignUp(db: Database, wanted: SigningUp): Promise<Found> {
  const known = await findByEmail(db, wanted.email);
  if (known) return foundOf(known);
  const made = await signUp(db, wanted);
  if (made) return { outcome: "made", accountId: made };
  // Two browsers may sign one address up at once: the second finds what the first made.
  const meanwhile = await findByEmail(db, wanted.email);
  return meanwhile ? foundOf(meanwhile) : { outcome: "refused" };
}

function findByEmail(db: Database, email: string) {
  return db.select().from(accounts).where(eq(accounts.email, email)).get();
}

function foundOf({ id, status }: AccountRow): Found {
  return status === "suspended" ? { outcome: "suspended" } : { outcome: "found", accountId: id };
}

async function signUp(
  db: Database,
  { email, invitation, signUps, now }: SigningUp,
): Promise<string | undefined> {
  if (signUps === "closed") return undefined;
  const row = newAccountRow({ name: email.split("@")[0] ?? email, email }, now);
  if (invitation !== "") {
    const invited = await redeem(db, await hashSecret(invitation), row, now);
    if (invited) return row.id;
  }
  if (signUps !== "open") return undefined;
  const [made] = await db.insert(accounts).values(row).onConflictDoNothing().returning({ id: accounts.id });
  return made?.id;
}

/** What an account begins as. */
export function newAccountRow(of: Pick<typeof accounts.$inferInsert, "name" | "email">, now: number) {
  return { id: randomToken(12), storage: randomToken(6), plan: "free" as const, createdAt: now, ...of };
}

/** In one transaction: the invitation is used once, and then by this account. */
async function redeem(
  db: Database,
  hash: string,
  row: ReturnType<typeof newAccountRow>,
  now: number,
): Promise<boolean> {
  const isGood = and(
    eq(invitations.hash, hash),
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
    // Whoever signed up a moment ago in another browser keeps the invitation.
    sql`not exists (select 1 from ${accounts} where ${accounts.email} = ${row.email})`,
  );
  const account = {
    ...{
      id: sql`${row.id}`.as("id"),
      storage: sql`${row.storage}`.as("storage"),
      name: sql`${row.name}`.as("name"),
    },
    ...{
      plan: invitations.plan,
      status: sql`'active'`.as("status"),
      createdAt: sql`${now}`.as("created_at"),
    },
    ...{
      email: sql`${row.email}`.as("email"),
      operator: sql`0`.as("operator"),
      deletingAt: sql`null`.as("deleting_at"),
    },
  };
  const ours = and(eq(invitations.hash, hash), eq(invitations.usedBy, row.id));
  const [used] = await db.batch([
    db
      .update(invitations)
      .set({ usedAt: now, usedBy: row.id })
      .where(isGood)
      .returning({ id: invitations.id }),
    db.insert(accounts).select(db.select(account).from(invitations).where(ours)),
  ]);
  return used.length > 0;
}
