// Where the operator wants it, the oldest images without a key make room before their storage is full.
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { ANONYMOUS_ACCOUNT, ANONYMOUS_STORAGE } from "../../schema/ids.ts";
import { images } from "../../schema/tables.ts";
import { ledgerName } from "../../workers/api/accounts/accounting.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { insertImage } from "../../workers/api/images/store/index.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { apiEnv, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const db = openDatabase(env.DB);
const BYTES = 1_000;
/** Ids that begin with these letters count in one part of the pool. */
const letters = ["a", "m", "y"];

/** Images of that part, the first the oldest. */
const ids = Array.from({ length: 20 }, (_, n) => `${letters[n % 3]}000${String(n).padStart(4, "0")}`);

async function fillPart(): Promise<void> {
  const body = await fixtureBytes("icon.ico");
  const init = { method: "POST", body, headers: { "Content-Type": "image/x-icon" } };
  const { id: pattern } = imageSchema.parse(await (await call("/v1/images", init)).json());
  const [row] = await db.select().from(images).where(eq(images.id, pattern));
  if (!row) throw new Error("the upload left no row");
  await db.delete(images).where(eq(images.id, pattern));
  await env.LEDGER.getByName(ledgerName(ANONYMOUS_ACCOUNT, pattern)).remove([pattern]);
  for (const [n, id] of ids.entries()) {
    await insertImage(db, { ...row, id, bytes: BYTES, createdAt: 1_000_000 + n });
    await env.ORIGINALS.put(`${ANONYMOUS_STORAGE}/${id}`, "bytes");
    await env.LEDGER.getByName(ledgerName(ANONYMOUS_ACCOUNT, id)).commit(id, BYTES, Date.now());
  }
}

const left = async () => {
  const rows = await db.select({ id: images.id }).from(images).orderBy(images.createdAt);
  return rows.map(({ id }) => id);
};
const run = (perPart: number, eviction: string) =>
  runChores(
    apiEnv({ ANONYMOUS_STORAGE_BYTES: String(12 * perPart), ANONYMOUS_EVICTION: eviction }),
    Date.now(),
  );

test("The oldest images without a key go when nine tenths are full, until it is 85 %, and not before the operator says so", async () => {
  await fillPart();
  await run(20 * BYTES, "off");
  expect(await left()).toEqual(ids);
  await run(Math.ceil((20 * BYTES) / 0.9), "oldest");
  expect(await left(), "just nine tenths").toEqual(ids);
  await run(20 * BYTES, "oldest");
  expect(await left()).toEqual(ids.slice(3));
  const ledger = env.LEDGER.getByName(ledgerName(ANONYMOUS_ACCOUNT, "a0000000"));
  expect(await ledger.usage(Date.now())).toMatchObject({ images: 17, bytes: 17 * BYTES });
  const { objects } = await env.ORIGINALS.list({ prefix: `${ANONYMOUS_STORAGE}/` });
  expect(objects.map(({ key }) => key)).not.toContain(`${ANONYMOUS_STORAGE}/${ids[0]}`);
});

test("A blocked image is not made room of", async () => {
  const [oldest = ""] = await left();
  await db.update(images).set({ status: "blocked" }).where(eq(images.id, oldest));
  await run(10 * BYTES, "oldest");
  expect(await left()).toEqual([oldest, ...ids.slice(-7)]);
});
