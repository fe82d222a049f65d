// Changes images: all fields of all of them, or none, and says of each that is not changed why.
import { type Changes, MAX_PAIRS } from "../../../schema/fields.ts";
import { isAlive } from "../../shared/alive.ts";
import { ApiError } from "../../shared/api-error.ts";
import { failingAs } from "../failing-as.ts";
import { type Finishing, finishWork, type Purge } from "../upkeep/outbox.ts";
import { newExpiry } from "./new-expiry.ts";
import { parsePairs } from "./pairs.ts";
import { findOwnRows, type ImageRow, updateImages } from "./store/index.ts";

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
): Promise<{ readonly outcomes: readonly ChangeOutcome[]; readonly purge: Purge }> {
  const { db, accountId, now } = context;
  const expiresAt = newExpiry(changes, now);
  const found = await findOwnRows(db, ids, accountId);
  const changeable = found.filter((row) => isAlive(row, now) && row.status !== "blocked");
  const purges = isServedDifferently(changes);
  const update = { accountId, changes, expiresAt, purges, now };
  const changed = await failingAs("update_failed", () => updateImages(db, changeable, update));
  const work = purges ? changed.map((row) => toPurge(row, now)) : [];
  const purge = await finishWork(work, context, now);
  const isChanged = new Set(changed.map(({ id }) => id));
  // Between the look and the change an image may have been deleted or blocked: only a second look tells why it was not changed.
  const isRefused = changeable.filter(({ id }) => !isChanged.has(id)).map(({ id }) => id);
  const seenAgain = isRefused.length === 0 ? [] : await findOwnRows(db, isRefused, accountId);
  const outcomes = ids.map((id) => {
    const row = changed.find((one) => one.id === id);
    const last = (isRefused.includes(id) ? seenAgain : found).find((one) => one.id === id);
    return row ? { id, row } : { id, error: refusalFor(last, changes, now) };
  });
  return { outcomes, purge };
}

/** The expiry is in the headers of cached answers, the metadata in their bytes. */
function isServedDifferently({ ttl, expires_at, hidden_metadata }: Changes): boolean {
  return ttl !== undefined || expires_at !== undefined || hidden_metadata !== undefined;
}

function toPurge({ id, accountId, storage }: ImageRow, dueAt: number) {
  return { imageId: id, kind: "purge" as const, accountId, storage, dueAt };
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
