// The ledger's times and bounds, to the millisecond: when it wakes, what it forgets, how long it makes callers wait.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { randomToken } from "../../schema/ids.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const unlimited = { uploadsPerMonth: null, storageBytes: null };
/** Far ahead, so that no alarm goes off by itself. */
const now = Date.UTC(2099, 4, 31, 12);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const freshLedger = () => env.LEDGER.getByName(`account:${randomToken(12)}`);
type LedgerStub = ReturnType<typeof freshLedger>;
const reservation = (imageId: string, storage = "7c1") => ({
  imageId,
  bytes: 10,
  storage,
  isReserved: false,
});
const alarmOf = (ledger: LedgerStub) =>
  runInDurableObject(ledger, async (_, state) => await state.storage.getAlarm());
const reservationsOf = (ledger: LedgerStub) =>
  runInDurableObject(ledger, (_, state) =>
    state.storage.sql.exec("select image_id, due_at from reservations").toArray(),
  );

describe("an upload under way", () => {
  test("is asked after when it has been silent for half an hour, and not before", async () => {
    const ledger = freshLedger();
    await ledger.reserve(reservation("young001"), unlimited, now);
    expect(await alarmOf(ledger)).toBe(now + 30 * MINUTE);
    vi.setSystemTime(now + 30 * MINUTE - 1);
    await runDurableObjectAlarm(ledger);
    expect(await reservationsOf(ledger)).toHaveLength(1);
    expect(await alarmOf(ledger)).toBe(now + 30 * MINUTE);
    vi.setSystemTime(now + 30 * MINUTE);
    await runDurableObjectAlarm(ledger);
    expect(await reservationsOf(ledger)).toHaveLength(0);
    expect(await alarmOf(ledger)).toBeNull();
  });

  test("that is cancelled counts as none, and is not remembered", async () => {
    const ledger = freshLedger();
    const one = { ...unlimited, uploadsPerMonth: 1 };
    await ledger.reserve(reservation("undone01"), one, now);
    await ledger.cancel("undone01");
    expect(await reservationsOf(ledger)).toEqual([]);
    expect(await ledger.reserve(reservation("undone01"), one, now)).toEqual({ outcome: "reserved" });
    await ledger.commit("undone01", 10, now);
    expect(await ledger.reserve(reservation("second01"), one, now)).toMatchObject({ outcome: "full" });
  });

  test("that is refused wakes nobody", async () => {
    const ledger = freshLedger();
    const { outcome } = await ledger.reserve(reservation("big00001"), { ...unlimited, storageBytes: 9 }, now);
    expect(outcome).not.toBe("reserved");
    expect(await alarmOf(ledger)).toBeNull();
  });

  test("is settled with 49 others in one run of the alarm, and the rest in the next", async () => {
    const ledger = freshLedger();
    for (let count = 0; count < 51; count++)
      await ledger.reserve(reservation(`dead${count}`), unlimited, now - HOUR);
    await runDurableObjectAlarm(ledger);
    expect(await reservationsOf(ledger)).toHaveLength(1);
    await runDurableObjectAlarm(ledger);
    expect(await reservationsOf(ledger)).toHaveLength(0);
  });

  test("that can't be settled waits for five minutes", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const ledger = freshLedger();
    // R2 takes no key of such a length.
    await ledger.reserve(reservation("stuck001", "s".repeat(2_000)), unlimited, now - HOUR);
    await runDurableObjectAlarm(ledger);
    expect(await reservationsOf(ledger)).toEqual([{ image_id: "stuck001", due_at: now + 5 * MINUTE }]);
    expect(await alarmOf(ledger)).toBe(now + 5 * MINUTE);
    expect(logged).toHaveBeenCalledOnce();
  });

  test("deleted before it ended is remembered as long as it might still commit", async () => {
    const ledger = freshLedger();
    await ledger.reserve(reservation("gone0001"), unlimited, now);
    await ledger.remove(["gone0001"]);
    await ledger.commit("gone0001", 10, now);
    expect(await ledger.usage(now)).toEqual({ uploads: 1, images: 0, bytes: 0 });
    vi.setSystemTime(now + 30 * MINUTE - 1);
    await runDurableObjectAlarm(ledger);
    expect(await alarmOf(ledger)).toBe(now + 30 * MINUTE);
    vi.setSystemTime(now + 30 * MINUTE);
    await runDurableObjectAlarm(ledger);
    expect(await alarmOf(ledger)).toBeNull();
  });
});

