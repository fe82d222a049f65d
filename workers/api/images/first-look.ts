// The first look at a file's pixels, before its row is written: what nobody can see is refused, the rest gets the truth into its row.
import type { ImageFacts } from "../../shared/image-facts.ts";
import { logError } from "../../shared/log.ts";
import type { Looked, LookQuestion } from "../../shared/looked.ts";
import { isServedAsItIs } from "../../shared/shown-as.ts";
import { within } from "../../shared/within.ts";
import type { Database } from "../database.ts";
import { invalid } from "../validation.ts";
import { columnsOf, columnsWithout, isOfNoUse, notesBefore, seenBy, untransformable } from "./looked-row.ts";
import { questionOf, settleLook } from "./settle-look.ts";
import type { ImageRow } from "./store/index.ts";

/** An ordinary photo takes a tenth of it. An upload is not held up for longer … */
const PATIENCE_MILLISECONDS = 1_500;
/** … unless nothing but a render could show it: then we want to know. */
const LONG_PATIENCE_MILLISECONDS = 10_000;
/** When the cron looks, where this look does not come to an end. */
const AGAIN_AFTER_MILLISECONDS = 60_000;

export interface Looking {
  /** Src's look. */
  readonly ask: (question: LookQuestion) => Promise<Looked>;
  /** Lets work go on after the answer. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** For how long there will be no time, in milliseconds. */
export const pauseOf = (looked: Looked | undefined): number =>
  looked?.outcome === "later" ? (looked.afterSeconds ?? 0) * 1_000 : 0;

export interface LookedRow {
  readonly row: ImageRow;
  /** To be called when the row is written: what the look finds later is then stored. */
  readonly follow: (db: Database) => void;
}

/**
 * The row with what src sees, or with the time of the next look where that takes too long or fails. Throws a 422 for a file that nobody can
 * see.
 */
export async function lookFirst(
  drawn: ImageRow,
  facts: ImageFacts,
  looking: Looking,
  now: number,
): Promise<LookedRow> {
  const known = untransformable(facts);
  if (known) {
    if (!isServedAsItIs(facts)) throw invalid({ file: [known] });
    return { row: { ...drawn, ...columnsWithout(known, facts, null) }, follow: () => undefined };
  }
  const look = looking.ask(questionOf(drawn)).catch((error): Looked => {
    logError("a first look failed; the cron will look", error, { image: drawn.id });
    return { outcome: "failed" };
  });
  const patience = isServedAsItIs(facts) ? PATIENCE_MILLISECONDS : LONG_PATIENCE_MILLISECONDS;
  const looked = await within(patience, look);
  const seen = looked && seenBy(looked);
  if (seen) {
    if (isOfNoUse(seen, facts)) throw invalid({ file: [seen.reason] });
    return { row: { ...drawn, ...columnsOf(seen, facts, now) }, follow: () => undefined };
  }
  const lookAttempts = looked?.outcome === "later" ? 0 : 1;
  const lookDueAt = now + Math.max(AGAIN_AFTER_MILLISECONDS, pauseOf(looked));
  const row = { ...drawn, lookDueAt, lookAttempts, notes: notesBefore(facts) };
  const later = async (db: Database) => {
    const late = seenBy(await look);
    if (late) await settleLook(db, row, late, now);
  };
  const follow = (db: Database) => {
    if (looked) return;
    looking.waitUntil(
      later(db).catch((error) => logError("a late look was lost; the cron will look", error)),
    );
  };
  return { row, follow };
}
