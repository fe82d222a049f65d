// Holds images against what else is kept of them: the object, the labels, the ledger. Where it is asked to, it mends.
import type { FaultKind, Verified, VerifyQuestion } from "../../../schema/backup.ts";
import { originalKey } from "../../shared/object-keys.ts";
import { ledgerName } from "../accounts/accounting.ts";
import type { Database } from "../database.ts";
import { parsePairs } from "../images/pairs.ts";
import {
  findRows,
  type ImageRow,
  labelsOf,
  markFailed,
  markReady,
  relabel,
  rowsById,
} from "../images/store/index.ts";
import type { Holding } from "../ledger/quota.ts";
import { GRACE_MILLISECONDS } from "../upkeep/sweep.ts";

const PAGE = 100;
/** Each original is read whole. */
const DEEP_PAGE = 10;
export interface VerifiedLedger {
  readonly counted: (ids: readonly string[]) => Promise<Readonly<Record<string, number>>>;
  readonly countedAfter: (id: string, limit: number) => Promise<readonly string[]>;
  readonly restore: (holdings: readonly Holding[]) => Promise<void>;
  readonly correct: (imageId: string, bytes: number) => Promise<void>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
}

export interface Verifying {
  readonly db: Database;
  readonly originals: Pick<R2Bucket, "head" | "get">;
  readonly ledgerNamed: (name: string) => VerifiedLedger;
  readonly now: number;
}

export type Fault = Verified["faults"][number];
/** How it is mended; undefined where only a copy can. */
type Found = { readonly kind: FaultKind; readonly mend?: () => Promise<unknown> };

/** The images behind the one that the cursor names, in the order of their ids. */
export async function verifyImages(
  { cursor, fix, deep }: Omit<VerifyQuestion, "part">,
  context: Verifying,
): Promise<Omit<Verified, "object">> {
  const limit = deep ? DEEP_PAGE : PAGE;
  const rows = await rowsById(context.db, cursor, limit);
  const settled = rows.filter(({ createdAt }) => createdAt < context.now - GRACE_MILLISECONDS);
  const [labels, counted] = await Promise.all([
    labelsOf(
      context.db,
      settled.map(({ id }) => id),
    ),
    countedOf(settled, context),
  ]);
  const faults: Fault[] = [];
  for (const row of settled) {
    const founds = [
      ...(await originalFaults(row, deep, context)),
      ...labelFaults(row, labels.get(row.id) ?? {}, context),
      ...ledgerFaults(row, counted.get(row.id), context),
    ];
    // It may have been changed or deleted meanwhile: what holds for the row as it is now is a fault.
    const [now] = founds.length > 0 ? await findRows(context.db, [row.id]) : [];
    if (!now || now.labels !== row.labels || now.status !== row.status) continue;
    for (const { kind, mend } of founds) {
      const isMended = fix && mend !== undefined;
      if (isMended) await mend();
      faults.push({ id: row.id, kind, fixed: isMended });
    }
  }
  const last = rows.length === limit ? rows.at(-1)?.id : undefined;
  return { examined: settled.length, faults, next_cursor: last ?? null };
}

async function originalFaults(row: ImageRow, deep: boolean, { db, originals }: Verifying): Promise<Found[]> {
  const key = originalKey(row.storage, row.id);
  const object = await originals.head(key);
  if (!object) {
    return row.status === "failed"
      ? []
      : [{ kind: "original_missing", mend: () => markFailed(db, [row.id]) }];
  }
  const isOther = object.size !== row.bytes || (deep && (await sha256Of(originals, key)) !== row.sha256);
  if (isOther) return [{ kind: "original_other" }];
  return row.status === "failed" ? [{ kind: "failed_though_there", mend: () => markReady(db, row.id) }] : [];
}

async function sha256Of(originals: Pick<R2Bucket, "get">, key: string): Promise<string | undefined> {
  const object = await originals.get(key);
  const digest = new crypto.DigestStream("SHA-256");
  await object?.body.pipeTo(digest);
  return object ? new Uint8Array(await digest.digest).toHex() : undefined;
}

function labelFaults(
  { id, accountId, labels }: ImageRow,
  found: Readonly<Record<string, string>>,
  { db }: Verifying,
): Found[] {
  const said = Object.entries(parsePairs(labels));
  const isSame =
    said.length === Object.keys(found).length && said.every(([key, value]) => found[key] === value);
  return isSame ? [] : [{ kind: "labels", mend: () => relabel(db, id, accountId) }];
}

function ledgerFaults(
  { id, accountId, bytes, createdAt }: ImageRow,
  counted: number | undefined,
  { ledgerNamed }: Verifying,
): Found[] {
  const ledger = ledgerNamed(ledgerName(accountId, id));
  if (counted === undefined)
    return [{ kind: "not_counted", mend: () => ledger.restore([{ imageId: id, bytes, at: createdAt }]) }];
  return counted === bytes ? [] : [{ kind: "counted_otherwise", mend: () => ledger.correct(id, bytes) }];
}

async function countedOf(
  rows: readonly ImageRow[],
  { ledgerNamed }: Verifying,
): Promise<ReadonlyMap<string, number>> {
  const byLedger = Map.groupBy(rows, ({ accountId, id }) => ledgerName(accountId, id));
  const found = Array.from(byLedger, ([name, own]) => ledgerNamed(name).counted(own.map(({ id }) => id)));
  return new Map((await Promise.all(found)).flatMap((counted) => Object.entries(counted)));
}
