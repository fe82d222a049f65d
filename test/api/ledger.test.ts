// The ledger: limits hold under any concurrency, and its alarm settles what a crash left.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { randomToken } from "../../schema/ids.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";

const unlimited = { uploadsPerMonth: null, storageBytes: null };
const may = Date.UTC(2026, 4, 31, 23, 59);
const june = Date.UTC(2026, 5, 1);

const freshLedger = () => env.LEDGER.getByName(`account:${randomToken(12)}`);
const reservation = (imageId: string, bytes = 10) => ({ imageId, bytes, storage: "7c1", isReserved: false });

/** Lets time pass: every reservation is now due. */
const makeDue = (ledger: DurableObjectStub) =>
  runInDurableObject(ledger, (_, state) => {
    state.storage.sql.exec("update reservations set due_at = 0");
  });

test("1,000 uploads at once against a limit of 100 admit exactly 100", async () => {
  const ledger = freshLedger();
  const limits = { uploadsPerMonth: 100, storageBytes: null };
  const outcomes = await Promise.all(
    Array.from({ length: 1_000 }, async (_, n) => {
      const imageId = `image${n}`;
      const { outcome } = await ledger.reserve(reservation(imageId), limits, may);
      if (outcome === "reserved") await ledger.commit(imageId, 10, may);
      return outcome;
    }),
  );
  expect(outcomes.filter((outcome) => outcome === "reserved")).toHaveLength(100);
  expect(await ledger.usage(may)).toEqual({ uploads: 100, images: 100, bytes: 1_000 });
});

test("Storage is held to its limit to the byte, uploads under way included", async () => {
  const ledger = freshLedger();
  const limits = { uploadsPerMonth: null, storageBytes: 100 };
  expect(await ledger.reserve(reservation("a", 60), limits, may)).toMatchObject({ outcome: "reserved" });
  expect(await ledger.reserve(reservation("b", 41), limits, may)).toMatchObject({
    outcome: "full",
    limit: "storage",
  });
  expect(await ledger.reserve(reservation("c", 40), limits, may)).toMatchObject({ outcome: "reserved" });
  const larger = { ...reservation("a", 61), isReserved: true };
  expect(await ledger.reserve(larger, limits, may)).toMatchObject({ outcome: "full" });
  await ledger.release("c");
  expect(await ledger.reserve(larger, limits, may)).toMatchObject({ outcome: "reserved" });
});

test("A new UTC month gives new uploads and keeps the storage", async () => {
  const ledger = freshLedger();
  const limits = { uploadsPerMonth: 1, storageBytes: null };
  await ledger.reserve(reservation("a"), limits, may);
  // An upload that began in May counts in May, even when it ends in June.
  await ledger.commit("a", 10, june);
  expect(await ledger.reserve(reservation("b"), limits, may)).toMatchObject({
    outcome: "full",
    limit: "uploads",
  });
  expect(await ledger.usage(june)).toEqual({ uploads: 0, images: 1, bytes: 10 });
  expect(await ledger.reserve(reservation("b"), limits, june)).toMatchObject({ outcome: "reserved" });
});

test("Removing an image frees its storage at once and keeps its upload counted; repeating changes nothing", async () => {
  const ledger = freshLedger();
  await ledger.reserve(reservation("a"), unlimited, may);
  for (let time = 0; time < 2; time++) await ledger.commit("a", 10, may);
  expect(await ledger.usage(may)).toEqual({ uploads: 1, images: 1, bytes: 10 });
  for (let time = 0; time < 2; time++) await ledger.remove(["a"]);
  expect(await ledger.usage(may)).toEqual({ uploads: 1, images: 0, bytes: 0 });
});

test("An id that is in use, or about to be, is not given out again", async () => {
  const ledger = freshLedger();
  await ledger.reserve(reservation("a"), unlimited, may);
  expect(await ledger.reserve(reservation("a"), unlimited, may)).toEqual({ outcome: "taken" });
  await ledger.commit("a", 10, may);
  expect(await ledger.reserve(reservation("a"), unlimited, may)).toEqual({ outcome: "taken" });
});

test("What was reserved and committed survives an eviction at every point", async () => {
  const ledger = freshLedger();
  const limits = { uploadsPerMonth: 1, storageBytes: null };
  await ledger.reserve(reservation("a"), limits, may);
  await evictDurableObject(ledger);
  expect(await ledger.reserve(reservation("b"), limits, may)).toMatchObject({ outcome: "full" });
  await ledger.commit("a", 10, may);
  await evictDurableObject(ledger);
  expect(await ledger.usage(may)).toEqual({ uploads: 1, images: 1, bytes: 10 });
});

test("The alarm releases an upload that died before its row, and takes its object and parts away", async () => {
  const account = await makeAccount();
  const ledger = env.LEDGER.getByName(`account:${account.id}`);
  const now = Date.now();
  await ledger.reserve({ ...reservation("dead0001"), storage: account.storage }, unlimited, now);
  await env.ORIGINALS.put(`${account.storage}/dead0001`, "bytes");
  await ledger.reserve({ ...reservation("dead0002"), storage: account.storage }, unlimited, now);
  const uploadId = await ledger.beginParts("dead0002");
  const upload = env.ORIGINALS.resumeMultipartUpload(`${account.storage}/dead0002`, uploadId);
  await makeDue(ledger);
  await evictDurableObject(ledger);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect(await leftoversOf(account)).toEqual(nothing);
  await expect(upload.uploadPart(1, "late")).rejects.toThrow("10024");
});

test("The alarm commits an upload that died after its row", async () => {
  const account = await makeAccount();
  const ledger = env.LEDGER.getByName(`account:${account.id}`);
  const body = await fixtureBytes("coffee.jpg");
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const created = await call("/v1/images", { method: "POST", body, headers });
  const { id } = await created.json<{ id: string }>();
  // As if the commit had never come: the row and the object are there, the ledger only has a reservation.
  await ledger.cancel(id);
  await ledger.reserve({ ...reservation(id), storage: account.storage }, unlimited, Date.now());
  await makeDue(ledger);
  expect(await runDurableObjectAlarm(ledger)).toBe(true);
  expect(await leftoversOf(account)).toMatchObject({
    rows: 1,
    reservations: 0,
    uploadsCounted: 1,
    bytesCounted: body.length,
  });
});

test("The alarm leaves an upload alone that is not due, and comes back for it", async () => {
  const ledger = freshLedger();
  await ledger.reserve(reservation("young001"), unlimited, Date.now());
  await runDurableObjectAlarm(ledger);
  const [reservations, alarm] = await runInDurableObject(ledger, async (_, state) => [
    state.storage.sql.exec("select image_id from reservations").toArray(),
    await state.storage.getAlarm(),
  ]);
  expect(reservations).toEqual([{ image_id: "young001" }]);
  expect(alarm).toBeGreaterThan(Date.now());
});

test("A reservation that can't be settled holds up no other, and the alarm comes back for it", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const ledger = freshLedger();
  // R2 takes no key of such a length.
  await ledger.reserve({ ...reservation("stuck001"), storage: "s".repeat(2_000) }, unlimited, may);
  await ledger.reserve(reservation("dead0003"), unlimited, may);
  await makeDue(ledger);
  await runDurableObjectAlarm(ledger);
  expect(logged).toHaveBeenCalledOnce();
  const [reservations, alarm] = await runInDurableObject(ledger, async (_, state) => [
    state.storage.sql.exec("select image_id from reservations").toArray(),
    await state.storage.getAlarm(),
  ]);
  expect(reservations).toEqual([{ image_id: "stuck001" }]);
  expect(alarm).toBeGreaterThan(Date.now());
});
