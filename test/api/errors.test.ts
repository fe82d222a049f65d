// Every row of the contract's table of errors, provoked as a caller would meet it.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import type { ErrorName } from "../../schema/errors.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { failingAt } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { pretendOutside } from "../support/outside.ts";
import { uploadImage } from "../support/uploads.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const account = await makeAccount();
const suspended = await makeAccount({ status: "suspended" });
const reader = await makeAccount({ abilities: "read" });
const jpeg = await fixtureBytes("coffee.jpg");
const url = "https://photos.example/a.jpg";
const { id } = await uploadImage(account.key);

const send = (method: string, path: string, init: RequestInit = {}, bindings: object = {}) =>
  call(
    path,
    { method, ...init, headers: { ...authorization(account.key), ...init.headers } },
    { ...bindings },
  );
const json = (body: unknown) => ({
  body: JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});
const upload = (bindings: object = {}, headers: Readonly<Record<string, string>> = {}) =>
  send("POST", "/v1/images", { body: jpeg, headers: { "Content-Type": "image/jpeg", ...headers } }, bindings);

async function imageOf(status: "blocked" | "failed"): Promise<string> {
  const image = await uploadImage(account.key);
  await env.DB.prepare("update images set status = ? where id = ?").bind(status, image.id).run();
  return `/v1/images/${image.id}`;
}

function importFrom(answer: (request: Request) => Response | Promise<Response>, bindings: object = {}) {
  pretendOutside({ names: { "photos.example": ["93.184.215.14"] }, pages: { [url]: answer } });
  return send("POST", "/v1/images", json({ url }), bindings);
}
const never = ({ signal }: Request) =>
  new Promise<Response>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

interface Row {
  readonly status: number;
  readonly type: string;
  readonly provoke: () => Promise<Response>;
  /** What its error says besides. */
  readonly says?: object;
}

