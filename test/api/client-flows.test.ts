// What existing clients do from their first call to their last, in the order in which they do it.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import {
  batchResultSchema,
  errorSchema,
  imageListSchema,
  imageSchema,
  usageSchema,
} from "../../schema/api.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { pretendOutside } from "../support/outside.ts";
import { callJson, makeImages, uploadImage } from "../support/uploads.ts";

afterEach(() => vi.restoreAllMocks());

const jpeg = await fixtureBytes("coffee.jpg");
const file = () => new File([jpeg], "harbour.jpg", { type: "image/jpeg" });

async function errorOf(response: Response) {
  return errorSchema.parse(await response.json()).error;
}

/** Sends one form written by hand, so that its boundary is known. */
function postForm(key: string, boundary: string, idempotencyKey: string): Promise<Response> {
  const lines = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="labels"',
    "",
    '{"trip":"rome"}',
    `--${boundary}`,
    'Content-Disposition: form-data; name="file"; filename="harbour.jpg"',
    "Content-Type: image/jpeg",
    "",
    "",
  ];
  return call("/v1/upload", {
    method: "POST",
    body: new Blob([lines.join("\r\n"), jpeg, `\r\n--${boundary}--\r\n`]),
    headers: {
      ...authorization(key),
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      "Idempotency-Key": idempotencyKey,
    },
  });
}

test("A client connects: it reads its usage, and probes with {} whether its key may write", async () => {
  const writer = await makeAccount({ plan: "free" });
  const reader = await makeAccount({ abilities: "read" });
  const usage = await callJson(writer.key, "GET", "/v1/usage");
  expect(usageSchema.parse(usage.answer)).toMatchObject({ plan: "free", totals: { images_stored: 0 } });
  const probes = [
    [writer.key, 422, "validation_error"],
    [reader.key, 403, "forbidden"],
    ["img_live_nobody", 401, "unauthorized"],
  ] as const;
  for (const [key, status, code] of probes) {
    const probe = await callJson(key, "POST", "/v1/images", {});
    expect([probe.status, errorSchema.parse(probe.answer).error.code]).toEqual([status, code]);
  }
  expect(await leftoversOf(writer)).toEqual(nothing);
});

test("A client uploads a form with labels and metadata, and reads back what it was answered", async () => {
  const { key } = await makeAccount();
  const body = form(
    ["caption", "Six in the morning"],
    ["labels", '{"trip":"rome","day":"1"}'],
    ["metadata", '{"camera":"X100"}'],
    ["order_number", "4711"],
    ["file", file()],
    ["public", "0"],
    ["ttl", "7d"],
  );
  const created = await call("/v1/images", { method: "POST", body, headers: authorization(key) });
  expect(created.status).toBe(201);
  const image = imageSchema.parse(await created.json());
  expect(image).toMatchObject({
    filename: "harbour.jpg",
    caption: "Six in the morning",
    labels: { trip: "rome", day: "1" },
    metadata: { camera: "X100", order_number: "4711" },
    public: false,
  });
  expect(Date.parse(image.expires_at ?? "") - Date.parse(image.created_at)).toBe(7 * 86_400_000);
  expect((await callJson(key, "GET", `/v1/images/${image.id}`)).answer).toEqual(image);
});

test("A client whose line broke sends the same upload again in a form of another boundary", async () => {
  const account = await makeAccount();
  const first = await postForm(account.key, "first-boundary", "upload-1");
  const again = await postForm(account.key, "another-boundary", "upload-1");
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  expect(await again.json()).toEqual(await first.json());
  expect(await leftoversOf(account)).toMatchObject({ rows: 1, uploadsCounted: 1 });
});

test("A client imports from an address under the old path, and the file is named after it", async () => {
  const { key } = await makeAccount();
  pretendOutside({
    names: { "photos.example": ["93.184.215.14"] },
    pages: { "https://photos.example/a/pier.jpg?w=9": () => new Response(jpeg) },
  });
  const { status, answer } = await callJson(key, "POST", "/v1/import", {
    url: "https://photos.example/a/pier.jpg?w=9",
    labels: { source: "web" },
  });
  expect(status).toBe(201);
  expect(imageSchema.parse(answer)).toMatchObject({ filename: "pier.jpg", labels: { source: "web" } });
});

