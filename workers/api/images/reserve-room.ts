// Room in the ledger for one upload, or the refusal that says which limit is reached.
import type { PlanLimits } from "../../../schema/plans.ts";
import { ApiError } from "../../shared/api-error.ts";
import type { Account } from "../accounts/account.ts";
import type { LedgerStub } from "../accounts/accounting.ts";
import type { HourOutcome } from "../ledger/hour.ts";
import type { LedgerUsage, Reservation } from "../ledger/quota.ts";
import type { Undo } from "./undo.ts";

export interface Room {
  readonly account: Account;
  readonly limits: PlanLimits;
  readonly ledger: Pick<LedgerStub, "reserve" | "release">;
  /** What callers without a key may store in an hour; undefined for those with one. */
  readonly hour: HourBudget | undefined;
  readonly undo: Undo;
  readonly clock: () => number;
}

/** The budget of the caller's network and of all networks together. */
export interface HourBudget {
  readonly take: (imageId: string, bytes: number) => Promise<HourOutcome>;
  readonly giveBack: (imageId: string) => Promise<void>;
}

/** Reserves; asked again for the same image, it sets the exact size. */
export async function reserveRoom(room: Room, reservation: Reservation): Promise<void> {
  if (room.hour) await takeHour(room.hour, room.undo, reservation);
  room.undo.add(() => room.ledger.release(reservation.imageId));
  const result = await room.ledger.reserve(reservation, room.limits, room.clock());
  // One chance in millions of millions; the sender's retry draws another id.
  if (result.outcome === "taken") throw new ApiError("upload_failed");
  if (result.outcome === "full") throw quotaExceeded(room, result.limit, result.usage);
}

async function takeHour(hour: HourBudget, undo: Undo, { imageId, bytes }: Reservation): Promise<void> {
  undo.add(() => hour.giveBack(imageId));
  const result = await hour.take(imageId, bytes);
  if (result.outcome === "taken") return;
  const who = result.whose === "network" ? "from your network" : "of everybody";
  throw new ApiError("rate_limited", {
    message: `The uploads without a key ${who} have reached what may be stored in an hour. Wait, or upload with a key.`,
    action: { type: "signup", label: "Upload with a key of your own", retry_after: result.retryAfterSeconds },
  });
}

function quotaExceeded(
  { account, limits }: Room,
  limit: "uploads" | "storage",
  usage: LedgerUsage,
): ApiError {
  const isAnonymous = account.plan === "anonymous";
  const full =
    limit === "uploads" ? "This month's uploads are used up." : "The storage has no room for this file.";
  return new ApiError("quota_exceeded", {
    message: isAnonymous ? "The room for uploads without a key is used up." : full,
    action: isAnonymous
      ? { type: "signup", label: "Upload with a key of your own" }
      : { type: "upgrade", label: "Move to a larger plan" },
    usage: {
      plan: account.plan,
      uploads_used: usage.uploads,
      uploads_limit: limits.uploadsPerMonth,
      storage_used_bytes: usage.bytes,
      storage_limit_bytes: limits.storageBytes,
    },
  });
}
