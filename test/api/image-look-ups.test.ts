// Every look-up of the store, and every image that it must not find: a condition that is forgotten shows here.
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../workers/api/database.ts";
import {
  findDeleteTokenHash,
  findImage,
  findImages,
  findOwnRows,
  findRows,
  findStoredBytes,
  findViewableImage,
  hasRow,
  hiddenAmong,
  type ImageRow,
  listImages,
  looksBehind,
  oldestImages,
  rowsFrom,
} from "../../workers/api/images/store/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { storeRow } from "../support/stored-rows.ts";

const NOW = 1_800_000_000_000;
const [owner, stranger] = [await makeAccount(), await makeAccount()];
const db = openDatabase(env.DB);
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
const page = { limit: 100, order: "asc", after: undefined, labels: [], isPublic: undefined, text: undefined };

/** Whether each look-up, asked in this account's name, finds the image. */
const lookUps = {
  findImage: async ({ id }: ImageRow, account: string) => !!(await findImage(db, id, account, NOW)),
  findImages: async ({ id }: ImageRow, account: string) =>
    (await findImages(db, [id], account, NOW, "asc")).length === 1,
  listImages: async ({ id }: ImageRow, accountId: string) =>
    idsOf((await listImages(db, { ...page, order: "asc", accountId }, NOW)).rows).includes(id),
  findViewableImage: async ({ id }: ImageRow) => !!(await findViewableImage(db, id, NOW)),
  findOwnRows: async ({ id }: ImageRow, account: string) =>
    (await findOwnRows(db, [id], account)).length === 1,
  findDeleteTokenHash: async ({ id }: ImageRow, account: string) =>
    !!(await findDeleteTokenHash(db, id, account)),
  oldestImages: async ({ id }: ImageRow, account: string) =>
    idsOf(await oldestImages(db, account, [id.slice(0, 1)], 100)).includes(id),
};
type LookUp = keyof typeof lookUps;
const all: readonly LookUp[] = [
  "findImage",
  "findImages",
  "listImages",
  "findViewableImage",
  "findOwnRows",
  "findDeleteTokenHash",
  "oldestImages",
];
const but = (...left: readonly LookUp[]) => all.filter((one) => !left.includes(one));

async function finding(row: ImageRow, account: string): Promise<readonly string[]> {
  const found = await Promise.all(all.map((name) => lookUps[name](row, account)));
  return all.filter((_, index) => found[index]);
}

describe("what each look-up finds", () => {
  const mortal = ["findImage", "findImages", "listImages", "findViewableImage"] as const;
  test.each<[what: string, changes: Partial<ImageRow>, found: readonly LookUp[]]>([
    ["an image without an end", {}, all],
    ["one that ends in a millisecond", { expiresAt: NOW + 1 }, all],
    ["one that ends now", { expiresAt: NOW }, but(...mortal)],
    ["one that is over", { expiresAt: NOW - 1 }, but(...mortal)],
    ["a private one", { public: false, publishedAt: null }, but("findViewableImage")],
    ["one in the making", { status: "processing" }, but("findViewableImage")],
    ["one that failed", { status: "failed" }, but("findViewableImage", "findImages")],
    ["a blocked one", { status: "blocked" }, but("findViewableImage", "findImages", "oldestImages")],
  ])("of %s", async (_, changes, found) => {
    expect(await finding(await storeRow(owner, changes), owner.id)).toEqual(found);
  });

  test("of a stranger's: only what everybody may look at", async () => {
    expect(await finding(await storeRow(stranger), owner.id)).toEqual(["findViewableImage"]);
  });
});

test("A list of ids is answered in the order that is asked for, those of one moment by their ids", async () => {
  const rows = [
    await storeRow(owner, { id: "bbbbbbbbbbbb", createdAt: 5 }),
    await storeRow(owner, { id: "cccccccccccc", createdAt: 4 }),
    await storeRow(owner, { id: "aaaaaaaaaaaa", createdAt: 5 }),
  ];
  const oldestFirst = ["cccccccccccc", "aaaaaaaaaaaa", "bbbbbbbbbbbb"];
  const asked = (order: "asc" | "desc") => findImages(db, idsOf(rows), owner.id, NOW, order);
  expect(idsOf(await asked("asc"))).toEqual(oldestFirst);
  expect(idsOf(await asked("desc"))).toEqual(oldestFirst.toReversed());
  const listed = await listImages(db, { ...page, order: "asc", limit: 3, accountId: owner.id }, NOW);
  expect(idsOf(listed.rows)).toEqual(oldestFirst);
});

