// The Durable Object that counts: one for each account, so that its limits are exact under any concurrency.
import { DurableObject } from "cloudflare:workers";
import { openDatabase } from "../database.ts";
import { hasRow } from "../images/store/index.ts";
import * as hour from "./hour.ts";
import { type Attempt, IdempotencyKeys, KEPT_MILLISECONDS, type KeyState } from "./idempotency.ts";
import { migrateLedger } from "./migrate.ts";
import { ledgerMigrations } from "./migrations/index.ts";
import * as parts from "./parts.ts";
import * as quota from "./quota.ts";
import { type RateOutcome, type RatePolicy, type RateWindow, takeRate } from "./rate.ts";
import { nextSettlement, settleReservations } from "./settle.ts";
import { StoredWindows } from "./stored-windows.ts";

/** Far more keys than an account has; a bound all the same. */
const MAX_SHORT_WINDOWS = 10_000;

type Policies = readonly [RatePolicy, ...RatePolicy[]];

/** Quota reservations, stored bytes and rates of one account. Every method of quotas is safe to repeat. */
export class Ledger extends DurableObject<ApiEnv> {
  readonly #sql: SqlStorage;
  readonly #storedWindows: StoredWindows;
  readonly #keys: IdempotencyKeys;
  /** Windows of a minute may be lost when the object sleeps: it only sleeps when nobody calls. */
  readonly #shortWindows = new Map<string, RateWindow>();

  constructor(state: DurableObjectState, env: ApiEnv) {
    super(state, env);
    this.#sql = state.storage.sql;
    state.blockConcurrencyWhile(() => migrateLedger(state.storage, ledgerMigrations));
    this.#storedWindows = new StoredWindows(this.#sql);
    this.#keys = new IdempotencyKeys(this.#sql);
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

  /**
   * Begins R2's multipart upload of a reservation, and answers its id. Whoever asks may die while he waits: the upload is noted before he
   * hears of it, and ended with its reservation.
   */
  async beginParts(imageId: string): Promise<string> {
    const begun = parts.begin(this.#parts, imageId);
    // Goes on without its asker.
    this.ctx.waitUntil(begun.catch(() => undefined));
    return begun;
  }

  get #parts(): parts.Parts {
    return { sql: this.#sql, originals: this.env.ORIGINALS };
  }

  commit(imageId: string, bytes: number, now: number): void {
    this.ctx.storage.transactionSync(() => quota.commit(this.#sql, imageId, bytes, now));
  }

  remove(imageIds: readonly string[]): void {
    this.ctx.storage.transactionSync(() => {
      for (const imageId of imageIds) quota.remove(this.#sql, imageId);
    });
  }

  usage(now: number): quota.LedgerUsage {
    return quota.readUsage(this.#sql, now);
  }

  /** Counts images of a copy, each in the month of its upload. Safe to repeat. */
  restore(holdings: readonly quota.Holding[]): void {
    this.ctx.storage.transactionSync(() => {
      for (const { imageId, bytes, at } of holdings) quota.commit(this.#sql, imageId, bytes, at);
    });
  }

  counted(ids: readonly string[]): Readonly<Record<string, number>> {
    return quota.counted(this.#sql, ids);
  }

  countedAfter(id: string, limit: number): readonly string[] {
    return quota.countedAfter(this.#sql, id, limit);
  }

  correct(imageId: string, bytes: number): void {
    this.ctx.storage.transactionSync(() => quota.correct(this.#sql, imageId, bytes));
  }

  /** What is used now, and the uploads of the last so many months. */
  history(months: number, now: number): quota.LedgerUsage & { readonly months: quota.MonthOfUploads[] } {
    return { ...quota.readUsage(this.#sql, now), months: quota.readMonths(this.#sql, months, now) };
  }

  /** Gives back the room of an upload that stored nothing; its parts go too. */
  async release(imageId: string): Promise<void> {
    await parts.abort(this.#parts, imageId);
    quota.release(this.#sql, imageId);
  }

  /** Undoes an upload whatever it had reached: neither its storage nor its upload stays counted. */
  cancel(imageId: string): void {
    this.ctx.storage.transactionSync(() => quota.cancel(this.#sql, imageId));
  }

  /** Counts an upload without a key against the last hour; repeated with the exact size once that is known. */
  async takeHour(spending: hour.Spending, policy: hour.HourPolicy, now: number): Promise<hour.HourOutcome> {
    const outcome = this.ctx.storage.transactionSync(() => hour.takeHour(this.#sql, spending, policy, now));
    if (outcome.outcome === "taken") await this.#wakeBy(now + hour.HOUR_MILLISECONDS);
    return outcome;
  }

  giveHourBack(imageId: string): void {
    hour.giveHourBack(this.#sql, imageId);
  }

  hourFigures(now: number): hour.HourFigures {
    return hour.readHour(this.#sql, now);
  }

  /** Counts a call of a key against windows of at most a minute. */
  takeShortRate(caller: string, policies: Policies, now: number): RateOutcome {
    if (this.#shortWindows.size > MAX_SHORT_WINDOWS) this.#shortWindows.clear();
    return takeRate(this.#shortWindows, caller, policies, now);
  }

  /** Counts a call of an address against windows of hours and days. */
  async takeLongRate(caller: string, policies: Policies, now: number): Promise<RateOutcome> {
    const outcome = takeRate(this.#storedWindows, caller, policies, now);
    const lastEnd = this.#storedWindows.lastEnd();
    if (lastEnd !== undefined) await this.#wakeBy(lastEnd);
    return outcome;
  }

  /** Takes an idempotency key. A dead holder is asked after in D1: its image exists, or the key is free again. */
  async beginKey(attempt: Attempt, now: number): Promise<KeyState> {
    const dead = this.#keys.deadHold(attempt.key, now);
    if (dead?.fingerprint && (await hasRow(openDatabase(this.env.DB), dead.image_id)))
      this.#keys.finish(attempt.key, dead.attempt);
    else if (dead) this.#keys.abandon(attempt.key, dead.attempt);
    const state = this.#keys.begin(attempt, now);
    await this.#wakeBy(now + KEPT_MILLISECONDS);
    return state;
  }

  renewKey(attempt: Attempt, fingerprint: string | null, now: number): boolean {
    return this.#keys.renew(attempt, fingerprint, now);
  }

  finishKey({ key, attempt }: Attempt): boolean {
    return this.#keys.finish(key, attempt);
  }

  abandonKey({ key, attempt }: Attempt): boolean {
    return this.#keys.abandon(key, attempt);
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#storedWindows.prune(now);
    this.#keys.prune(now);
    hour.pruneHour(this.#sql, now);
    await settleReservations({
      sql: this.#sql,
      db: openDatabase(this.env.DB),
      originals: this.env.ORIGINALS,
      now,
    });
    const next =
      nextSettlement(this.#sql) ??
      this.#storedWindows.lastEnd() ??
      this.#keys.lastEnd() ??
      hour.hourEnd(this.#sql);
    if (next !== undefined) await this.#wakeBy(next);
  }

  async #wakeBy(time: number): Promise<void> {
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > time) await this.ctx.storage.setAlarm(time);
  }
}
