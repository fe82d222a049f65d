// Uploads by what src sees of their pixels: what nobody can see is not kept, and the object promises what its URLs hold.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { errorSchema, type Image, imageSchema } from "../../schema/api.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { lookOwed, type OwedLooks } from "../../workers/api/upkeep/owed-looks.ts";
import type { Looked } from "../../workers/shared/looked.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { saying } from "../support/make-fixtures/heif-features.ts";
import { cleanAperture, takeApart } from "../support/make-fixtures/heif-parts.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const { key } = await makeAccount();
const placeholder = { thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI", color: "#7a8c99" };
/** Of coffee.jpg. */
const size = { width: 600, height: 400 };
const small = { width: 480, height: 320 };
const shown: Looked = {
  outcome: "shown",
  engine: 9,
  isDamaged: false,
  placeholder,
  sizes: { plain: size, small, medium: size, large: size },
};
const unreadable: Looked = {
  outcome: "unreadable",
  engine: 9,
  reason: "The picture can't be rendered: it is odd.",
};
const garbage: Looked = { outcome: "garbage", engine: 9, reason: "The picture can't be shown: it is noise." };
const srcThat = (look: () => Promise<Looked>) => ({ SRC: { look, purge: async () => true } });
const seeing = (looked: Looked) => srcThat(async () => looked);
const later = (looked: Looked) =>
  srcThat(() => new Promise((resolve) => setTimeout(() => resolve(looked), 1_800)));

const seenAgain = async ({ id }: Image) =>
  imageSchema.parse((await callJson(key, "GET", `/v1/images/${id}`)).answer);

async function post(account: { readonly key: string }, name: string, bindings: object) {
  const body = await fixtureBytes(name);
  const init = {
    method: "POST",
    body,
    headers: { ...authorization(account.key), "Content-Type": "image/jpeg" },
  };
  return call("/v1/images", init, { ...bindings });
}

/** Lets every look that is owed come due. */
async function makeDue({ id }: Image): Promise<void> {
  await env.DB.prepare("update images set look_due_at = 1 where id = ?").bind(id).run();
}

/** The cron's round over this image alone. */
async function lookAgain(image: Image, ask: OwedLooks["ask"]): Promise<void> {
  await env.DB.prepare("update images set look_due_at = null where id <> ?").bind(image.id).run();
  await makeDue(image);
  await lookOwed({ db: openDatabase(env.DB), ask, now: Date.now() });
}

/** Of its picture only the middle is shown. */
async function cutAvif(): Promise<Uint8Array<ArrayBuffer>> {
  const parts = takeApart(Buffer.from(await fixtureBytes("photo.avif")));
  return Uint8Array.from(saying(parts, cleanAperture([100, 1], [80, 1], [0, 1], [0, 1])));
}

const owes = async ({ id }: Image) =>
  (await env.DB.prepare("select look_due_at from images where id = ?").bind(id).first("look_due_at")) !==
  null;

test("An image has the placeholder that src made, and keeps it", async () => {
  const image = await uploadImage(key, {}, seeing(shown));
  expect(image).toMatchObject({ placeholder, transformable: true, notes: [] });
  expect(await seenAgain(image)).toEqual(image);
  expect(await owes(image)).toBe(false);
});

test("A damaged picture says so, and is transformed all the same", async () => {
  const image = await uploadImage(key, {}, seeing({ ...shown, isDamaged: true }));
  expect(image).toMatchObject({ placeholder, transformable: true, notes: [{ code: "damaged" }] });
  expect(await seenAgain(image)).toEqual(image);
});

test("The sizes are those that the plan gives where a limit bends them", async () => {
  const sizes = { ...shown.sizes, large: { width: 300, height: 225 } };
  const image = await uploadImage(key, {}, seeing({ ...shown, sizes }));
  expect(image.sizes).toMatchObject({ small, medium: size, large: { width: 300, height: 225 } });
});

test("What can't be rendered and a browser can show is kept, says why, and lists no sizes", async () => {
  const image = await uploadImage(key, {}, seeing(unreadable));
  expect(image).toMatchObject({
    transformable: false,
    sizes: {},
    placeholder: null,
    status: "ready",
    notes: [{ code: "not_transformable", message: expect.stringContaining("it is odd") }],
  });
  expect(await seenAgain(image)).toEqual(image);
});

test.each([
  ["A HEIC that can't be rendered", "photo.heic", unreadable],
  ["A TIFF that can't be rendered", "scan.tiff", unreadable],
  ["A JPEG without a row of a picture", "coffee.jpg", garbage],
])("%s is refused with the reason, and nothing of it stays", async (_, name, looked) => {
  const account = await makeAccount();
  const answer = await post(account, name, seeing(looked));
  const { error } = errorSchema.parse(await answer.json());
  expect([answer.status, error.code]).toEqual([422, "validation_error"]);
  expect(error.details).toEqual({ file: ["reason" in looked ? looked.reason : ""] });
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("An AVIF that can't be rendered is not kept where its file shows what its maker cut away", async () => {
  const account = await makeAccount();
  const body = await cutAvif();
  const headers = { ...authorization(account.key), "Content-Type": "image/avif" };
  const answer = await call("/v1/images", { method: "POST", body, headers }, { ...seeing(unreadable) });
  expect(answer.status).toBe(422);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("A late look at such an AVIF takes its URLs away", async () => {
  const headers = { ...authorization(key), "Content-Type": "image/avif" };
  const answer = await call(
    "/v1/images",
    { method: "POST", body: await cutAvif(), headers },
    { ...seeing({ outcome: "failed" }) },
  );
  const image = imageSchema.parse(await answer.json());
  await lookAgain(image, async () => unreadable);
  const row = env.DB.prepare("select status from images where id = ?").bind(image.id);
  expect(await row.first("status")).toBe("failed");
});

test("A HEIC says that it is shown as JPEG", async () => {
  const answer = await post({ key }, "photo.heic", seeing(shown));
  expect(imageSchema.parse(await answer.json())).toMatchObject({
    format: "jpg",
    notes: [{ code: "converted" }],
  });
});

test("A drawing says why it is not transformed, without being looked at", async () => {
  const look = vi.fn(async () => shown);
  const answer = await post({ key }, "drawing.svg", srcThat(look));
  expect(imageSchema.parse(await answer.json())).toMatchObject({
    transformable: false,
    notes: [{ code: "not_transformable", message: expect.stringContaining("drawing") }],
  });
  expect(look).not.toHaveBeenCalled();
});

test("A row from before there were notes says the same of a drawing", async () => {
  const image = imageSchema.parse(await (await post({ key }, "drawing.svg", seeing(shown))).json());
  await env.DB.prepare("update images set notes = '[]' where id = ?").bind(image.id).run();
  expect(await seenAgain(image)).toEqual(image);
});

test("A look that takes too long does not hold up the upload, and is kept later", async () => {
  const image = await uploadImage(key, {}, later(shown));
  expect(image).toMatchObject({ placeholder: null, transformable: true, notes: [] });
  expect(await seenAgain(image)).toEqual({ ...image, placeholder });
  expect(await owes(image)).toBe(false);
});

test("What a late look can't read is not transformable from then on, and caches forget it", async () => {
  const image = await uploadImage(key, {}, later(unreadable));
  expect(await seenAgain(image)).toMatchObject({ transformable: false, sizes: {}, status: "ready" });
  const due = await env.DB.prepare("select kind from outbox where image_id = ?").bind(image.id).first("kind");
  expect(due).toBe("purge");
});

test.each([
  ["has no time", seeing({ outcome: "later" })],
  ["fails", seeing({ outcome: "failed" })],
  ["is not there", srcThat(() => Promise.reject(new Error("src is down")))],
])("An upload is kept whole although src %s, and the cron looks again", async (_, bindings) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const image = await uploadImage(key, {}, bindings);
  expect(image).toMatchObject({ placeholder: null, transformable: true, notes: [] });
  expect(await owes(image)).toBe(true);
  await lookAgain(image, async () => shown);
  expect(await seenAgain(image)).toEqual({ ...image, placeholder });
  expect(await owes(image)).toBe(false);
});

test("A stranger's upload that may not be looked at in this hour waits for the next, and holds up no other look", async () => {
  const waiting = await uploadImage(key, {}, seeing({ outcome: "later", afterSeconds: 1_800 }));
  const other = await uploadImage(key, {}, seeing({ outcome: "later" }));
  const dueIn = async ({ id }: Image) => {
    const due = await env.DB.prepare("select look_due_at from images where id = ?")
      .bind(id)
      .first("look_due_at");
    return (Number(due) - Date.now()) / 1_000;
  };
  expect(await dueIn(waiting)).toBeGreaterThan(1_700);
  expect(await dueIn(other)).toBeLessThan(100);

  await env.DB.prepare("update images set look_due_at = null").run();
  await makeDue(waiting);
  await env.DB.prepare("update images set look_due_at = 2 where id = ?").bind(other.id).run();
  const ask: OwedLooks["ask"] = async ({ id }) =>
    id === other.id ? shown : { outcome: "later", afterSeconds: 900 };
  await lookOwed({ db: openDatabase(env.DB), ask, now: Date.now() });
  expect(await owes(other)).toBe(false);
  expect(await dueIn(waiting)).toBeGreaterThan(850);
});

test("However often src has no time, nothing is held against the picture", async () => {
  const image = await uploadImage(key, {}, seeing({ outcome: "later" }));
  for (let round = 0; round < 10; round++) await lookAgain(image, async () => ({ outcome: "later" }));
  expect(await seenAgain(image)).toEqual(image);
  expect(await owes(image)).toBe(true);
});

test.each([
  [
    "A picture that kills whoever looks is served as it is",
    "coffee.jpg",
    { status: "ready", transformable: false },
  ],
  ["A HEIC that kills whoever looks fails", "photo.heic", { error: { code: "media_failed" } }],
])("%s in the end", async (_, name, end) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const answer = await post(
    { key },
    name,
    srcThat(() => Promise.reject(new Error("killed"))),
  );
  const image = imageSchema.parse(await answer.json());
  for (let round = 0; round < 5; round++) await lookAgain(image, () => Promise.reject(new Error("killed")));
  expect(await seenAgain(image)).toEqual(image);
  await lookAgain(image, () => Promise.reject(new Error("killed")));
  expect((await callJson(key, "GET", `/v1/images/${image.id}`)).answer).toMatchObject(end);
  expect(await owes(image)).toBe(false);
});

test("A picture that can't be looked at does not hold up the others", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const bad = await uploadImage(key);
  const good = await uploadImage(key);
  await env.DB.prepare("update images set look_due_at = null").run();
  await makeDue(bad);
  await makeDue(good);
  const ask = async ({ id }: { readonly id: string }) => {
    if (id === bad.id) throw new Error("killed");
    return shown;
  };
  await lookOwed({ db: openDatabase(env.DB), ask, now: Date.now() });
  expect([await owes(bad), await owes(good)]).toEqual([true, false]);
});
