// Looks at originals whose first look failed or came to no end: one after the other, and never for long.
import { logError } from "../../shared/log.ts";
import type { Looked, LookQuestion } from "../../shared/looked.ts";
import type { Database } from "../database.ts";
import { pauseOf } from "../images/first-look.ts";
import { seenBy } from "../images/looked-row.ts";
import { giveUpLooking, questionOf, settleLook } from "../images/settle-look.ts";
import { type ImageRow, putLookBack, takeDueLook } from "../images/store/index.ts";

const MOST_A_RUN = 20;
/** Each look ends within src's own limits; no other is begun after this. */
const RUN_MILLISECONDS = 20_000;
/** Attempts of which nobody heard again. At four times the pause each, the last comes after a day: src was not only down for a while. */
const MOST_ATTEMPTS = 6;

export interface OwedLooks {
  readonly db: Database;
  readonly ask: (question: LookQuestion) => Promise<Looked>;
  readonly now: number;
}

/** Says how many came to an end. */
export async function lookOwed(context: OwedLooks): Promise<number> {
  const { db, now } = context;
  const startedAt = Date.now();
  for (let done = 0; done < MOST_A_RUN && Date.now() - startedAt < RUN_MILLISECONDS; done++) {
    const row = await takeDueLook(db, now);
    if (!row || !(await lookAgain(row, context))) return done;
  }
  return MOST_A_RUN;
}

/** False where src has no time. */
async function lookAgain(row: ImageRow, { db, ask, now }: OwedLooks): Promise<boolean> {
  if (row.lookAttempts >= MOST_ATTEMPTS) {
    await giveUpLooking(db, row, now);
    return true;
  }
  const looked = await ask(questionOf(row)).catch((error): Looked => {
    logError("a look failed; it is tried again later", error, { image: row.id });
    return { outcome: "failed" };
  });
  const seen = seenBy(looked);
  if (seen) await settleLook(db, row, seen, now);
  if (looked.outcome === "later") await putLookBack(db, row, now + pauseOf(looked));
  // Who may not be looked at in this hour holds up nobody else.
  return looked.outcome !== "later" || looked.afterSeconds !== undefined;
}
