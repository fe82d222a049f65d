// What an upload may say about its picture, and what becomes of it.
import { expect, test } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { uploadImage } from "../support/uploads.ts";

const account = await makeAccount();
const bytes = await fixtureBytes("coffee.jpg");
const picture = new File([bytes], "coffee.jpg", { type: "image/jpeg" });
const DAY = 86_400_000;

async function upload(
  init: RequestInit,
  path = "/v1/images",
  key: string | null = account.key,
): Promise<Image> {
  const headers = { ...(key ? authorization(key) : {}), ...init.headers };
  const response = await call(path, { method: "POST", ...init, headers });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return imageSchema.parse(JSON.parse(text));
}

const lifetime = ({ expires_at, created_at }: Image) =>
  expires_at === null ? null : Date.parse(expires_at) - Date.parse(created_at);

const fields: readonly (readonly [what: string, name: string, sent: string, expected: Partial<Image>])[] = [
  ["a caption", "caption", "Harbour, 日本 ☀", { caption: "Harbour, 日本 ☀" }],
  ["an empty caption as none", "caption", "", { caption: null }],
  ["public=false", "public", "false", { public: false, published_at: null }],
  ["public=0", "public", "0", { public: false, published_at: null }],
  ["public=1", "public", "1", { public: true }],
  ["nsfw=true", "nsfw", "true", { nsfw: true }],
  ["labels", "labels", '{"trip":"rome","day":"1"}', { labels: { trip: "rome", day: "1" } }],
  ["metadata", "metadata", '{"camera":"X-T5"}', { metadata: { camera: "X-T5" } }],
  ["hidden_metadata", "hidden_metadata", "keep", { hidden_metadata: "keep" }],
  ["a blank hidden_metadata as not given", "hidden_metadata", "", { hidden_metadata: "strip" }],
  ["a blank public as not given", "public", "", { public: true }],
  ["a blank nsfw as not given", "nsfw", "", { nsfw: false }],
  ["a blank ttl as not given", "ttl", "", { expires_at: null }],
  ["blank labels as not given", "labels", "", { labels: {} }],
  ["blank metadata as not given", "metadata", "", { metadata: {} }],
  ["a blank access as not given", "access", "", { access: "public" }],
  ["another text field in metadata", "camera", "X-T5", { metadata: { camera: "X-T5" } }],
];

const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, "v"]));
const longest = { ["k".repeat(64)]: "v".repeat(128) };

