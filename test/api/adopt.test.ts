// `npm run adopt`'s side of the Worker: a bucket that holds pictures already, looked through and made images of.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { usageSchema } from "../../schema/api.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { GRACE_MILLISECONDS, sweepPage } from "../../workers/api/upkeep/sweep.ts";
import { makeAccount } from "../support/accounts.ts";
import {
  adopt,
  emptyBucket,
  lookAt,
  operate,
  otherBucket,
  pictureBytes,
  statesOf,
} from "../support/adopting.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

let account: Awaited<ReturnType<typeof makeAccount>>;

beforeEach(async () => {
  account = await makeAccount();
  await env.DB.batch(
    ["images", "outbox", "adoptions"].map((table) => env.DB.prepare(`delete from ${table}`)),
  );
  await emptyBucket(otherBucket);
  await emptyBucket(env.ORIGINALS);
});

/** What the account has, and its uploads of this month. */
async function usage() {
  const { totals, limits } = usageSchema.parse((await callJson(account.key, "GET", "/v1/usage")).answer);
  return { ...totals, uploads: limits.uploads.used };
}
const count = async (table: string) =>
  Number(await env.DB.prepare(`select count(*) as n from ${table}`).first("n"));
const sha256 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();

test("An object becomes an image with its bytes, facts, words and labels, counts once, and stays where it is", async () => {
  const bytes = pictureBytes("rome");
  await otherBucket.put("trips/rome/boat 1.jpg", bytes);
  const fields = {
    filename: "boat 1.jpg",
    caption: "A boat",
    labels: { folder: "trips/rome" },
    metadata: { source: "trips/rome/boat 1.jpg" },
    public: false,
  };
  expect(await statesOf("other")).toEqual({ "trips/rome/boat 1.jpg": "new" });
  const outcome = await adopt(account.id, "trips/rome/boat 1.jpg", fields);
  expect(outcome).toEqual({ kind: "adopted", image_id: expect.any(String) });
  const id = outcome.kind === "adopted" ? outcome.image_id : "";
  const found = await callJson(account.key, "GET", "/v1/images?label[folder]=trips/rome");
  expect(found.answer).toMatchObject({
    data: [{ id, ...fields, bytes: bytes.length, format: "jpg" }],
  });
  expect(await env.DB.prepare("select sha256 from images where id = ?").bind(id).first("sha256")).toBe(
    await sha256(bytes),
  );
  const copy = await env.ORIGINALS.get(`${account.storage}/${id}`);
  expect(await copy?.bytes()).toEqual(bytes);
  expect(await (await otherBucket.get("trips/rome/boat 1.jpg"))?.bytes()).toEqual(bytes);
  expect(await usage()).toMatchObject({ images_stored: 1, bytes_stored: bytes.length });
  expect(await statesOf("other")).toEqual({ "trips/rome/boat 1.jpg": "adopted" });
  expect(await adopt(account.id, "trips/rome/boat 1.jpg", fields)).toEqual({ kind: "there", image_id: id });
  expect(await usage()).toMatchObject({ images_stored: 1 });
});

test("An object whose very file an operator refuses is passed over, and nothing of it is kept", async () => {
  const bytes = pictureBytes("refused");
  await otherBucket.put("refused.jpg", bytes);
  await env.DB.prepare("insert into blocked_files (sha256, blocked_at) values (?, 0)")
    .bind(await sha256(bytes))
    .run();
  expect(await adopt(account.id, "refused.jpg")).toMatchObject({ kind: "refused", code: "file_blocked" });
  expect([await count("images"), await count("adoptions")]).toEqual([0, 0]);
  expect((await env.ORIGINALS.list()).objects).toEqual([]);
  expect(await usage()).toMatchObject({ images_stored: 0, uploads: 0 });
});

