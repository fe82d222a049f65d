// An operator's second look at old images: what an older engine got wrong is put right.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { type Reexamination, reexaminationSchema } from "../../schema/admin.ts";
import { type Image, imageSchema } from "../../schema/api.ts";
import { SAMPLE } from "../../schema/sample.ts";
import type { Looked } from "../../workers/shared/looked.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const TOKEN = "an-operators-long-secret";
const { key } = await makeAccount();
const placeholder = { thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI", color: "#7a8c99" };
const size = { width: 600, height: 400 };
const shownBy = (engine: number): Looked => ({
  outcome: "shown",
  engine,
  isDamaged: false,
  placeholder,
  sizes: { plain: size, small: { width: 480, height: 320 }, medium: size, large: size },
});
const unreadable: Looked = {
  outcome: "unreadable",
  engine: 5,
  reason: "The picture can't be rendered: it is odd.",
};
const srcOf = (engine: number, look: () => Promise<Looked>) => ({
  SRC: { look, engine: async () => engine, purge: async () => true },
});
const kinds = () => env.DB.prepare("select image_id, kind from outbox where storage <> 'sample'").all();

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("delete from images"), env.DB.prepare("delete from outbox")]);
});

async function reexamine(bindings: object, body: object = {}): Promise<Reexamination> {
  const headers = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" };
  const init = { method: "POST", body: JSON.stringify(body), headers };
  const answer = await call("/v1/admin/images/reexamine", init, { ADMIN_TOKEN: TOKEN, ...bindings });
  return reexaminationSchema.parse(await answer.json());
}

const seenAgain = async ({ id }: Image) =>
  imageSchema.parse((await callJson(key, "GET", `/v1/images/${id}`)).answer);

test("What an older engine could not read is transformable once a newer one can, and caches forget it", async () => {
  const image = await uploadImage(
    key,
    {},
    srcOf(5, async () => unreadable),
  );
  expect(image.transformable).toBe(false);
  const found = await reexamine(srcOf(6, async () => shownBy(6)));
  expect(found).toMatchObject({ examined: 1, changed: [image.id], failed: [], next_cursor: null });
  expect(await seenAgain(image)).toMatchObject({ transformable: true, placeholder, notes: [] });
  expect((await kinds()).results).toEqual([{ image_id: image.id, kind: "purge" }]);
});

test("An image that this engine has seen is passed over", async () => {
  await uploadImage(
    key,
    {},
    srcOf(6, async () => shownBy(6)),
  );
  const look = vi.fn(async () => shownBy(6));
  expect(await reexamine(srcOf(6, look))).toMatchObject({ examined: 0, changed: [], next_cursor: null });
  expect(look).not.toHaveBeenCalled();
  expect(await reexamine(srcOf(7, async () => shownBy(7)))).toMatchObject({ examined: 1, changed: [] });
  expect((await kinds()).results).toEqual([]);
});

test("The facts of an old row are read again from its bytes", async () => {
  const image = await uploadImage(key);
  await env.DB.prepare("update images set facts = replace(facts, '600', '700'), looked_by = null").run();
  expect(await reexamine(srcOf(6, async () => shownBy(6)))).toMatchObject({ changed: [image.id] });
  const facts = await env.DB.prepare("select facts from images").first<string>("facts");
  expect(JSON.parse(facts ?? "")).toMatchObject({ width: 600, height: 400 });
});

test("A HEIC that nobody can read fails, and comes back when somebody can", async () => {
  const body = await fixtureBytes("photo.heic");
  const init = { method: "POST", body, headers: { ...authorization(key), "Content-Type": "image/heic" } };
  const { id } = imageSchema.parse(await (await call("/v1/images", init)).json());
  await reexamine(srcOf(6, async () => unreadable));
  const status = () => env.DB.prepare("select status from images where id = ?").bind(id).first("status");
  expect(await status()).toBe("failed");
  await reexamine(srcOf(7, async () => shownBy(7)));
  expect(await status()).toBe("ready");
});

test("A blocked image stays blocked", async () => {
  await uploadImage(key);
  await env.DB.prepare("update images set status = 'blocked'").run();
  await reexamine(srcOf(6, async () => shownBy(6)));
  expect(await env.DB.prepare("select status from images").first("status")).toBe("blocked");
});

