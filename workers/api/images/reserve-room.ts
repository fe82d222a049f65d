// Room in the ledger for one upload, or the refusal that says which limit is reached.
import type { PlanLimits } from "../../../schema/plans.ts";
import { ApiError } from "../../shared/api-error.ts";
import type { Account } from "../accounts/account.ts";
import type { LedgerStub } from "../accounts/accounting.ts";
import type { LedgerUsage, Reservation } from "../ledger/quota.ts";
import type { Undo } from "./undo.ts";

export interface Room {
  readonly account: Account;
  readonly limits: PlanLimits;
  readonly ledger: Pick<LedgerStub, "reserve" | "release">;
  readonly undo: Undo;
  readonly clock: () => number;
}

/** Reserves; asked again for the same image, it sets the exact size. */
export async function reserveRoom(room: Room, reservation: Reservation): Promise<void> {
  room.undo.add(() => room.ledger.release(reservation.imageId));
  const result = await room.ledger.reserve(reservation, room.limits, room.clock());
  // One chance in millions of millions; the sender's retry draws another id.
  if (result.outcome === "taken") throw new ApiError("upload_failed");
  if (result.outcome === "full") throw quotaExceeded(room, result.limit, result.usage);
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