test("Ten adopters at once make one image of an object, and nothing is left of the others' tries", async () => {
  await otherBucket.put("one.jpg", pictureBytes("one"));
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => adopt(account.id, "one.jpg")));
  const ids = new Set(outcomes.map((outcome) => (outcome.kind === "refused" ? "" : outcome.image_id)));
  expect(ids.size).toBe(1);
  expect(outcomes.filter(({ kind }) => kind === "adopted")).toHaveLength(1);
  expect(await count("images")).toBe(1);
  expect((await env.ORIGINALS.list()).objects.map(({ key }) => key)).toEqual([
    `${account.storage}/${[...ids][0]}`,
  ]);
  expect(await usage()).toMatchObject({ images_stored: 1, uploads: 1 });
});

test("The same object is one image whoever adopts it, and the same bytes under two names are two", async () => {
  const another = await makeAccount();
  await otherBucket.put("a.jpg", pictureBytes("same"));
  await otherBucket.put("b.jpg", pictureBytes("same"));
  const first = await adopt(account.id, "a.jpg");
  expect(await adopt(another.id, "a.jpg")).toMatchObject({ ...first, kind: "there" });
  expect(await adopt(account.id, "b.jpg")).toMatchObject({ kind: "adopted" });
  expect(await count("images")).toBe(2);
});

const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const refused: readonly (readonly [string, Uint8Array<ArrayBuffer>, string])[] = [
  ["an empty one", new Uint8Array(), "The file is empty."],
  ["a text", utf8("no picture at all"), "The file is not a picture that can be kept."],
  ["a page", utf8("<!doctype html><h1>Index of /</h1>"), "The file is not a picture"],
  ["the beginning of a PNG", new Uint8Array((await fixtureBytes("logo.png")).slice(0, 20)), "is damaged"],
];
test.each(refused)(
  "%s is refused with a reason, by the look already, and leaves nothing",
  async (_, bytes, reason) => {
    await otherBucket.put("x.jpg", bytes);
    const [look] = await lookAt(account.id, ["x.jpg"]);
    expect(look?.refusal).toContain(reason);
    const outcome = await adopt(account.id, "x.jpg");
    expect(outcome).toMatchObject({ kind: "refused", code: "validation_error" });
    expect(outcome).toMatchObject({ message: look?.refusal });
    expect(await count("images")).toBe(0);
    expect((await env.ORIGINALS.list()).objects).toEqual([]);
    expect(await usage()).toMatchObject({ images_stored: 0, uploads: 0 });
    expect(await statesOf("other")).toEqual({ "x.jpg": "new" });
  },
);

test("What is too large is refused before it is read", async () => {
  const large = new Uint8Array(70_000_001);
  large.set(pictureBytes(""));
  await otherBucket.put("large.jpg", large);
  const refusal = "The file may have at most 70 MB.";
  expect(await lookAt(account.id, ["large.jpg"])).toEqual([{ key: "large.jpg", refusal }]);
  expect(await adopt(account.id, "large.jpg")).toMatchObject({ kind: "refused", message: refusal });
});

test("A picture of several parts comes whole; a look reads its head alone", async () => {
  const large = new Uint8Array(11_000_000).fill(7);
  large.set(pictureBytes(""));
  await otherBucket.put("parts.jpg", large);
  expect(await lookAt(account.id, ["parts.jpg"])).toEqual([{ key: "parts.jpg", refusal: null }]);
  const outcome = await adopt(account.id, "parts.jpg");
  const id = outcome.kind === "adopted" ? outcome.image_id : "";
  const copy = await env.ORIGINALS.get(`${account.storage}/${id}`);
  expect(await sha256((await copy?.bytes()) ?? new Uint8Array())).toBe(await sha256(large));
});