/** Every page of a list, the way clients walk it: until there is no cursor. */
async function listAll(key: string, query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { answer } = await callJson(key, "GET", `/v1/images?${query}${cursor && `&cursor=${cursor}`}`);
    const page = imageListSchema.parse(answer);
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.pagination.next_cursor;
  }
  return ids;
}

test("A client lists by label to the end, then reads fifty by their ids", async () => {
  const account = await makeAccount();
  const ids = await makeImages(account, 60);
  const { status } = await callJson(account.key, "PATCH", "/v1/images/batch", {
    ids: ids.slice(0, 55),
    labels: { album: "a" },
  });
  expect(status).toBe(200);
  const listed = await listAll(account.key, "label[album]=a&limit=20");
  expect(listed.toSorted()).toEqual(ids.slice(0, 55).toSorted());
  const { answer } = await callJson(account.key, "GET", `/v1/images?ids=${listed.slice(0, 50).join(",")}`);
  expect(imageListSchema.parse(answer)).toMatchObject({ pagination: { has_more: false, next_cursor: null } });
  expect(imageListSchema.parse(answer).data.map(({ id }) => id)).toEqual(listed.slice(0, 50));
});

test("A client empties its account: it lists a page, deletes the page in a batch, and goes on to the end", async () => {
  const account = await makeAccount();
  const made = await makeImages(account, 130);
  const deleted: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const listed = await callJson(account.key, "GET", `/v1/images?limit=100${cursor && `&cursor=${cursor}`}`);
    const page = imageListSchema.parse(listed.answer);
    const ids = page.data.map(({ id }) => id);
    const { answer } = await callJson(account.key, "DELETE", "/v1/images/batch", { ids });
    deleted.push(...batchResultSchema.parse(answer).data.map(({ id }) => id));
    cursor = page.pagination.next_cursor;
  }
  expect(deleted.toSorted()).toEqual(made.toSorted());
  expect(await leftoversOf(account)).toMatchObject({ objects: [], rows: 0, bytesCounted: 0 });
});

/** As if the account held one more image, of so many bytes. */
const holdBytes = (account: TestAccount, bytes: number) =>
  env.LEDGER.getByName(`account:${account.id}`).commit("bulky000", bytes, Date.now());

test("A client with a full account is told so, deletes an image, and uploads again", async () => {
  const account = await makeAccount({ plan: "free" });
  const { id } = await uploadImage(account.key);
  await holdBytes(account, 1_000_000_000 - jpeg.length);
  const upload = () =>
    call("/v1/images", { method: "POST", body: form(["file", file()]), headers: authorization(account.key) });
  const full = await upload();
  expect(full.status).toBe(403);
  expect(await errorOf(full)).toMatchObject({
    code: "quota_exceeded",
    action: { type: "upgrade" },
    usage: { storage_used_bytes: 1_000_000_000, storage_limit_bytes: 1_000_000_000 },
  });
  expect((await callJson(account.key, "DELETE", `/v1/images/${id}`)).status).toBe(200);
  expect((await upload()).status).toBe(201);
});

test("A client that is too fast reads one wait in the header and in the action, with a key and without", async () => {
  const { key } = await makeAccount();
  const withKey = () => call("/v1/usage", { headers: authorization(key) }, { KEY_REQUESTS_PER_MINUTE: "1" });
  const without = () =>
    call(
      "/v1/images",
      { method: "POST", body: form(["file", file()]), headers: { "CF-Connecting-IP": "203.0.113.77" } },
      { ANONYMOUS_UPLOADS_PER_HOUR: "1" },
    );
  for (const [send, type, longestWait] of [
    [withKey, "wait", 60],
    [without, "signup", 3_600],
  ] as const) {
    expect((await send()).ok).toBe(true);
    const tooFast = await send();
    expect(tooFast.status).toBe(429);
    const { code, action } = await errorOf(tooFast);
    expect([code, action?.type]).toEqual(["rate_limited", type]);
    expect(tooFast.headers.get("Retry-After")).toBe(String(action?.retry_after));
    expect(action?.retry_after).toBeLessThanOrEqual(longestWait);
  }
});
