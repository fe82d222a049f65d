// POST /v1/images refuses what it should, says why, and keeps nothing of it.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";

const account = await makeAccount();
const jpeg = await fixtureBytes("coffee.jpg");
const png = await fixtureBytes("logo.png");
const picture = new File([jpeg], "coffee.jpg", { type: "image/jpeg" });

const file = (bytes: string | Uint8Array<ArrayBuffer>, name = "a.jpg") =>
  new File([bytes], name, { type: "image/jpeg" });
const json = (body: unknown) => ({
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});
const multipart = (body: string, boundary = "x") => ({
  body,
  headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
});
const withField = (name: string, value: string) => ({ body: form([name, value], ["file", picture]) });
const many = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n, "a"])));

/** A file, and fields whose names and values have so many bytes together. */
function formOfFields(bytes: number): FormData {
  const data = form(["file", picture]);
  for (let left = bytes, n = 10; left > 0; n++) {
    const value = Math.min(left - 2, 200_000);
    data.append(String(n), "a".repeat(value));
    left -= value + 2;
  }
  return data;
}

function manyFields(count: number, bytes: number): FormData {
  const data = form(["file", picture]);
  for (let n = 0; n < count; n++) data.append(`f${n}`, "a".repeat(bytes));
  return data;
}

type Row = readonly [what: string, init: RequestInit, status: number, code: string, field?: string];

