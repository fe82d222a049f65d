// Makes room for new images without a key by deleting the oldest, where the operator wants that.
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import type { LedgerStub } from "../accounts/accounting.ts";
import { type PoolPart, readPoolParts } from "../accounts/anonymous-pool.ts";
import { deleteImages } from "../images/delete-images.ts";
import { oldestImages } from "../images/store/index.ts";
import type { Settings } from "../settings.ts";
import type { Finishing } from "./outbox.ts";

/** A part of the pool that is fuller is emptied down to the lower one: a day's uploads find room between two runs. */
const NEARLY_FULL = 0.9;
const ROOMY = 0.85;
/** A run must end within its time; the next minute goes on. */
const BATCH = 100;

interface MakingRoom extends Omit<Finishing, "ledgerNamed"> {
  readonly settings: Settings;
  readonly ledgerNamed: (name: string) => Pick<LedgerStub, "remove" | "usage" | "hourFigures">;
  readonly now: number;
}

/** Says how many images went. Blocked ones stay: they are the operator's to delete. */
export async function makeRoom(context: MakingRoom): Promise<number> {
  const { ANONYMOUS_EVICTION, ANONYMOUS_STORAGE_BYTES } = context.settings;
  // Without storage there are no uploads to make room for. A value that makes no sense counts so, too, and must delete nothing.
  if (ANONYMOUS_EVICTION === "off" || ANONYMOUS_STORAGE_BYTES === 0) return 0;
  let count = 0;
  for (const part of await readPoolParts(context)) {
    if (part.usage.bytes <= part.limitBytes * NEARLY_FULL) continue;
    const ids = await oldestOf(part, context);
    if (ids.length > 0) await deleteImages(ids, { ...context, accountId: ANONYMOUS_ACCOUNT });
    count += ids.length;
  }
  return count;
}

/** As many of the oldest as it takes, at most one batch. */
async function oldestOf(
  { firstLetters, usage, limitBytes }: PoolPart,
  { db }: MakingRoom,
): Promise<string[]> {
  const oldest = await oldestImages(db, ANONYMOUS_ACCOUNT, firstLetters, BATCH);
  const ids: string[] = [];
  let left = usage.bytes - limitBytes * ROOMY;
  for (const { id, bytes } of oldest) {
    if (left <= 0) break;
    ids.push(id);
    left -= bytes;
  }
  return ids;
}
