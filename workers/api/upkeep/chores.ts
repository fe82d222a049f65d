// What the cron does every minute, in bounded pieces: the next minute goes on where this one stops.
import { logError } from "../../shared/log.ts";
import type { LookQuestion } from "../../shared/looked.ts";
import { forgetOver } from "../accounts/forget-over.ts";
import { expireImages } from "../images/delete-images.ts";
import { deleteOldReports } from "../images/store/index.ts";
import { readSettings } from "../settings.ts";
import { deleteAccounts } from "./delete-accounts.ts";
import { finishingWith } from "./finishing.ts";
import { makeRoom } from "./make-room.ts";
import { finishDue, takeDueWork } from "./outbox.ts";
import { lookOwed } from "./owed-looks.ts";
import { sweepPage } from "./sweep.ts";

const EXPIRED_BATCHES = 10;
/** Of 100 images each, of accounts that are being deleted. */
const ACCOUNT_BATCHES = 5;
/** Each asks R2 what else there is of the image, and a run may only ask so often. */
const DELETIONS = 1_000;
const OLD_REPORTS = 500;
/** Purges are rationed, so all that are due go together … */
const PURGES = 5_000;
/** … but the second may ask R2 once more. */
const SECOND_PURGES = 1_000;

/** One chore that fails does not stop the others. */
export async function runChores(env: ApiEnv, now: number): Promise<void> {
  const context = { ...finishingWith(env), now };
  await attempt("expire images", () => expireImages(EXPIRED_BATCHES, context));
  await attempt("make room", () => makeRoom({ ...context, settings: readSettings(env) }));
  await attempt("delete accounts", () => deleteAccounts(ACCOUNT_BATCHES, context));
  await attempt("forget old sessions", () => forgetOver(context.db, now));
  await attempt("finish the outbox", async () => {
    const deletions = await takeDueWork(context.db, ["delete"], DELETIONS, now);
    const purges = await takeDueWork(context.db, ["purge"], PURGES, now);
    const seconds = await takeDueWork(context.db, ["purge-again"], SECOND_PURGES, now);
    await finishDue([...deletions, ...purges, ...seconds], context, now);
  });
  const ask = async (question: LookQuestion) => env.SRC.look(question);
  await attempt("look at originals", () => lookOwed({ ...context, ask }));
  await attempt("forget old reports", () => deleteOldReports(context.db, OLD_REPORTS, now));
  await attempt("sweep", () => sweepPage(context));
}

async function attempt(chore: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logError("a chore failed; it is tried again in a minute", error, { chore });
  }
}
