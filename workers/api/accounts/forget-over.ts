// Sessions and questions to passkeys that count no more.
import { lte } from "drizzle-orm";
import { passkeyChallenges, sessions } from "../../../schema/tables.ts";
import type { Database } from "../database.ts";

export async function forgetOver(db: Database, now: number): Promise<void> {
  await db.batch([
    db.delete(sessions).where(lte(sessions.expiresAt, now)),
    db.delete(passkeyChallenges).where(lte(passkeyChallenges.expiresAt, now)),
  ]);
}
