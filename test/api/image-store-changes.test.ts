// Every change of the store that upkeep and looks make: what it changes, what it leaves alone, and when work falls due.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../workers/api/database.ts";
import {
  deleteExpired,
  deleteOwn,
  type ImageRow,
  markFailed,
  moderateRow,
  putLookBack,
  storeLook,
  takeDueLook,
  updateImages,
} from "../../workers/api/images/store/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { rowNow, storeRow, workFor } from "../support/stored-rows.ts";

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const owner = await makeAccount();
const db = openDatabase(env.DB);

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("delete from images"), env.DB.prepare("delete from outbox")]);
});

describe("Images whose time is over", () => {
  test("go when they end at this very moment, and stay when they have a millisecond", async () => {
    const [over, mortal, endless] = [
      await storeRow(owner, { expiresAt: NOW }),
      await storeRow(owner, { expiresAt: NOW + 1 }),
      await storeRow(owner),
    ];
    const work = await deleteExpired(db, { now: NOW, limit: 100, dueAt: NOW + 7 });
    const { id: imageId, accountId, storage } = over;
    expect(work).toEqual([{ imageId, kind: "delete", accountId, storage, dueAt: NOW + 7 }]);
    expect(await workFor(imageId)).toEqual([{ kind: "delete", dueAt: NOW + 7 }]);
    expect(await rowNow(over.id)).toBeUndefined();
    expect([await rowNow(mortal.id), await rowNow(endless.id)]).toEqual([mortal, endless]);
  });

  test("go in the order in which they ended", async () => {
    const late = await storeRow(owner, { expiresAt: NOW - 1 });
    const early = await storeRow(owner, { expiresAt: NOW - 3 });
    const middle = await storeRow(owner, { expiresAt: NOW - 2 });
    await deleteExpired(db, { now: NOW, limit: 2, dueAt: NOW });
    expect([await rowNow(early.id), await rowNow(middle.id)]).toEqual([undefined, undefined]);
    expect(await rowNow(late.id)).toEqual(late);
  });
});

test("A deletion leaves an object to remove and an answer to forget, due when it is said", async () => {
  const { id } = await storeRow(owner);
  await env.DB.prepare(
    "insert into outbox (image_id, kind, account_id, storage, due_at) values (?, 'purge', ?, ?, 1)",
  )
    .bind(id, owner.id, owner.storage)
    .run();
  expect(await deleteOwn(db, [id], owner.id, NOW)).toHaveLength(2);
  expect(await workFor(id)).toEqual([
    { kind: "delete", dueAt: NOW },
    { kind: "purge", dueAt: NOW },
  ]);
});

describe("A look that is owed", () => {
  test("is taken when it is due, not a millisecond before, and the one that waited longest first", async () => {
    const second = await storeRow(owner, { lookDueAt: NOW });
    const first = await storeRow(owner, { lookDueAt: NOW - 1 });
    expect(await takeDueLook(db, NOW - 2)).toBeUndefined();
    expect((await takeDueLook(db, NOW))?.id).toBe(first.id);
    expect((await takeDueLook(db, NOW))?.id).toBe(second.id);
    expect(await takeDueLook(db, NOW)).toBeUndefined();
  });

  test.each([
    ["ends now", { expiresAt: NOW }],
    ["failed", { status: "failed" }],
    ["is blocked", { status: "blocked" }],
    ["is still made", { status: "processing" }],
  ] as const)("is not taken of an image that %s", async (_, changes) => {
    await storeRow(owner, { lookDueAt: NOW - 1, ...changes });
    expect(await takeDueLook(db, NOW)).toBeUndefined();
  });

  test.each([
    [0, 1],
    [1, 4],
    [2, 16],
    [5, 1_024],
  ])("is put off, after %i attempts for %i minutes, and no other with it", async (lookAttempts, minutes) => {
    const { id } = await storeRow(owner, { lookDueAt: NOW - 1, lookAttempts });
    const other = await storeRow(owner, { lookDueAt: NOW });
    expect(await takeDueLook(db, NOW)).toMatchObject({ id, lookAttempts });
    const lookDueAt = NOW + minutes * MINUTE;
    expect(await rowNow(id)).toMatchObject({ lookDueAt, lookAttempts: lookAttempts + 1 });
    expect(await rowNow(other.id)).toEqual(other);
  });

  test("and that nobody had time for is due in a minute, with the attempt given back", async () => {
    const row = await storeRow(owner, { lookDueAt: NOW - 1, lookAttempts: 3 });
    const other = await storeRow(owner, { lookDueAt: NOW + 1 });
    await takeDueLook(db, NOW);
    await putLookBack(db, row, NOW);
    expect(await rowNow(row.id)).toMatchObject({ lookDueAt: NOW + MINUTE, lookAttempts: 3 });
    expect(await rowNow(other.id)).toEqual(other);
  });
});

