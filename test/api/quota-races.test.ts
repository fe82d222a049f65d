// The ledger under races and evictions: limits hold exactly, whoever comes first and whatever is forgotten in between.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { callJson } from "../support/uploads.ts";

const jpeg = await fixtureBytes("coffee.jpg");
const ledgerOf = ({ id }: TestAccount) => env.LEDGER.getByName(`account:${id}`);

/** The ids of those that were admitted; the others were told that the account is full. */
async function uploadAtOnce({ key }: TestAccount, count: number): Promise<readonly string[]> {
  const headers = { ...authorization(key), "Content-Type": "image/jpeg" };
  const answers = await Promise.all(
    Array.from({ length: count }, async () => {
      const response = await call("/v1/images", { method: "POST", body: jpeg, headers });
      return { status: response.status, answer: await response.json<unknown>() };
    }),
  );
  const refused = answers.filter(({ status }) => status !== 201);
  for (const { answer } of refused) expect(errorSchema.parse(answer).error.code).toBe("quota_exceeded");
  return answers.flatMap(({ status, answer }) => (status === 201 ? [imageSchema.parse(answer).id] : []));
}

test("30 uploads at once into room for 5 admit exactly 5, and deleting 3 of them makes room for exactly 3", async () => {
  const account = await makeAccount({ plan: "free" });
  await ledgerOf(account).commit("bulky000", 1_000_000_000 - 5 * jpeg.length, Date.now());
  const admitted = await uploadAtOnce(account, 30);
  expect(admitted).toHaveLength(5);
  await Promise.all(admitted.slice(0, 3).map((id) => callJson(account.key, "DELETE", `/v1/images/${id}`)));
  expect(await uploadAtOnce(account, 15)).toHaveLength(3);
  expect(await leftoversOf(account)).toMatchObject({ rows: 5, bytesCounted: 1_000_000_000 });
});

/** All that a ledger knows about quotas. */
const bookOf = (ledger: ReturnType<typeof ledgerOf>) =>
  runInDurableObject(ledger, (_, { storage }) =>
    ["holdings", "totals", "uploads", "reservations", "departures"].map((table) =>
      storage.sql
        .exec(`select * from ${table} order by 1`)
        .toArray()
        // Each ledger's is another.
        .map((row) => ("upload_id" in row ? { ...row, upload_id: row.upload_id !== null } : row)),
    ),
  );

test("An eviction between any two calls changes nothing that the ledger knows", async () => {
  const now = Date.UTC(2026, 4, 31);
  const limits = { uploadsPerMonth: 4, storageBytes: 100 };
  const reserve = (imageId: string, bytes: number, isReserved = false) => ({
    ...{ imageId, bytes, isReserved, storage: "7c1" },
  });
  const evicted = ledgerOf(await makeAccount());
  const awake = ledgerOf(await makeAccount());
  const calls: readonly ((ledger: typeof awake) => Promise<unknown>)[] = [
    (ledger) => ledger.reserve(reserve("a", 40), limits, now),
    async (ledger) => typeof (await ledger.beginParts("a")),
    (ledger) => ledger.reserve(reserve("b", 50), limits, now),
    (ledger) => ledger.reserve(reserve("c", 20), limits, now),
    (ledger) => ledger.reserve(reserve("a", 45, true), limits, now),
    (ledger) => ledger.commit("a", 45, now),
    (ledger) => ledger.commit("a", 45, now),
    (ledger) => ledger.release("b"),
    (ledger) => ledger.reserve(reserve("c", 20), limits, now),
    (ledger) => ledger.remove(["c"]),
    (ledger) => ledger.commit("c", 20, now),
    (ledger) => ledger.reserve(reserve("d", 55), limits, now),
    (ledger) => ledger.commit("d", 55, now),
    (ledger) => ledger.cancel("d"),
    (ledger) => ledger.remove(["a", "a"]),
    (ledger) => ledger.usage(now),
  ];
  for (const work of calls) {
    const outcome = await work(awake);
    expect(await work(evicted)).toEqual(outcome);
    await evictDurableObject(evicted);
    expect(await bookOf(evicted)).toEqual(await bookOf(awake));
  }
  expect(await awake.usage(now)).toEqual({ uploads: 2, images: 0, bytes: 0 });
});