describe("the hour without a key", () => {
  const policy = { all: { uploads: 3, bytes: 100 }, network: { uploads: 2, bytes: 60 } };
  const spending = (imageId: string, network: string, bytes: number) => ({ imageId, network, bytes });

  test("is over an hour after each upload, to the millisecond", async () => {
    const ledger = freshLedger();
    const take = (imageId: string, network: string, bytes: number, at: number) =>
      ledger.takeHour(spending(imageId, network, bytes), policy, at);
    expect(await take("a", "one", 30, now)).toEqual({ outcome: "taken" });
    expect(await alarmOf(ledger)).toBe(now + HOUR);
    expect(await take("b", "one", 30, now + 1_500)).toEqual({ outcome: "taken" });
    expect(await take("c", "one", 1, now + 2_000)).toEqual({
      outcome: "spent",
      whose: "network",
      retryAfterSeconds: 3_598,
    });
    // For so many bytes both must be an hour old.
    expect(await take("c", "one", 31, now + 2_000)).toMatchObject({ retryAfterSeconds: 3_600 });
    // One second's fraction is a second, and there is no wait of none.
    expect(await take("c", "one", 1, now + HOUR - 1)).toMatchObject({ retryAfterSeconds: 1 });
    expect(await take("c", "one", 31, now + HOUR)).toMatchObject({ retryAfterSeconds: 2 });
    expect(await take("c", "one", 30, now + HOUR)).toEqual({ outcome: "taken" });
  });

  test("is full for all together at their number and their bytes, and for what is too large by itself", async () => {
    const ledger = freshLedger();
    const take = (imageId: string, network: string, bytes: number) =>
      ledger.takeHour(spending(imageId, network, bytes), policy, now);
    expect(await take("a", "one", 61)).toEqual({
      outcome: "spent",
      whose: "network",
      retryAfterSeconds: 3_600,
    });
    expect(await take("a", "one", 60)).toEqual({ outcome: "taken" });
    expect(await take("b", "two", 41)).toMatchObject({ outcome: "spent", whose: "all" });
    expect(await take("b", "two", 39)).toEqual({ outcome: "taken" });
    expect(await take("c", "three", 1)).toEqual({ outcome: "taken" });
    expect(await take("d", "four", 0)).toMatchObject({ outcome: "spent", whose: "all" });
    // The same image again, with its last size.
    expect(await take("c", "three", 2)).toMatchObject({ outcome: "spent" });
    expect(await take("b", "two", 38)).toEqual({ outcome: "taken" });
    await ledger.giveHourBack("a");
    expect(await ledger.hourFigures(now)).toEqual({
      uploads: 2,
      bytes: 39,
      networks: [
        { network: "two", uploads: 1, bytes: 38 },
        { network: "three", uploads: 1, bytes: 1 },
      ],
    });
  });

  test("wakes the ledger until the newest is forgotten, and tells of twenty networks", async () => {
    const ledger = freshLedger();
    const roomy = { all: { uploads: 99, bytes: 999 }, network: { uploads: 9, bytes: 99 } };
    for (let count = 0; count < 21; count++)
      await ledger.takeHour(spending(`i${count}`, `n${count}`, 1), roomy, now + count);
    expect((await ledger.hourFigures(now)).networks).toHaveLength(20);
    vi.setSystemTime(now + HOUR);
    await runDurableObjectAlarm(ledger);
    expect(await alarmOf(ledger)).toBe(now + HOUR + 20);
    expect((await ledger.hourFigures(now + HOUR)).uploads).toBe(20);
    vi.setSystemTime(now + HOUR + 20);
    await runDurableObjectAlarm(ledger);
    expect(await alarmOf(ledger)).toBeNull();
  });
});

