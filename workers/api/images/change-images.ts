// Changes images: all fields in one transaction, merged by the database so that two changes at once both hold.
import { and, inArray, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type Changes, MAX_PAIRS } from "../../../schema/fields.ts";
import { imageLabels, images, outbox } from "../../../schema/tables.ts";
import { ApiError } from "../../shared/api-error.ts";
import { failingAs } from "../failing-as.ts";
import { type Finishing, finishWork } from "../upkeep/outbox.ts";
import { newExpiry, toColumns } from "./changed-columns.ts";
import { areOwn, type ImageRow, insertLabels, isAlive } from "./image-rows.ts";
import { parsePairs } from "./pairs.ts";

interface ChangeImages extends Finishing {
  readonly accountId: string;
  readonly now: number;
}

/** What became of each id: its changed row, or why it was not changed. */
export interface ChangeOutcome {
  readonly id: string;
  readonly row?: ImageRow;
  readonly error?: ApiError;
}

/** At most 100 ids. */
export async function changeImages(
  ids: readonly string[],
  changes: Changes,
  context: ChangeImages,
): Promise<readonly ChangeOutcome[]> {
  const { db, accountId, now } = context;
  const expiresAt = newExpiry(changes, now);
  const found = await db.select().from(images).where(areOwn(ids, accountId));
  const changeable = found.filter((row) => isAlive(row, now) && row.status !== "blocked");
  const changed = await failingAs("update_failed", () => updateAll(changeable, changes, expiresAt, context));
  const work = isServedDifferently(changes) ? changed.map(toPurge) : [];
  if (work.length > 0) await finishWork(work, context);
  const isChanged = new Set(changed.map(({ id }) => id));
  // Between the look and the change an image may have been deleted or blocked: only a second look tells why it was not changed.
  const isRefused = changeable.filter(({ id }) => !isChanged.has(id)).map(({ id }) => id);
  const seenAgain =
    isRefused.length === 0 ? [] : await db.select().from(images).where(areOwn(isRefused, accountId));
  return ids.map((id) => {
    const row = changed.find((one) => one.id === id);
    const last = (isRefused.includes(id) ? seenAgain : found).find((one) => one.id === id);
    return row ? { id, row } : { id, error: refusalFor(last, changes, now) };
  });
}

/** The expiry is in the headers of cached answers, the metadata in their bytes. */
function isServedDifferently({ ttl, expires_at, hidden_metadata }: Changes): boolean {
  return ttl !== undefined || expires_at !== undefined || hidden_metadata !== undefined;
}

/** All updates, their labels and the purges that they need, or none of it. */
async function updateAll(
  rows: readonly ImageRow[],
  changes: Changes,
  expiresAt: number | null | undefined,
  { db, accountId, now }: ChangeImages,
): Promise<readonly ImageRow[]> {
  const updates = rows.map(({ id }) =>
    db
      .update(images)
      .set(toColumns(changes, expiresAt, now))
      .where(
        and(
          areOwn([id], accountId),
          sql`${images.status} <> 'blocked'`,
          sql`(select count(*) from json_each(json_patch(${images.labels}, ${JSON.stringify(changes.labels ?? {})}))) <= ${MAX_PAIRS}`,
          sql`(select count(*) from json_each(json_patch(${images.metadata}, ${JSON.stringify(changes.metadata ?? {})}))) <= ${MAX_PAIRS}`,
        ),
      )
      .returning(),
  );
  const [first, ...others] = updates;
  if (!first) return [];
  const ids = rows.map(({ id }) => id);
  const after: BatchItem<"sqlite">[] = [];
  if (changes.labels) {
    after.push(db.delete(imageLabels).where(areOwnLabels(ids, accountId)));
    after.push(...ids.map((id) => insertLabels(db, id, accountId)));
  }
  if (isServedDifferently(changes)) {
    const purges = rows.map((row) => ({ ...toPurge(row), dueAt: now }));
    after.push(...purges.map((purge) => db.insert(outbox).values(purge).onConflictDoNothing()));
  }
  const results = await db.batch([first, ...others, ...after]);
  return results.slice(0, updates.length).flat();
}

function toPurge({ id, accountId, storage }: ImageRow) {
  return { imageId: id, kind: "purge" as const, accountId, storage };
}

function refusalFor(before: ImageRow | undefined, changes: Changes, now: number): ApiError {
  if (!before || !isAlive(before, now)) return new ApiError("not_found");
  if (before.status === "blocked") return new ApiError("media_locked");
  const tooMany = [`At most ${MAX_PAIRS} entries, those that are there included.`];
  const isTooMuch = {
    labels: wouldBeTooMany(before.labels, changes.labels),
    metadata: wouldBeTooMany(before.metadata, changes.metadata),
  };
  // Neither, where another change has made room meanwhile: then both are named.
  const isNeither = !isTooMuch.labels && !isTooMuch.metadata;
  return new ApiError("validation_error", {
    details: {
      ...((isTooMuch.labels || isNeither) && { labels: tooMany }),
      ...((isTooMuch.metadata || isNeither) && { metadata: tooMany }),
    },
  });
}

function wouldBeTooMany(stored: string, changes: Changes["labels"] = {}): boolean {
  const merged = Object.entries({ ...parsePairs(stored), ...changes });
  return merged.filter(([, value]) => value !== null).length > MAX_PAIRS;
}

/** By the index on images; the plus keeps SQLite from going over all labels of the account. Ids are one parameter: D1 binds at most 100. */
function areOwnLabels(ids: readonly string[], accountId: string) {
  const among = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  return and(inArray(imageLabels.imageId, among), sql`+${imageLabels.accountId} = ${accountId}`);
}