test("It goes in batches, and stops where src has no time", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count++) ids.push((await uploadImage(key)).id);
  ids.sort();
  const first = await reexamine(
    srcOf(6, async () => shownBy(6)),
    { limit: 2 },
  );
  expect(first).toMatchObject({ examined: 2, is_busy: false, next_cursor: ids[1] });
  const look = vi.fn<() => Promise<Looked>>();
  look.mockResolvedValueOnce(shownBy(6)).mockResolvedValueOnce({ outcome: "later" });
  const second = await reexamine(srcOf(6, look), { limit: 2, cursor: first.next_cursor });
  expect(second).toMatchObject({ examined: 1, is_busy: true, next_cursor: ids[2] });
  const last = await reexamine(
    srcOf(6, async () => shownBy(6)),
    { cursor: second.next_cursor },
  );
  expect(last).toMatchObject({ examined: 2, next_cursor: null });
});

test("An image whose original is lost is told, and changes nothing", async () => {
  const image = await uploadImage(key);
  await env.ORIGINALS.delete((await env.ORIGINALS.list()).objects.map(({ key }) => key));
  expect(await reexamine(srcOf(6, async () => shownBy(6)))).toMatchObject({
    failed: [image.id],
    changed: [],
  });
});

test("A look that fails is told and logged with the image, and the next is examined all the same", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const ids = [(await uploadImage(key)).id, (await uploadImage(key)).id].toSorted();
  const look = vi.fn<() => Promise<Looked>>();
  look.mockRejectedValueOnce(new Error("src is down")).mockResolvedValueOnce(shownBy(6));
  expect(await reexamine(srcOf(6, look))).toMatchObject({ examined: 2, failed: [ids[0]], changed: [ids[1]] });
  expect(log.mock.calls.flat().join()).toContain(ids[0]);
  look.mockResolvedValueOnce({ outcome: "failed" });
  expect(await reexamine(srcOf(6, look))).toMatchObject({ examined: 1, failed: [ids[0]], next_cursor: null });
  log.mockRestore();
});

test("A drawing is not looked at, and what a look would say of it is kept as this engine's", async () => {
  const body = await fixtureBytes("drawing.svg");
  const headers = { ...authorization(key), "Content-Type": "image/svg+xml" };
  await call("/v1/images", { method: "POST", body, headers });
  const look = vi.fn(async () => shownBy(6));
  expect(await reexamine(srcOf(6, look))).toMatchObject({ examined: 1, changed: [], failed: [] });
  expect(look).not.toHaveBeenCalled();
  expect(await reexamine(srcOf(6, look))).toMatchObject({ examined: 0 });
  await env.DB.prepare("update images set notes = '[]'").run();
  expect(await reexamine(srcOf(7, look))).toMatchObject({ examined: 1, changed: [expect.any(String)] });
});

test("A batch of as many as there are is not the last, and 2,000 are passed over in one call", async () => {
  const { id } = await uploadImage(
    key,
    {},
    srcOf(6, async () => shownBy(6)),
  );
  const look = vi.fn(async () => shownBy(7));
  expect(await reexamine(srcOf(7, look), { limit: 1 })).toMatchObject({ examined: 1, next_cursor: id });
  expect(await reexamine(srcOf(7, look), { limit: 1, cursor: id })).toMatchObject({
    examined: 0,
    next_cursor: null,
  });
  const { results } = await env.DB.prepare("select name from pragma_table_info('images')").all();
  const columns = results.map(({ name }) => String(name)).filter((name) => name !== "id");
  const copies = (count: number) =>
    env.DB.prepare(
      `with recursive copy(n) as (select 1 union all select n + 1 from copy where n < ${count})
       insert into images (id, ${columns}) select printf('zz%06d', n), ${columns} from images, copy where id = ?`,
    )
      .bind(id)
      .run();
  // Itself and 1,999 others: so many that there may be more, and the last of them is where the next call goes on.
  await copies(1_999);
  expect(await reexamine(srcOf(7, look))).toMatchObject({ examined: 0, next_cursor: "zz001999" });
  await env.DB.prepare("delete from images where id = 'zz001999'").run();
  expect(await reexamine(srcOf(7, look))).toMatchObject({ examined: 0, next_cursor: null });
});

test("At its end the sample is purged, too: it has no row, and the engine shows it otherwise", async () => {
  for (let count = 0; count < 3; count++) await uploadImage(key);
  const sample = () => env.DB.prepare("select image_id, kind from outbox where storage = 'sample'").all();
  const { next_cursor: cursor } = await reexamine(
    srcOf(6, async () => shownBy(6)),
    { limit: 2 },
  );
  expect((await sample()).results).toEqual([]);
  await reexamine(
    srcOf(6, async () => shownBy(6)),
    { cursor },
  );
  expect((await sample()).results).toEqual([{ image_id: SAMPLE.id, kind: "purge" }]);
});
