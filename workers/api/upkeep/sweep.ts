// Walks over R2 and D1 side by side and mends what no other cleaning has seen: objects without rows, rows without objects, and what was made
// by an older engine.
import { eq } from "drizzle-orm";
import { walks } from "../../../schema/tables.ts";
import { logError } from "../../shared/log.ts";
import { engineOfMade, isMaster, originalKey, ownerOf, placeOf } from "../../shared/object-keys.ts";
import { knownStorages } from "../accounts/known-storages.ts";
import type { Database } from "../database.ts";
import { markFailed, rowsFrom } from "../images/store/index.ts";
import { addToTally, type Counted } from "./tally.ts";

const WALK = "sweep";
const PAGE = 1_000;
/** Lost originals are looked for one by one, and a run may only ask R2 so often; the next walk finds the others. */
const LOST_A_PAGE = 100;
/** Younger ones may belong to an upload that is still between R2, D1 and its ledger. */
export const GRACE_MILLISECONDS = 3_600_000;

interface Sweep {
  readonly db: Database;
  readonly originals: R2Bucket;
  /** Src's, as it is today. */
  readonly engine: () => Promise<number>;
  readonly now: number;
}

export interface Swept {
  readonly objectsRemoved: number;
  /** Images whose original is lost: they answer `media_failed` from now on. */
  readonly imagesFailed: number;
}

/** Looks at the next page of both, in the order of R2's keys, and remembers where it came to. */
export async function sweepPage({ db, originals, engine, now }: Sweep): Promise<Swept> {
  const [walk] = await db.select().from(walks).where(eq(walks.name, WALK));
  const start = walk?.cursor ?? "";
  const listed = await originals.list({ limit: PAGE, ...(start && { startAfter: start }) });
  const rows = await rowsAt(db, start);
  const end = endOfPage(
    listed.truncated ? listed.objects.at(-1)?.key : undefined,
    rows.length === PAGE ? rows.at(-1)?.key : undefined,
  );
  const isOnPage = ({ key }: { readonly key: string }) => key > start && (end === undefined || key <= end);
  const objects = listed.objects.filter(isOnPage);
  const rowKeys = new Set(rows.map(({ key }) => key));
  const objectKeys = new Set(objects.map(({ key }) => key));

  const old = objects.filter(({ uploaded }) => uploaded.getTime() < now - GRACE_MILLISECONDS);
  const withoutRow = old.flatMap(({ key }) => {
    const owner = ownerOf(key);
    return owner && !rowKeys.has(originalKey(owner.storage, owner.id)) ? [{ key, ...owner }] : [];
  });
  // Whoever gave us a bucket that held something may have called it as we do.
  const known = await knownStorages(
    db,
    withoutRow.map(({ storage }) => storage),
  );
  const orphans = withoutRow.filter(({ storage }) => known.has(storage));
  const outdated = await outdatedOf(old, engine);
  const withoutMaster = new Set(rows.filter(({ master }) => master === null).map(({ key }) => key));
  const untold = old.filter(({ key }) => {
    const owner = isMaster(key) && ownerOf(key);
    return owner && withoutMaster.has(originalKey(owner.storage, owner.id));
  });
  const removed = new Set([...[...orphans, ...untold].map(({ key }) => key), ...outdated]);
  if (removed.size > 0) await originals.delete([...removed]);
  const bereft = rows.filter(
    (row) => isOnPage(row) && !objectKeys.has(row.key) && row.createdAt < now - GRACE_MILLISECONDS,
  );
  const lost = await reallyLost(bereft.slice(0, LOST_A_PAGE), originals);
  if (lost.length > 0) await markFailed(db, lost);

  await addToTally(db, rows.filter(isOnPage), { isEnd: end === undefined, now });

  const cursor = end ?? "";
  await db
    .insert(walks)
    .values({ name: WALK, cursor })
    .onConflictDoUpdate({ target: walks.name, set: { cursor } });
  return { objectsRemoved: removed.size, imagesFailed: lost.length };
}

/** Renders and masters of an older engine: nothing asks for their names any more. Src is only asked where there are any. */
async function outdatedOf(
  objects: readonly { readonly key: string }[],
  engine: () => Promise<number>,
): Promise<readonly string[]> {
  const kept = objects.flatMap(({ key }) => {
    const madeBy = engineOfMade(key);
    return madeBy === undefined || !ownerOf(key) ? [] : [{ key, madeBy }];
  });
  if (kept.length === 0) return [];
  const today = await engine().catch((error) => {
    logError("src did not tell its engine; old renders stay until the next walk", error);
    return 0;
  });
  return kept.filter(({ madeBy }) => madeBy < today).map(({ key }) => key);
}

interface RowKey extends Counted {
  readonly id: string;
  readonly master: string | null;
  readonly key: string;
}

/** The rows of a page, and first the one to which the page's first objects may belong although its original came on the page before. */
async function rowsAt(db: Database, start: string): Promise<readonly RowKey[]> {
  const rows = await rowsFrom(db, placeOf(start), PAGE);
  return rows.map((row) => ({ ...row, key: originalKey(row.storage, row.id) }));
}

/** The page ends where the shorter of the two ends; undefined when both came to their end. */
function endOfPage(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

/** The list may be older than the rows, so each is asked for once more. */
async function reallyLost(rows: readonly RowKey[], originals: R2Bucket): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const { id, key } of rows) if ((await originals.head(key)) === null) lost.push(id);
  return lost;
}
