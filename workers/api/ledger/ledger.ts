// The Durable Object that counts: one for each account, so that its limits are exact under any concurrency.
import { DurableObject } from "cloudflare:workers";
import * as quota from "./quota.ts";
import { forgetOldWindows, type RateOutcome, type RatePolicy, takeRate } from "./rate.ts";
import { nextSettlement, settleReservations } from "./settle.ts";
import { createLedgerTables } from "./tables.ts";

/** Quota reservations, stored bytes and rates of one account. Every method is safe to repeat. */
export class Ledger extends DurableObject<ApiEnv> {
  readonly #sql: SqlStorage;

  constructor(state: DurableObjectState, env: ApiEnv) {
    super(state, env);
    this.#sql = state.storage.sql;
    createLedgerTables(this.#sql);
  }

  /** Takes room for one upload; repeated with the exact size once that is known. */
  async reserve(
    reservation: quota.Reservation,
    limits: quota.QuotaLimits,
    now: number,
  ): Promise<quota.ReserveOutcome> {
    const outcome = quota.reserve(this.#sql, reservation, limits, now);
    if (outcome.outcome === "reserved") await this.#wakeBy(now + quota.RESERVATION_MILLISECONDS);
    return outcome;
  }

  /** Remembers the unfinished multipart upload of a reservation, so that a crash does not leave it in R2. */
  noteUpload(imageId: string, uploadId: string): void {
    this.#sql.exec("update reservations set upload_id = ? where image_id = ?", uploadId, imageId);
  }

  commit(imageId: string, bytes: number, now: number): void {
    this.ctx.storage.transactionSync(() => quota.commit(this.#sql, imageId, bytes, now));
  }

  release(imageId: string): void {
    quota.release(this.#sql, imageId);
  }

  remove(imageIds: readonly string[]): void {
    this.ctx.storage.transactionSync(() => {
      for (const imageId of imageIds) quota.remove(this.#sql, imageId);
    });
  }

  usage(now: number): quota.LedgerUsage {
    return quota.readUsage(this.#sql, now);
  }

  takeRate(caller: string, policies: readonly RatePolicy[], now: number): RateOutcome | undefined {
    return takeRate(this.#sql, caller, policies, now);
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    forgetOldWindows(this.#sql, now);
    await settleReservations({ sql: this.#sql, db: this.env.DB, originals: this.env.ORIGINALS, now });
    const next = nextSettlement(this.#sql);
    if (next !== undefined) await this.#wakeBy(next);
  }

  async #wakeBy(time: number): Promise<void> {
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > time) await this.ctx.storage.setAlarm(time);
  }
}
