// The ledger's object goes while uploads are under way: the platform moves it, or it breaks. Quotas stay exact, and senders hear what is true.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf } from "../support/leftovers.ts";

vi.spyOn(console, "error").mockImplementation(() => undefined);

const jpeg = await fixtureBytes("coffee.jpg");
/** Its first part is stored, and its bytes reserved, before its second half comes. Bytes behind the picture's end are kept as they are. */
const large = new Uint8Array(12_000_000);
large.set(jpeg);

const ledgerOf = ({ id }: TestAccount) => env.LEDGER.getByName(`account:${id}`);

/** An upload that stands still in the middle until it is told to go on. */
function startUpload({ key }: TestAccount, bytes: Uint8Array<ArrayBuffer>) {
  const gate = Promise.withResolvers<undefined>();
  const halves = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (halves.length === 1) await gate.promise;
      const half = halves.shift();
      if (half) controller.enqueue(half);
      if (halves.length === 0) controller.close();
    },
  });
  const headers = { ...authorization(key), "Content-Type": "image/jpeg" };
  const answer = call("/v1/images", { method: "POST", body, headers });
  return { answer, goOn: () => gate.resolve(undefined) };
}

const losses: readonly (readonly [string, (account: TestAccount) => Promise<unknown>])[] = [
  ["is evicted", (account) => evictDurableObject(ledgerOf(account))],
  [
    "breaks",
    (account) =>
      runInDurableObject(ledgerOf(account), (_, state) => state.abort("it broke")).catch(() => undefined),
  ],
];

test.each(losses)("Uploads under way while their ledger %s are counted exactly", async (_, lose) => {
  const account = await makeAccount({ plan: "free" });
  const room = 3 * jpeg.length + 2 * large.length;
  await ledgerOf(account).commit("bulky000", 1_000_000_000 - room, Date.now());
  const uploads = [jpeg, large, jpeg, large, jpeg].map((bytes) => startUpload(account, bytes));
  await vi.waitFor(async () => expect((await leftoversOf(account)).reservations).toBe(2), 10_000);
  await lose(account);
  for (const { goOn } of uploads) goOn();
  const answers = await Promise.all(uploads.map(({ answer }) => answer));
  const stored = answers.filter(({ status }) => status === 201);
  for (const answer of stored) imageSchema.parse(await answer.json());
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    errorSchema.parse(await answer.json());
    expect(answer.status).toBeGreaterThanOrEqual(500);
  }
  // What was reserved by those that failed is given back when it is due.
  await runInDurableObject(ledgerOf(account), (_ledger, state) => {
    state.storage.sql.exec("update reservations set due_at = 0");
  });
  await runDurableObjectAlarm(ledgerOf(account));
  const left = await leftoversOf(account);
  const sizes = await env.DB.prepare("select sum(bytes) as n from images where account_id = ?")
    .bind(account.id)
    .first("n");
  expect(left).toMatchObject({ rows: stored.length, reservations: 0 });
  expect(left.objects).toHaveLength(stored.length);
  expect(left.bytesCounted).toBe(1_000_000_000 - room + Number(sizes));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
});