const rows: Readonly<Record<Exclude<ErrorName, "overloaded">, Row>> = {
  validation_error: {
    ...{ status: 422, type: "invalid_request_error", says: { details: { url: [expect.any(String)] } } },
    provoke: () => send("POST", "/v1/images", json({})),
  },
  bad_request: {
    ...{ status: 400, type: "invalid_request_error" },
    provoke: () => send("GET", "/v1/images?cursor=broken"),
  },
  not_found: {
    ...{ status: 404, type: "invalid_request_error" },
    provoke: () => send("GET", "/v1/images/aaaaaaaa"),
  },
  method_not_allowed: {
    ...{ status: 405, type: "invalid_request_error" },
    provoke: () => send("PUT", "/v1/images"),
  },
  unauthorized: {
    ...{ status: 401, type: "authentication_error" },
    provoke: () => call("/v1/usage"),
  },
  forbidden: {
    ...{ status: 403, type: "permission_error" },
    provoke: () => send("DELETE", `/v1/images/${id}`, { headers: authorization(reader.key) }),
  },
  app_suspended: {
    ...{ status: 403, type: "permission_error" },
    provoke: () => call("/v1/usage", { headers: authorization(suspended.key) }),
  },
  media_blocked: {
    ...{ status: 403, type: "permission_error" },
    provoke: async () => send("GET", await imageOf("blocked")),
  },
  file_blocked: {
    ...{ status: 422, type: "permission_error" },
    provoke: async () => {
      const mine = new Uint8Array([...jpeg, 1]);
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", mine)).toHex();
      await env.DB.prepare("insert into blocked_files (sha256, blocked_at) values (?, 0)").bind(hash).run();
      return send("POST", "/v1/images", { body: mine, headers: { "Content-Type": "image/jpeg" } });
    },
  },
  media_locked: {
    ...{ status: 403, type: "permission_error" },
    provoke: async () => send("PATCH", await imageOf("blocked"), json({ nsfw: true })),
  },
  rate_limited: {
    ...{ status: 429, type: "rate_limit_error" },
    says: { action: { type: "wait", retry_after: expect.any(Number) } },
    provoke: () => send("GET", "/v1/usage", {}, { KEY_REQUESTS_PER_MINUTE: "0" }),
  },
  quota_exceeded: {
    ...{ status: 403, type: "quota_error" },
    says: { action: { type: "upgrade" }, usage: { plan: "free", storage_limit_bytes: 1_000_000_000 } },
    provoke: async () => {
      const full = await makeAccount({ plan: "free" });
      await env.LEDGER.getByName(`account:${full.id}`).commit("bulky000", 1_000_000_000, Date.now());
      return upload({}, authorization(full.key));
    },
  },
  idempotency_key_conflict: {
    ...{ status: 409, type: "idempotency_error" },
    provoke: async () => {
      await upload({}, { "Idempotency-Key": "used" });
      return send("POST", "/v1/images?caption=other", {
        body: jpeg,
        headers: { "Content-Type": "image/jpeg", "Idempotency-Key": "used" },
      });
    },
  },
  idempotency_key_in_progress: {
    ...{ status: 409, type: "idempotency_error" },
    says: { action: { type: "wait", retry_after: expect.any(Number) } },
    provoke: async () => {
      const ledger = env.LEDGER.getByName(`account:${account.id}`);
      await ledger.beginKey({ key: "running", attempt: "first", imageId: "aaaaaaaa" }, Date.now());
      return upload({}, { "Idempotency-Key": "running" });
    },
  },
  media_failed: {
    ...{ status: 422, type: "processing_error" },
    provoke: async () => send("GET", await imageOf("failed")),
  },
  fetch_failed: {
    ...{ status: 502, type: "processing_error" },
    provoke: () => importFrom(() => new Response("gone", { status: 410 })),
  },
  fetch_timeout: {
    ...{ status: 504, type: "processing_error", says: { code: "fetch_failed" } },
    provoke: () => importFrom(never, { IMPORT_TIMEOUT_SECONDS: "0.05" }),
  },
  upload_failed: {
    ...{ status: 502, type: "processing_error" },
    provoke: () => upload({ ORIGINALS: failingAt(env.ORIGINALS, "put") }),
  },
  import_failed: {
    ...{ status: 502, type: "processing_error" },
    provoke: () => importFrom(() => new Response(jpeg), { ORIGINALS: failingAt(env.ORIGINALS, "put") }),
  },
  update_failed: {
    ...{ status: 500, type: "api_error" },
    provoke: () =>
      send("PATCH", `/v1/images/${id}`, json({ nsfw: true }), { DB: failingAt(env.DB, "batch") }),
  },
  delete_failed: {
    ...{ status: 500, type: "api_error" },
    provoke: () => send("DELETE", `/v1/images/${id}`, {}, { DB: failingAt(env.DB, "batch") }),
  },
  server_error: {
    ...{ status: 500, type: "api_error" },
    provoke: () => send("GET", "/v1/usage", {}, { LEDGER: undefined }),
  },
};

for (const [name, { status, type, provoke, says = {} }] of Object.entries(rows)) {
  test(`${name} answers ${status} ${type}`, async () => {
    const response = await provoke();
    const { error } = errorSchema.parse(await response.json());
    expect(response.status).toBe(status);
    expect(error).toMatchObject({ code: name, type, ...says });
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.request_id).toBe(response.headers.get("X-Request-Id"));
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.has("Allow")).toBe(status === 405);
    const wait = error.action?.retry_after;
    expect(response.headers.get("Retry-After")).toBe(wait === undefined ? null : String(wait));
  });
}

test("rate_limited without a key asks to sign up, and tells the wait", async () => {
  const response = await call(
    "/v1/images",
    { method: "POST", body: form(["file", new File([jpeg], "a.jpg")]) },
    { ANONYMOUS_UPLOADS_PER_HOUR: "0" },
  );
  expect(response.status).toBe(429);
  const { action } = errorSchema.parse(await response.json()).error;
  expect(action).toMatchObject({ type: "signup", retry_after: Number(response.headers.get("Retry-After")) });
});
