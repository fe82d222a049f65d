// A look at an image whose row is there already: what it found goes into the row, and caches forget what changed.
import type { LookQuestion } from "../../shared/looked.ts";
import { isServedAsItIs } from "../../shared/shown-as.ts";
import type { Database } from "../database.ts";
import { columnsOf, columnsWithout, type LookColumns, lookFacts, type Seen } from "./looked-row.ts";
import { dropLook, type ImageRow, storeLook } from "./store/index.ts";

export function questionOf({ storage, id, bytes, format, facts }: ImageRow): LookQuestion {
  return { storage, id, bytes, format, facts };
}

/** `facts`: fresh ones, where they were read again. Says whether anything is other than it was. */
export function settleLook(
  db: Database,
  row: ImageRow,
  seen: Seen,
  now: number,
  facts = row.facts,
): Promise<boolean> {
  return settle(db, row, columnsOf(seen, lookFacts({ facts }), now), now, facts);
}

/** Of an original that several looks have not come to an end of. What an earlier one has seen stays; a newer engine tries again. */
export async function giveUpLooking(db: Database, row: ImageRow, now: number): Promise<boolean> {
  if (row.lookedBy !== null) {
    await dropLook(db, row);
    return false;
  }
  const reason = "The picture could not be read in several attempts.";
  return settle(db, row, columnsWithout(reason, lookFacts(row), null), now, row.facts);
}

/** Of an original that need not be looked at: its facts say why it is not transformed. */
export function settleUnlooked(
  db: Database,
  row: ImageRow,
  { facts, reason, engine }: { readonly facts: string; readonly reason: string; readonly engine: number },
  now: number,
): Promise<boolean> {
  return settle(db, row, columnsWithout(reason, lookFacts({ facts }), engine), now, facts);
}

async function settle(
  db: Database,
  row: ImageRow,
  columns: LookColumns,
  now: number,
  facts: string,
): Promise<boolean> {
  // Its URL would answer an error for ever: then it says so itself.
  const isUsable = columns.transformable || isServedAsItIs(lookFacts({ facts }));
  return storeLook(db, row, { ...columns, facts, isUsable }, now);
}
