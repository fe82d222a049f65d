// What libraries, forms and scripts really send with a picture, and what they meant by it.
import { afterEach, expect, test, vi } from "vitest";
import { errorSchema, type Image, imageListSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { pretendOutside } from "../support/outside.ts";
import { callJson } from "../support/uploads.ts";

afterEach(() => vi.restoreAllMocks());

const { key } = await makeAccount();
const jpeg = await fixtureBytes("coffee.jpg");
const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');
const picture = new File([jpeg], "coffee.jpg", { type: "image/jpeg" });

async function upload(init: RequestInit, path = "/v1/images"): Promise<Image> {
  const headers = { ...authorization(key), ...Object.fromEntries(new Headers(init.headers)) };
  const answer = await call(path, { method: "POST", ...init, headers });
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  return imageSchema.parse(JSON.parse(text));
}

const secondsOf = ({ expires_at, created_at }: Image) =>
  expires_at === null ? null : (Date.parse(expires_at) - Date.parse(created_at)) / 1_000;

/** A form written by hand, as `FormData` can't write one. */
function written(...parts: readonly (readonly [head: string, content: string | Uint8Array<ArrayBuffer>])[]) {
  const blobs = parts.flatMap(([head, content]) => [
    `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n`,
    content,
    "\r\n",
  ]);
  return {
    body: new Blob([...blobs, "--x--\r\n"]),
    headers: { "Content-Type": "multipart/form-data; boundary=x" },
  };
}

test.each(["{}", '{"width":9}', ""])(
  "FilePond's text part file=%s before the file is no file",
  async (note) => {
    const image = await upload({ body: form(["file", note], ["file", picture], ["caption", "x"]) });
    expect(image).toMatchObject({ filename: "coffee.jpg", caption: "x", bytes: jpeg.length, metadata: {} });
  },
);

test("A form whose only part named file is a text is refused, and a picture without a name is none", async () => {
  const body = form(["file", "{}"], ["caption", "x"]);
  const refused = await call("/v1/images", { method: "POST", body, headers: authorization(key) });
  expect(refused.status).toBe(422);
  const image = await upload(written(['name="file"', jpeg], ['name="caption"', "x"]));
  expect(image).toMatchObject({ filename: `${image.id}.jpg`, caption: "x" });
});

test.each([
  ["public", "on", { public: true }],
  ["public", "True", { public: true }],
  ["public", "False", { public: false }],
  ["public", "off", { public: false }],
  ["public", "no", { public: false }],
  ["public", "undefined", { public: true }],
  ["nsfw", "yes", { nsfw: true }],
  ["nsfw", "TRUE", { nsfw: true }],
  ["nsfw", "None", { nsfw: false }],
  ["labels", "null", { labels: {} }],
  ["metadata", " ", { metadata: {} }],
  ["caption", "None", { caption: "None" }],
  ["hidden_metadata", "", { hidden_metadata: "strip" }],
] as const)("A form with %s=%s means what its sender meant", async (name, value, expected) => {
  expect(await upload({ body: form([name, value], ["file", picture]) })).toMatchObject(expected);
});

test.each([
  ["", null],
  ["null", null],
  ["1D", 86_400],
  [" 3600 ", 3_600],
  ["3600.0", 3_600],
] as const)("A form with ttl='%s' lives for %s seconds", async (ttl, seconds) => {
  expect(secondsOf(await upload({ body: form(["file", picture], ["ttl", ttl]) }))).toBe(seconds);
});

test("JSON with null, 1 and True means not given, true and true", async () => {
  const url = "https://photos.example/a.jpg";
  pretendOutside({
    names: { "photos.example": ["93.184.215.14"] },
    pages: { [url]: () => new Response(jpeg) },
  });
  const fields = { ttl: null, public: null, labels: null, filename: null, hidden_metadata: null, nsfw: 1 };
  const { status, answer } = await callJson(key, "POST", "/v1/images", { url, ...fields });
  expect([status, imageSchema.parse(answer)]).toMatchObject([201, { public: true, nsfw: true, labels: {} }]);
});

test("A checkbox with its hidden twin counts as its last value", async () => {
  const body = form(["public", "1"], ["public", "0"], ["file", picture]);
  expect(await upload({ body })).toMatchObject({ public: false });
});

test.each([
  ["no type", {}],
  ["curl's type for --data-binary", { "Content-Type": "application/x-www-form-urlencoded" }],
  ["a storage tool's type", { "Content-Type": "binary/octet-stream" }],
])("A raw body with %s is judged by its bytes", async (_, headers) => {
  for (const [bytes, format] of [
    [jpeg, "jpg"],
    [svg, "svg"],
  ] as const) {
    expect(await upload({ body: bytes, headers })).toMatchObject({ format });
  }
});

test("JSON without a type, as requests.post(data=...) sends it, is JSON", async () => {
  const body = new TextEncoder().encode('{"url":"ftp://a.example/"}');
  const answer = await call("/v1/images", { method: "POST", body, headers: authorization(key) });
  expect(errorSchema.parse(await answer.json()).error.details).toHaveProperty("url");
});

test.each(["/v1/images/", "/v1/upload/"])("POST %s is the same without its slash", async (path) => {
  expect(await upload({ body: form(["file", picture]) }, path)).toMatchObject({ object: "image" });
});

test("Other addresses take a slash at their end too, and one that does not exist is refused as JSON", async () => {
  const { id } = await upload({ body: form(["file", picture]) });
  for (const path of [`/v1/images/${id}/`, "/v1/images/", "/v1/usage/"]) {
    expect((await call(path, { headers: authorization(key) })).status).toBe(200);
  }
  const nothing = await call("/v1/", { headers: authorization(key) });
  expect([nothing.status, errorSchema.parse(await nothing.json()).error.code]).toEqual([404, "not_found"]);
});

test("An empty Idempotency-Key is none", async () => {
  const headers = { "Idempotency-Key": "" };
  const one = await upload({ body: form(["file", picture]), headers });
  const other = await upload({ body: form(["file", picture]), headers });
  expect(other.id).not.toBe(one.id);
});

test("A query copied out of HTML, with &amp; between its fields, says the same", async () => {
  const image = await upload(
    { body: jpeg, headers: { "Content-Type": "image/jpeg" } },
    "/v1/images?caption=a+b&amp;ttl=1d&amp;public=",
  );
  expect([image.caption, secondsOf(image), image.public, image.metadata]).toEqual(["a b", 86_400, true, {}]);
});

test("A list's blank fields, as a search form sends them, were not given", async () => {
  const query = "q=&limit=&cursor=&public=&order=&amp;label%5Bx%5D=y";
  const answer = await call(`/v1/images?${query}`, { headers: authorization(key) });
  expect(imageListSchema.parse(await answer.json()).data).toEqual([]);
});