describe("What a look found", () => {
  const sizes = '{"small":{"width":1,"height":1}}';
  test.each<[what: string, found: Partial<ImageRow>, isChanged: boolean, isPurged: boolean]>([
    ["nothing new", {}, false, false],
    ["the engine that looked", { lookedBy: 99 }, false, false],
    ["another placeholder", { thumbhash: "AAAA" }, true, false],
    ["another colour", { color: "#123456" }, true, false],
    ["other facts", { facts: '{"format":"png"}' }, true, true],
    ["that it can't be transformed", { transformable: false }, true, true],
    ["a note", { notes: '[{"code":"damaged","message":"."}]' }, true, true],
    ["other named sizes", { sizes }, true, true],
    ["another width", { width: 7 }, true, true],
    ["another height", { height: 7 }, true, true],
  ])("is stored, and what is served differently purged: %s", async (_, found, isChanged, isPurged) => {
    const row = await storeRow(owner);
    const other = await storeRow(owner);
    const look = { facts: row.facts, isUsable: true, ...found };
    expect(await storeLook(db, row, look, NOW)).toBe(isChanged);
    expect(await rowNow(row.id)).toEqual({ ...row, ...found });
    expect(await rowNow(other.id)).toEqual(other);
    expect(await workFor(row.id)).toEqual(isPurged ? [{ kind: "purge", dueAt: NOW }] : []);
    expect(await workFor(other.id)).toEqual([]);
  });

  test("takes an image without a use off its URLs, and brings it back", async () => {
    const row = await storeRow(owner);
    expect(await storeLook(db, row, { facts: row.facts, isUsable: false }, NOW)).toBe(true);
    expect(await rowNow(row.id)).toEqual({ ...row, status: "failed" });
    expect(await workFor(row.id)).toEqual([{ kind: "purge", dueAt: NOW }]);
    await storeLook(db, row, { facts: row.facts, isUsable: true }, NOW);
    expect(await rowNow(row.id)).toEqual(row);
  });

  test.each(["blocked", "processing"] as const)("leaves an image %s that is so", async (status) => {
    const row = await storeRow(owner, { status });
    await storeLook(db, row, { facts: row.facts, isUsable: false }, NOW);
    expect((await rowNow(row.id))?.status).toBe(status);
  });

  test("does not go to another file under the same id", async () => {
    const row = await storeRow(owner);
    await storeLook(db, { ...row, sha256: "0" }, { facts: "{}", isUsable: true }, NOW);
    expect(await rowNow(row.id)).toEqual(row);
  });
});

test("Of images whose original is lost those fail that were served, and no others", async () => {
  const rows = await Promise.all(
    (["ready", "processing", "blocked", "failed"] as const).map((status) => storeRow(owner, { status })),
  );
  const other = await storeRow(owner);
  await markFailed(
    db,
    rows.map(({ id }) => id),
  );
  const after = await Promise.all([...rows, other].map(({ id }) => rowNow(id)));
  expect(after.map((row) => row?.status)).toEqual(["failed", "failed", "blocked", "failed", "ready"]);
});

describe("An operator's word", () => {
  test.each([
    ["ready", { status: "blocked" }, "blocked", true],
    ["blocked", { status: "ready" }, "ready", true],
    ["failed", { status: "ready" }, "failed", true],
    ["ready", { nsfw: false }, "ready", false],
    ["blocked", { nsfw: true }, "blocked", true],
  ] as const)("on a %s image that is marked: %o", async (status, moderation, after, nsfw) => {
    const row = await storeRow(owner, { status, nsfw: true });
    const other = await storeRow(owner);
    const changed = {
      status: after,
      nsfw,
      ...(status === "blocked" && after === "ready" ? { lookDueAt: NOW } : {}),
    };
    expect(await moderateRow(db, row.id, moderation, NOW)).toEqual({ ...row, ...changed });
    expect(await workFor(row.id)).toEqual([{ kind: "purge", dueAt: NOW }]);
    expect(await rowNow(other.id)).toEqual(other);
    expect(await workFor(other.id)).toEqual([]);
  });

  test("against an image forgets what was made of it; that it is not fit for all keeps it", async () => {
    const master = "{}";
    const [one, other] = [await storeRow(owner, { master }), await storeRow(owner, { master })];
    expect(await moderateRow(db, one.id, { status: "blocked" }, NOW)).toMatchObject({ master: null });
    expect(await moderateRow(db, other.id, { nsfw: true }, NOW)).toMatchObject({ master });
  });

  test("on no image changes nothing", async () => {
    expect(await moderateRow(db, "gone00000000", { status: "blocked" }, NOW)).toBeUndefined();
    expect(await workFor("gone00000000")).toEqual([]);
  });
});

describe("A change", () => {
  const change = (row: ImageRow, update: Partial<Parameters<typeof updateImages>[2]>) =>
    updateImages(db, [row], {
      accountId: owner.id,
      changes: {},
      expiresAt: undefined,
      purges: false,
      now: NOW,
      ...update,
    });

  test("that came between a block and its answer changes nothing", async () => {
    const row = await storeRow(owner, { status: "blocked" });
    expect(await change(row, { changes: { caption: "new" } })).toEqual([]);
    expect(await rowNow(row.id)).toEqual(row);
  });

  test("of what answers say is purged at once, and no other is", async () => {
    const row = await storeRow(owner);
    expect(await change(row, { expiresAt: NOW + 1 })).toEqual([{ ...row, expiresAt: NOW + 1 }]);
    expect(await workFor(row.id)).toEqual([]);
    expect(await change(row, { expiresAt: null, purges: true })).toEqual([{ ...row, expiresAt: null }]);
    expect(await workFor(row.id)).toEqual([{ kind: "purge", dueAt: NOW }]);
    await change(row, { expiresAt: null, purges: true, now: NOW + 1 });
    expect(await workFor(row.id)).toEqual([{ kind: "purge", dueAt: NOW + 1 }]);
  });

  test("of no image is none", async () => {
    const none = { accountId: owner.id, changes: {}, expiresAt: null, purges: true, now: NOW };
    expect(await updateImages(db, [], none)).toEqual([]);
  });

  test.each([
    ["a private image that becomes public", false, null, true, NOW],
    ["a public one that stays so", true, 5, true, 5],
    ["a public one that becomes private", true, 5, false, null],
  ])("dates the publication: %s", async (_, isPublic, publishedAt, becomes, dated) => {
    const row = await storeRow(owner, { public: isPublic, publishedAt });
    const [after] = await change(row, { changes: { public: becomes } });
    expect(after).toEqual({ ...row, public: becomes, publishedAt: dated });
  });
});
