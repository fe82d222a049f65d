// Holds ledgers against the rows: an image that is gone must not count any more.
import { asc, gt } from "drizzle-orm";
import type { Verified, VerifyQuestion } from "../../../schema/backup.ts";
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { accounts } from "../../../schema/tables.ts";
import { accountLedgerName, poolParts } from "../accounts/accounting.ts";
import type { Database } from "../database.ts";
import { missingAmong } from "../images/store/index.ts";
import type { Verifying } from "./verify-images.ts";

const PAGE = 1_000;

/** The cursor is `{ledger} {the image that was seen last}`; empty at the beginning. */
export async function verifyLedgers(
  { cursor, fix }: Omit<VerifyQuestion, "part">,
  { db, ledgerNamed }: Verifying,
): Promise<Omit<Verified, "object">> {
  const [name = poolParts[0]?.ledgerName ?? "", after = ""] = cursor === "" ? [] : cursor.split(" ");
  const ledger = ledgerNamed(name);
  const counted = await ledger.countedAfter(after, PAGE);
  const gone = await missingAmong(db, counted);
  if (fix && gone.length > 0) await ledger.remove(gone);
  const last = counted.length === PAGE ? counted.at(-1) : undefined;
  const next = last === undefined ? await ledgerAfter(db, name) : name;
  return {
    examined: counted.length,
    faults: gone.map((id) => ({ id, kind: "counted_without_row" as const, fixed: fix })),
    next_cursor: next === undefined ? null : `${next} ${last ?? ""}`,
  };
}

/** First the parts of the anonymous pool, then one for each account. */
async function ledgerAfter(db: Database, name: string): Promise<string | undefined> {
  const at = poolParts.findIndex((part) => part.ledgerName === name);
  const nextPart = at < 0 ? undefined : poolParts[at + 1];
  if (nextPart) return nextPart.ledgerName;
  const seen = at < 0 ? name.slice(accountLedgerName("").length) : "";
  const following = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(gt(accounts.id, seen))
    .orderBy(asc(accounts.id))
    .limit(2);
  const next = following.find(({ id }) => id !== ANONYMOUS_ACCOUNT);
  return next && accountLedgerName(next.id);
}