test("An SVG is made safe on its way, and a look lets one pass that goes on behind its head", async () => {
  const long = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script>${"<g/>".repeat(30_000)}</svg>`;
  await otherBucket.put("a.svg", long);
  expect(await lookAt(account.id, ["a.svg"])).toEqual([{ key: "a.svg", refusal: null }]);
  const outcome = await adopt(account.id, "a.svg");
  const id = outcome.kind === "adopted" ? outcome.image_id : "";
  expect(await (await env.ORIGINALS.get(`${account.storage}/${id}`))?.text()).not.toContain("script");
});

const odd = [
  "../../etc/passwd.jpg",
  "/begins/with a slash.jpg",
  "..",
  "a//b.jpg",
  "héé/日本語 🏔.jpg",
  "line\nbreak\r\n.jpg",
  "\u001b[2J\u0007.jpg",
  "nul\u0001.jpg",
  "%2e%2e%2f?x=1#y.jpg",
  "'; drop table images; --",
  '<img src=x onerror=alert(1)>".jpg',
  "=HYPERLINK(1).jpg",
  `${"long/".repeat(200)}x.jpg`,
  "é".repeat(512),
  "__proto__",
  "rtl \u202egpj.exe",
];

test("Whatever an object is called: it is found, becomes one image, and is known again", async () => {
  for (const key of odd) await otherBucket.put(key, pictureBytes(key));
  expect(Object.keys(await statesOf("other")).sort()).toEqual(odd.toSorted());
  for (const key of odd) {
    const fields = { filename: key, metadata: { source: key } };
    expect(await adopt(account.id, key, fields), key).toMatchObject({ kind: "adopted" });
  }
  expect(new Set(Object.values(await statesOf("other")))).toEqual(new Set(["adopted"]));
  expect(await count("images")).toBe(odd.length);
  const { results } = await env.DB.prepare("select metadata from images").all();
  expect(results.map((row) => JSON.parse(String(row.metadata)).source).sort()).toEqual(odd.toSorted());
  const names = (await env.DB.prepare("select filename from images").all()).results;
  for (const { filename } of names) expect(filename).not.toMatch(/[/\p{Cc}]/u);
});

test("A bucket of 603 objects is walked to its end, each once, and a prefix shows its part alone", async () => {
  const keys = Array.from({ length: 603 }, (_, at) => `${at % 2 ? "odd" : "even"}/${at}.jpg`);
  await Promise.all(keys.map((key) => otherBucket.put(key, "x")));
  expect(Object.keys(await statesOf("other")).sort()).toEqual(keys.toSorted());
  expect(Object.keys(await statesOf("other", "odd/"))).toHaveLength(301);
});

test("What changed since it was adopted is told, and what its owner deleted does not come back", async () => {
  await otherBucket.put("a.jpg", pictureBytes("a"));
  await otherBucket.put("b.jpg", pictureBytes("b"));
  const outcome = await adopt(account.id, "a.jpg");
  await adopt(account.id, "b.jpg");
  const id = outcome.kind === "adopted" ? outcome.image_id : "";
  await callJson(account.key, "DELETE", `/v1/images/${id}`);
  await otherBucket.put("b.jpg", pictureBytes("another b"));
  expect(await statesOf("other")).toEqual({ "a.jpg": "adopted", "b.jpg": "changed" });
  expect(await adopt(account.id, "a.jpg")).toEqual({ kind: "there", image_id: id });
  expect(await count("images")).toBe(1);
});

test("An object that goes between the list and its turn is refused as gone", async () => {
  expect(await adopt(account.id, "gone.jpg")).toMatchObject({ kind: "refused", message: "It is gone." });
  expect(await lookAt(account.id, ["gone.jpg"])).toEqual([{ key: "gone.jpg", refusal: "It is gone." }]);
});

test("In the deployment's own bucket originals are told from pictures that lay there before, and an upload in the middle is left alone", async () => {
  await env.ORIGINALS.put("old/holiday.jpg", pictureBytes("holiday"));
  await env.ORIGINALS.put("old/", "");
  await env.ORIGINALS.put("albums/holiday1", pictureBytes("called as ours are, of no account"));
  await env.ORIGINALS.put(`${account.storage}/holiday1`, pictureBytes("in danger"));
  const { id } = await uploadImage(account.key);
  const own = `${account.storage}/${id}`;
  const before = {
    [own]: "ours",
    "old/": "folder",
    [`${account.storage}/holiday1`]: "in danger",
    "albums/holiday1": "new",
  };
  expect(await statesOf("own")).toEqual({ ...before, "old/holiday.jpg": "new" });
  const [outcome, uploaded] = await Promise.all([
    adopt(account.id, "old/holiday.jpg", {}, { bucket: "own" }),
    uploadImage(account.key),
  ]);
  const adopted = outcome.kind === "adopted" ? outcome.image_id : "";
  expect(await statesOf("own")).toEqual({
    ...before,
    "old/holiday.jpg": "adopted",
    [`${account.storage}/${adopted}`]: "ours",
    [`${account.storage}/${uploaded.id}`]: "ours",
  });
  expect(await count("images")).toBe(3);
  // Not even by whoever asks for it by its name.
  expect(await adopt(account.id, own, {}, { bucket: "own" })).toMatchObject({ kind: "refused" });
  // Nor does the sweeper touch what is not called as ours.
  const now = Date.now() + 2 * GRACE_MILLISECONDS;
  await sweepPage({ db: openDatabase(env.DB), originals: env.ORIGINALS, engine: async () => 1, now });
  for (const key of ["old/holiday.jpg", "albums/holiday1"])
    expect(await env.ORIGINALS.head(key), key).not.toBeNull();
  expect(await env.ORIGINALS.head(`${account.storage}/holiday1`)).toBeNull();
  expect(await adopt(account.id, "albums/holiday1", {}, { bucket: "own" })).toMatchObject({
    kind: "adopted",
  });
});

test("Where D1 fails when the row is written, nothing is left, and the next call adopts it", async () => {
  await otherBucket.put("a.jpg", pictureBytes("a"));
  await env.DB.exec(
    "create trigger full before insert on images begin select raise(abort, 'D1 is full'); end;",
  );
  const answer = await operate("", { bucket: "other", account: account.id, key: "a.jpg", fields: {} });
  expect(answer.status).toBe(502);
  await env.DB.exec("drop trigger full;");
  expect([await count("images"), await count("adoptions")]).toEqual([0, 0]);
  expect((await env.ORIGINALS.list()).objects).toEqual([]);
  expect(await adopt(account.id, "a.jpg")).toMatchObject({ kind: "adopted" });
  expect(await usage()).toMatchObject({ images_stored: 1, uploads: 1 });
});

test("Where the plan is full, that is said and no other object would fare better", async () => {
  const free = await makeAccount({ plan: "free" });
  await env.LEDGER.getByName(`account:${free.id}`).restore(
    Array.from({ length: 100 }, (_, at) => ({ imageId: `full${1_000 + at}`, bytes: 1, at: Date.now() })),
  );
  await otherBucket.put("a.jpg", pictureBytes("a"));
  const answer = await operate("", { bucket: "other", account: free.id, key: "a.jpg", fields: {} });
  expect(await answer.json()).toMatchObject({ error: { code: "quota_exceeded" } });
  expect(await count("images")).toBe(0);
});

test("Who adopts, into what and from where is held to be right", async () => {
  const suspended = await makeAccount({ status: "suspended" });
  const question = { bucket: "other", account: account.id, key: "a.jpg", fields: {} };
  const status = async (change: object, path = "", bindings = {}) =>
    (await operate(path, { ...question, ...change }, bindings)).status;
  for (const id of ["nobody", "anonymous", suspended.id, ""]) expect(await status({ account: id })).toBe(422);
  expect(await status({}, "", { ADOPT: undefined })).toBe(422);
  expect(await status({}, "", { ADOPT_BUCKET: "" })).toBe(422);
  for (const change of [{ key: "" }, { key: "é".repeat(513) }, { bucket: "third" }, { extra: 1 }])
    expect(await status(change)).toBe(422);
  for (const fields of [{ ttl: "1d" }, { labels: { a: "x,y" } }, { metadata: { a: "x".repeat(2_001) } }])
    expect(await status({ fields })).toBe(422);
  const keys = Array.from({ length: 21 }, (_, at) => `${at}`);
  expect((await operate("/look", { bucket: "other", account: account.id, keys })).status).toBe(422);
  for (const token of [account.key, "nonsense-nonsense", ""])
    for (const path of ["", "/objects", "/look"])
      expect((await operate(path, question, {}, token)).status).toBe(401);
  expect((await operate("/objects", { bucket: "own" }, { ADMIN_TOKEN: "" })).status).toBe(404);
});