test.each([
  ["a label of 128 characters under a key of 64", { labels: longest }],
  [
    "a caption and metadata of 2,000 characters",
    { caption: "c".repeat(2_000), metadata: { m: "v".repeat(2_000) } },
  ],
  ["50 labels and 50 entries of metadata", { labels: fifty, metadata: fifty }],
] as const)("POST and PATCH keep %s: the limit itself is allowed", async (_, wanted) => {
  const texts = Object.entries(wanted).map(
    ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  expect(await upload({ body: form(...texts, ["file", picture]) })).toMatchObject(wanted);
  const { id } = await upload({ body: form(["file", picture]) });
  const headers = { ...authorization(account.key), "Content-Type": "application/json" };
  const changed = await call(`/v1/images/${id}`, { method: "PATCH", headers, body: JSON.stringify(wanted) });
  expect(await changed.json()).toMatchObject(wanted);
});

test.each(fields)("POST /v1/images keeps %s, before and after the file", async (_, name, sent, expected) => {
  const before = await upload({ body: form([name, sent], ["file", picture]) });
  const after = await upload({ body: form(["file", picture], [name, sent]) });
  expect(before).toMatchObject(expected);
  expect(after).toMatchObject(expected);
});

test.each([
  ["300", 300_000],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["90d", 90 * DAY],
  ["7776000", 90 * DAY],
])("POST /v1/images with ttl=%s lets the image live for %d ms", async (ttl, expected) => {
  expect(lifetime(await upload({ body: form(["ttl", ttl], ["file", picture]) }))).toBe(expected);
});

test("POST /v1/images keeps an image with a key for ever, and one without for at most 30 days", async () => {
  const body = () => form(["file", picture]);
  expect(lifetime(await upload({ body: body() }))).toBe(null);
  expect(lifetime(await upload({ body: body() }, "/v1/images", null))).toBe(30 * DAY);
  const long = form(["file", picture], ["ttl", "60d"], ["public", "false"]);
  const anonymous = await upload({ body: long }, "/v1/images", null);
  expect(lifetime(anonymous)).toBe(30 * DAY);
  expect(anonymous.public).toBe(true);
  expect(lifetime(await upload({ body: form(["file", picture], ["ttl", "1h"]) }, "/v1/images", null))).toBe(
    3_600_000,
  );
});

test("POST /v1/images takes the file as its body, fields from the query and the name from a header", async () => {
  const headers = {
    "Content-Type": "image/jpeg",
    "Content-Disposition": "attachment; filename*=UTF-8''na%C3%AFve.jpg",
  };
  const image = await upload({ body: bytes, headers }, '/v1/images?caption=hi&ttl=1d&labels={"a":"b"}');
  expect(image).toMatchObject({
    filename: "naïve.jpg",
    caption: "hi",
    labels: { a: "b" },
    bytes: bytes.length,
  });
  expect(lifetime(image)).toBe(DAY);
});

test.each(["/v1/upload", "/v1/import"])("POST %s is POST /v1/images", async (path) => {
  expect(await upload({ body: form(["file", picture]) }, path)).toMatchObject({
    object: "image",
    width: 600,
  });
});

test.each([
  ["日本 é.jpg", "日本 é.jpg"],
  ["a/../b.jpg", "b.jpg"],
  ["C:\\photos\\b.jpg", "b.jpg"],
  ['say "cheese".jpg', 'say "cheese".jpg'],
])("POST /v1/images keeps the file name %j as %j", async (sent, kept) => {
  const image = await upload({ body: form(["file", new File([bytes], sent)]) });
  expect(image.filename).toBe(kept);
});

test("POST /v1/images names a file without a name after its id", async () => {
  const raw = await upload({ body: bytes, headers: { "Content-Type": "application/octet-stream" } });
  expect(raw.filename).toBe(`${raw.id}.jpg`);
});

test.each([
  ["photo.jpg", { format: "jpg", width: 4000, height: 3000, transformable: true }],
  ["photo-portrait.jpg", { format: "jpg", width: 1512, height: 2016, transformable: true }],
  ["logo.png", { format: "png", width: 600, height: 400, transformable: true }],
  ["animation.gif", { format: "gif", width: 240, height: 180, transformable: true }],
  ["photo.webp", { format: "webp", width: 1600, height: 1200, transformable: true }],
  ["photo.avif", { format: "avif", width: 1600, height: 1200, transformable: true }],
  ["photo.heic", { format: "jpg", width: 900, height: 1200, transformable: true }],
  ["sample.bmp", { format: "bmp", width: 200, height: 150, transformable: true }],
  ["icon.ico", { format: "ico", width: 48, height: 48, transformable: true }],
  ["scan.tiff", { format: "jpg", width: 400, height: 300, transformable: true }],
  ["drawing.svg", { format: "svg", width: 640, height: 480, transformable: false, sizes: {} }],
])("POST /v1/images tells %s by its bytes", async (name, expected) => {
  const image = await upload({ body: form(["file", new File([await fixtureBytes(name)], "misnamed.txt")]) });
  expect(image).toMatchObject(expected);
  expect(image.url).toBe(`https://edgepix.test/${account.storage}/${image.id}.${expected.format}`);
});

test("POST /v1/images answers the sizes of the contract", async () => {
  const image = await upload({
    body: form(["file", new File([await fixtureBytes("photo.jpg")], "harbour.jpg")]),
  });
  expect(image.sizes).toEqual({
    small: { url: `${image.url}?size=s`, width: 426, height: 320 },
    medium: { url: `${image.url}?size=m`, width: 853, height: 640 },
    large: { url: `${image.url}?size=l`, width: 1440, height: 1080 },
  });
  expect(Object.keys(image)).toEqual(Object.keys(imageSchema.shape));
});

test("POST /v1/images takes blank fields of a raw body's query, and an ampersand written as in HTML, as they were meant", async () => {
  const headers = { "Content-Type": "image/jpeg" };
  const blank = await upload(
    { body: bytes, headers },
    "/v1/images?caption=&ttl=&labels=&metadata=&public=&nsfw=&hidden_metadata=&access=",
  );
  expect(blank).toMatchObject({ caption: null, expires_at: null, labels: {}, metadata: {}, public: true });
  const meant = await upload({ body: bytes, headers }, "/v1/images?nsfw=1&amp;caption=two+words");
  expect(meant).toMatchObject({ nsfw: true, caption: "two words", metadata: {} });
});

test.each([
  ["a form", { body: form(["access", "signed"], ["file", new File([bytes], "a.jpg")]) }, ""],
  ["a raw body's query", { body: bytes, headers: { "Content-Type": "image/jpeg" } }, "?access=signed"],
])(
  "Whoever asks in %s that only signed addresses show a picture is refused, and gets no open one",
  async (_, init, query) => {
    const order = {
      method: "POST",
      ...init,
      headers: { ...("headers" in init ? init.headers : {}), ...authorization(account.key) },
    };
    const answer = await call(`/v1/images${query}`, order);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      error: {
        details: { access: ["Send public, or nothing: whoever has a picture's address may see it."] },
      },
    });
  },
);

test("access=public is what it is anyway, and no metadata", async () => {
  const image = await upload({ body: form(["access", "public"], ["file", new File([bytes], "a.jpg")]) });
  expect(image).toMatchObject({ access: "public", metadata: {} });
});

test("An upload is published when it is made, a private one never", async () => {
  const { created_at, published_at } = await uploadImage(account.key);
  expect(published_at).toBe(created_at);
  expect((await uploadImage(account.key, { public: "false" })).published_at).toBeNull();
});