const refused: readonly Row[] = [
  ["an empty body", {}, 422, "validation_error", "file"],
  [
    "an empty body of a picture's type",
    { headers: { "Content-Type": "image/jpeg" } },
    422,
    "validation_error",
    "file",
  ],
  ["a text body", { body: "hello" }, 422, "validation_error", "file"],
  ["a form without a file", { body: form(["caption", "hi"]) }, 422, "validation_error", "file"],
  [
    "a text file named .jpg",
    { body: form(["file", file("just text", "a.jpg")]) },
    422,
    "validation_error",
    "file",
  ],
  [
    "an HTML page named .jpg",
    { body: form(["file", file("<!doctype html><p>hi")]) },
    422,
    "validation_error",
    "file",
  ],
  ["a file of 0 bytes", { body: form(["file", file("")]) }, 422, "validation_error", "file"],
  [
    "a JPEG cut inside its header",
    { body: form(["file", file(jpeg.slice(0, 40))]) },
    422,
    "validation_error",
    "file",
  ],
  [
    "a PNG cut inside its header",
    { body: form(["file", file(png.slice(0, 40))]) },
    422,
    "validation_error",
    "file",
  ],
  ["two files", { body: form(["file", picture], ["file", picture]) }, 422, "validation_error", "file"],
  [
    "a wrong boundary",
    multipart("--y\r\nContent-Disposition: form-data; name=file\r\n\r\na\r\n--y--\r\n"),
    422,
    "validation_error",
    "file",
  ],
  [
    "a form without a boundary",
    { body: "a", headers: { "Content-Type": "multipart/form-data" } },
    400,
    "bad_request",
  ],
  [
    "a form that ends early",
    multipart("--x\r\nContent-Disposition: form-data; name=file; filename=a.jpg\r\n\r\n\xff"),
    400,
    "bad_request",
  ],
  [
    "a part with broken headers",
    multipart("--x\r\nContent Disposition\r\n\r\na\r\n--x--\r\n"),
    400,
    "bad_request",
  ],
  ["fields of more than 1 MB together", { body: formOfFields(1_000_001) }, 400, "bad_request"],
  ["a form of 198 fields of 262 KB", { body: manyFields(198, 262_144) }, 400, "bad_request"],
  ["a form of 201 parts", { body: manyFields(200, 1) }, 400, "bad_request"],
  ["JSON of more than 1 MB", json({ url: "a".repeat(1_000_001) }), 400, "bad_request"],
  [
    "JSON that is nested deeply",
    json(`{"url":"https://x.example/","a":${"[".repeat(400_000)}`),
    400,
    "bad_request",
  ],
  [
    "JSON that is nested deeply and ends",
    json(`{"url":"https://x.example/","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    400,
    "bad_request",
  ],
  ["a hundred thousand metadata", withField("metadata", many(20_000)), 422, "validation_error", "metadata"],
  [
    "a hundred thousand fields",
    json(`{"url":"https://x.example/",${many(50_000).slice(1)}`),
    422,
    "validation_error",
    "metadata",
  ],
  ["a JSON probe {}", json({}), 422, "validation_error", "url"],
  ["JSON that is none", json("{"), 400, "bad_request"],
  ["JSON that is no object", json([]), 422, "validation_error"],
  ["a url that is no text", json({ url: 7 }), 422, "validation_error", "url"],
  [
    "a caption over 2,000 characters",
    withField("caption", "a".repeat(2_001)),
    422,
    "validation_error",
    "caption",
  ],
  ["public that is neither true nor false", withField("public", "maybe"), 422, "validation_error", "public"],
  ["nsfw that is neither true nor false", withField("nsfw", "2"), 422, "validation_error", "nsfw"],
  ["a ttl under 5 minutes", withField("ttl", "299"), 422, "validation_error", "ttl"],
  ["a ttl over 90 days", withField("ttl", "91d"), 422, "validation_error", "ttl"],
  ["a ttl in weeks", withField("ttl", "2w"), 422, "validation_error", "ttl"],
  ["labels that are no JSON", withField("labels", "a=b"), 422, "validation_error", "labels"],
  ["labels that are a list", withField("labels", '["a"]'), 422, "validation_error", "labels"],
  ["51 labels", withField("labels", many(51)), 422, "validation_error", "labels"],
  ["a label's key with a space", withField("labels", '{"a b":"c"}'), 422, "validation_error", "labels"],
  [
    "a label's key of 65 characters",
    withField("labels", `{"${"k".repeat(65)}":"c"}`),
    422,
    "validation_error",
    "labels",
  ],
  ["a label's value with a comma", withField("labels", '{"a":"b,c"}'), 422, "validation_error", "labels"],
  [
    "a label's value with a space at its end",
    withField("labels", '{"a":"b "}'),
    422,
    "validation_error",
    "labels",
  ],
  ["an empty label", withField("labels", '{"a":""}'), 422, "validation_error", "labels"],
  [
    "a label's value of 129 characters",
    withField("labels", `{"a":"${"v".repeat(129)}"}`),
    422,
    "validation_error",
    "labels",
  ],
  [
    "a label's value of 65 emoji, two UTF-16 units each",
    withField("labels", `{"a":"${"😀".repeat(65)}"}`),
    422,
    "validation_error",
    "labels",
  ],
  ["a label's value that is a number", withField("labels", '{"a":1}'), 422, "validation_error", "labels"],
  ["51 entries of metadata", withField("metadata", many(51)), 422, "validation_error", "metadata"],
  [
    "metadata over 2,000 characters",
    withField("metadata", `{"a":"${"v".repeat(2_001)}"}`),
    422,
    "validation_error",
    "metadata",
  ],
  ["metadata that is text", withField("metadata", '"text"'), 422, "validation_error", "metadata"],
  ["a text field whose name can't be a key", withField("a b", "c"), 422, "validation_error", "metadata"],
  [
    "a bad field behind the file",
    { body: form(["file", picture], ["ttl", "soon"]) },
    422,
    "validation_error",
    "ttl",
  ],
];

for (const [what, init, status, code, field] of refused) {
  test(`POST /v1/images refuses ${what}`, async () => {
    const headers = { ...authorization(account.key), ...init.headers };
    const response = await call("/v1/images", { method: "POST", ...init, headers });
    const { error } = errorSchema.parse(await response.json());
    expect([response.status, error.code]).toEqual([status, code]);
    if (field) expect(Object.keys(error.details ?? {})).toContain(field);
    expect(error.request_id).toBe(response.headers.get("X-Request-Id"));
    expect(await leftoversOf(account)).toEqual(nothing);
  });
}

test("POST /v1/images refuses 25 MB without a key, before and while it arrives", async () => {
  const large = new Uint8Array(25_000_000);
  large.set(jpeg);
  const raw = await call("/v1/images", {
    method: "POST",
    body: large,
    headers: { "Content-Type": "image/jpeg" },
  });
  const inForm = await call("/v1/images", { method: "POST", body: form(["file", file(large)]) });
  for (const response of [raw, inForm]) {
    expect(response.status).toBe(422);
    const { error } = errorSchema.parse(await response.json());
    expect(error.details).toEqual({ file: ["The file may have at most 20 MB."] });
  }
  expect(await leftoversOf({ id: "anonymous", storage: "anon" })).toMatchObject({ objects: [], rows: 0 });
});

test("POST /v1/images keeps nothing of a sender who hangs up half-way", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(jpeg.slice(0, 10_000)),
    pull: (controller) => controller.error(new Error("the connection is gone")),
  });
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body, headers });
  expect(response.ok).toBe(false);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test.each([
  ["ttl=soon", withField("ttl", "soon"), { ttl: [expect.stringContaining("300 to 7776000")] }],
  ["a label called é", withField("labels", '{"é":"a"}'), { labels: [expect.stringContaining("1 to 64")] }],
  ["a field called a b", withField("a b", "c"), { metadata: [expect.stringContaining("1 to 64")] }],
])("POST /v1/images says of %s what would have been right", async (_, init, details) => {
  const response = await call("/v1/images", { method: "POST", ...init, headers: authorization(account.key) });
  expect(errorSchema.parse(await response.json()).error.details).toEqual(details);
});

test("POST /v1/images reads fields of 1 MB together, and only then judges them", async () => {
  const headers = authorization(account.key);
  const response = await call("/v1/images", { method: "POST", body: formOfFields(1_000_000), headers });
  expect(response.status).toBe(422);
  expect(errorSchema.parse(await response.json()).error.details).toHaveProperty("metadata");
});

test("A refusal of a hundred thousand metadata says why in one line", async () => {
  const body = form(["metadata", many(20_000)], ["file", picture]);
  const response = await call("/v1/images", { method: "POST", body, headers: authorization(account.key) });
  expect((await response.text()).length).toBeLessThan(1_000);
});