test("A page that is just filled is the last", async () => {
  const account = await makeAccount();
  const rows = [await storeRow(account, { createdAt: 1 }), await storeRow(account, { createdAt: 2 })];
  const asked = (limit: number) =>
    listImages(db, { ...page, order: "asc", limit, accountId: account.id }, NOW);
  expect((await asked(1)).next?.id).toBe(rows[0]?.id);
  expect((await asked(2)).next).toBeUndefined();
});

test("The pool's oldest come first, those of one moment by their ids, and only as many as asked for", async () => {
  const account = await makeAccount();
  for (const [id, createdAt] of [
    ["pb", 2],
    ["pc", 1],
    ["pa", 2],
    ["qa", 0],
  ] as const)
    await storeRow(account, { id: `${id}0000000000`, createdAt, bytes: 10 + createdAt });
  const oldest = (letters: readonly string[], limit: number) => oldestImages(db, account.id, letters, limit);
  expect(await oldest(["p"], 2)).toEqual([
    { id: "pc0000000000", bytes: 11 },
    { id: "pa0000000000", bytes: 12 },
  ]);
  expect(idsOf(await oldest(["p", "q"], 9))).toEqual(
    ["qa", "pc", "pa", "pb"].map((start) => `${start}0000000000`),
  );
});

test("The sweep's rows begin with the very key that is asked for", async () => {
  const [first, second] = [await makeAccount(), await makeAccount()].toSorted((one, other) =>
    one.storage < other.storage ? -1 : 1,
  );
  if (!first || !second) throw new Error("no accounts");
  for (const id of ["sb", "sa", "sc"]) await storeRow(first, { id: `${id}${first.id.slice(2)}` });
  await storeRow(second, { id: `sa${second.id.slice(2)}` });
  const own = new Set([first.storage, second.storage]);
  const from = async (start: string, limit: number) =>
    (await rowsFrom(db, { storage: first.storage, id: `${start}${first.id.slice(2)}` }, limit))
      .filter(({ storage }) => own.has(storage))
      .map(({ storage, id }) => `${storage === first.storage ? 1 : 2}${id.slice(0, 2)}`);
  expect(await from("sb", 2)).toEqual(["1sb", "1sc"]);
  expect(await from("sc", 1_000)).toEqual(["1sc", "2sa"]);
});

test("Hidden are those that are gone or blocked, and no others", async () => {
  const [shown, blocked] = [await storeRow(owner), await storeRow(owner, { status: "blocked" })];
  const hidden = await hiddenAmong(db, [shown.id, blocked.id, "gone00000000"]);
  expect([...hidden].toSorted()).toEqual([blocked.id, "gone00000000"].toSorted());
});

test("A second look goes on behind the image that was looked at last, in the order of the ids", async () => {
  const account = await makeAccount();
  const ids = ["zzz000000001", "zzz000000002", "zzz000000003"];
  for (const [index, id] of ids.toReversed().entries()) await storeRow(account, { id, lookedBy: index });
  expect(await looksBehind(db, "zzz000000001", 1)).toEqual([{ id: "zzz000000002", lookedBy: 1 }]);
  expect(idsOf(await looksBehind(db, "zzz000000001", 9))).toEqual(ids.slice(1));
  expect(idsOf(await findRows(db, ids.toReversed()))).toEqual(ids);
});

test("What an upload made is found by its own storage only", async () => {
  const { id, bytes } = await storeRow(owner);
  expect(await findStoredBytes(db, id, owner.storage)).toBe(bytes);
  expect(await findStoredBytes(db, id, stranger.storage)).toBeUndefined();
  expect([await hasRow(db, id), await hasRow(db, "gone00000000")]).toEqual([true, false]);
});