describe("an idempotency key", () => {
  const attempt = (name: string) => ({ key: "key", attempt: name, imageId: `image-${name}` });

  test("is held for a minute after the last sign of life", async () => {
    const ledger = freshLedger();
    expect(await ledger.beginKey(attempt("a"), now)).toEqual({ state: "first" });
    expect(await ledger.beginKey(attempt("b"), now + MINUTE - 1)).toEqual({ state: "running" });
    expect(await ledger.renewKey(attempt("a"), null, now + MINUTE - 1)).toBe(true);
    expect(await ledger.beginKey(attempt("b"), now + 2 * MINUTE - 2)).toEqual({ state: "running" });
    expect(await ledger.beginKey(attempt("b"), now + 2 * MINUTE - 1)).toEqual({ state: "first" });
    expect(await ledger.renewKey(attempt("a"), null, now + 2 * MINUTE)).toBe(false);
    expect(await ledger.finishKey(attempt("a"))).toBe(false);
  });

  test("is kept for a day", async () => {
    const ledger = freshLedger();
    await ledger.beginKey(attempt("a"), now);
    expect(await alarmOf(ledger)).toBe(now + 24 * HOUR);
    await ledger.renewKey(attempt("a"), "print", now);
    await ledger.finishKey(attempt("a"));
    const done = { state: "done", imageId: "image-a", fingerprint: "print" };
    expect(await ledger.beginKey(attempt("b"), now + 24 * HOUR - 1)).toEqual(done);
    vi.setSystemTime(now + 24 * HOUR - 1);
    await runDurableObjectAlarm(ledger);
    expect(await alarmOf(ledger)).toBe(now + 24 * HOUR);
    expect(await ledger.beginKey(attempt("b"), now + 24 * HOUR)).toEqual({ state: "first" });
    expect(await ledger.abandonKey(attempt("b"))).toBe(true);
    expect(await ledger.abandonKey(attempt("b"))).toBe(false);
  });
});

describe("rates", () => {
  const day = { name: "day", limit: 2, windowSeconds: 86_400 };
  const hour = { name: "hour", limit: 1, windowSeconds: 3_600 };

  test("of hours and days are counted in every window or in none, and forgotten at their end", async () => {
    const ledger = freshLedger();
    const take = (at: number) => ledger.takeLongRate("caller", [day, hour], at);
    expect(await take(now)).toEqual({ allowed: true, policy: hour, remaining: 0, resetSeconds: 3_600 });
    expect(await alarmOf(ledger)).toBe(now + 24 * HOUR);
    expect(await take(now + 1)).toEqual({ allowed: false, policy: hour, remaining: 0, resetSeconds: 3_600 });
    expect(await take(now + HOUR - 1)).toMatchObject({ allowed: false, resetSeconds: 1 });
    // Of two that are as tight the first is told.
    expect(await take(now + HOUR)).toEqual({
      allowed: true,
      policy: day,
      remaining: 0,
      resetSeconds: 82_800,
    });
    expect(await take(now + HOUR)).toEqual({
      allowed: false,
      policy: day,
      remaining: 0,
      resetSeconds: 82_800,
    });
    expect(await take(now + 24 * HOUR)).toMatchObject({ allowed: true });
    vi.setSystemTime(now + 24 * HOUR);
    await runDurableObjectAlarm(ledger);
    expect(await alarmOf(ledger)).toBe(now + 48 * HOUR);
  });

  test("of a minute are kept for 10,000 callers at once", async () => {
    const minute = { name: "minute", limit: 1, windowSeconds: 60 };
    const answers = await runInDurableObject(freshLedger(), (ledger) => {
      const isAllowed = (caller: string) => ledger.takeShortRate(caller, [minute], now).allowed;
      const first = isAllowed("one");
      for (let count = 1; count < 10_000; count++) isAllowed(`caller${count}`);
      const full = isAllowed("one");
      isAllowed("one too many");
      return [first, full, isAllowed("one")];
    });
    expect(answers).toEqual([true, false, true]);
  });
});
