// Looks at stored originals once more, after an engine update: their facts and what their objects promise become today's.
import { createFactsReader, type ImageFacts } from "../../shared/image-facts.ts";
import { logError } from "../../shared/log.ts";
import type { Looked, LookQuestion } from "../../shared/looked.ts";
import { originalKey } from "../../shared/object-keys.ts";
import type { Database } from "../database.ts";
import { lookFacts, seenBy, untransformable } from "./looked-row.ts";
import { questionOf, settleLook, settleUnlooked } from "./settle-look.ts";
import { findRows, type ImageRow, looksBehind } from "./store/index.ts";

/** How many images a call passes over to find such as an older engine looked at. */
const SCANNED_A_CALL = 2_000;

export interface Reexamine {
  readonly db: Database;
  readonly originals: Pick<R2Bucket, "get">;
  readonly ask: (question: LookQuestion) => Promise<Looked>;
  /** Today's. */
  readonly engine: number;
  readonly now: number;
}

export interface Reexamined {
  readonly examined: number;
  /** Ids of those that are other than they were. */
  readonly changed: readonly string[];
  /** Ids of those of which nothing could be found out: their originals are lost, or a look failed. */
  readonly failed: readonly string[];
  /** Src has no time: go on in a moment. */
  readonly isBusy: boolean;
  /** Where the next call goes on; null at the end. */
  readonly nextCursor: string | null;
}

/** The next images behind the cursor that no look of this engine has seen, at most `limit` of them. */
export async function reexamine(cursor: string, limit: number, context: Reexamine): Promise<Reexamined> {
  const { db, engine } = context;
  const scanned = await looksBehind(db, cursor, SCANNED_A_CALL);
  const old = scanned.filter(({ lookedBy }) => lookedBy === null || lookedBy < engine).slice(0, limit);
  const changed: string[] = [];
  const failed: string[] = [];
  let last = cursor;
  let examined = 0;
  for (const row of await findRows(
    db,
    old.map(({ id }) => id),
  )) {
    const result = await examine(row, context);
    if (result === "busy") return { examined, changed, failed, isBusy: true, nextCursor: last };
    examined++;
    if (result === "failed") failed.push(row.id);
    if (result === "changed") changed.push(row.id);
    last = row.id;
  }
  const isEnd = old.length < limit && scanned.length < SCANNED_A_CALL;
  const end = old.length < limit ? (scanned.at(-1)?.id ?? last) : last;
  return { examined, changed, failed, isBusy: false, nextCursor: isEnd ? null : end };
}

async function examine(row: ImageRow, context: Reexamine): Promise<"same" | "changed" | "failed" | "busy"> {
  const { db, ask, originals, engine, now } = context;
  try {
    const object = await originals.get(originalKey(row.storage, row.id));
    if (!object) return "failed";
    const found = await factsIn(object.body);
    // What today's walk would refuse was accepted once, and keeps the facts it had.
    const fresh = found ? { ...row, facts: JSON.stringify(found) } : row;
    const known = untransformable(lookFacts(fresh));
    if (known) {
      const unlooked = { facts: fresh.facts, reason: known, engine };
      return (await settleUnlooked(db, row, unlooked, now)) ? "changed" : "same";
    }
    const looked = await ask(questionOf(fresh));
    if (looked.outcome === "later") return "busy";
    const seen = seenBy(looked);
    if (!seen) return "failed";
    return (await settleLook(db, row, seen, now, fresh.facts)) ? "changed" : "same";
  } catch (error) {
    logError("an image could not be examined", error, { image: row.id });
    return "failed";
  }
}

async function factsIn(body: ReadableStream<Uint8Array>): Promise<ImageFacts | undefined> {
  const reader = createFactsReader();
  for await (const chunk of body) reader.push(chunk);
  const result = reader.end();
  return result.kind === "image" ? result.facts : undefined;
}
