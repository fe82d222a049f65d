// What the cron does every minute, in bounded pieces: the next minute goes on where this one stops.
import { logError } from "../../shared/log.ts";
import type { LookQuestion } from "../../shared/looked.ts";
import { expireImages } from "../images/delete-images.ts";
import { readSettings } from "../settings.ts";
import { finishingWith } from "./finishing.ts";
import { makeRoom } from "./make-room.ts";
import { finishWork, takeDueWork } from "./outbox.ts";
import { lookOwed } from "./owed-looks.ts";
import { sweepPage } from "./sweep.ts";

const EXPIRED_BATCHES = 10;
const OUTBOX_BATCHES = 10;
/** As many cache tags as one purge takes. */
const WORK_A_BATCH = 100;

/** One chore that fails does not stop the others. */
export async function runChores(env: ApiEnv, now: number): Promise<void> {
  const context = { ...finishingWith(env), now };
  await attempt("expire images", () => expireImages(EXPIRED_BATCHES, context));
  await attempt("make room", () => makeRoom({ ...context, settings: readSettings(env) }));
  await attempt("finish the outbox", async () => {
    for (let batch = 0; batch < OUTBOX_BATCHES; batch++) {
      const work = await takeDueWork(context.db, WORK_A_BATCH, now);
      if (work.length === 0) break;
      await finishWork(work, context);
    }
  });
  const ask = async (question: LookQuestion) => env.SRC.look(question);
  await attempt("look at originals", () => lookOwed({ ...context, ask }));
  await attempt("sweep", () => sweepPage(context));
}

async function attempt(chore: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logError("a chore failed; it is tried again in a minute", error, { chore });
  }
}
