// A failure at any step of an upload leaves nothing behind: one row of each table makes exactly one step fail.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { failingAfter, failingAt, replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";

vi.spyOn(console, "error").mockImplementation(() => undefined);

const account = await makeAccount();
const small = await fixtureBytes("coffee.jpg");

/** A JPEG of three parts: bytes behind the picture's end are kept as they are. */
const large = new Uint8Array(12_000_000);
large.set(small);

const ledgers = (wrap: (ledger: object) => object) =>
  replacing(env.LEDGER, "getByName", (original, args) => {
    const ledger = original(...args);
    return typeof ledger === "object" && ledger !== null ? wrap(ledger) : ledger;
  });
const multiparts = (method: string, fail: typeof failingAt) =>
  replacing(env.ORIGINALS, "createMultipartUpload", async (original, args) => {
    const upload = await original(...args);
    return typeof upload === "object" && upload !== null ? fail(upload, method) : upload;
  });
const steps: readonly (readonly [step: string, file: Uint8Array<ArrayBuffer>, bindings: Partial<ApiEnv>])[] =
  [
    ["reserving", small, { LEDGER: ledgers((ledger) => failingAt(ledger, "reserve")) }],
    [
      "hearing that room was reserved",
      small,
      { LEDGER: ledgers((ledger) => failingAfter(ledger, "reserve")) },
    ],
    ["storing", small, { ORIGINALS: failingAt(env.ORIGINALS, "put") }],
    ["hearing that it was stored", small, { ORIGINALS: failingAfter(env.ORIGINALS, "put") }],
    ["beginning to store in parts", large, { ORIGINALS: failingAt(env.ORIGINALS, "createMultipartUpload") }],
    [
      "noting the parts in the ledger",
      large,
      { LEDGER: ledgers((ledger) => failingAt(ledger, "noteUpload")) },
    ],
    ["storing a part", large, { ORIGINALS: multiparts("uploadPart", failingAt) }],
    ["completing the parts", large, { ORIGINALS: multiparts("complete", failingAt) }],
    ["hearing that the parts are complete", large, { ORIGINALS: multiparts("complete", failingAfter) }],
    ["writing the row", small, { DB: failingAt(env.DB, "batch") }],
    ["hearing that the row was written", small, { DB: failingAfter(env.DB, "batch") }],
    ["committing", small, { LEDGER: ledgers((ledger) => failingAt(ledger, "commit")) }],
    ["hearing that it was committed", small, { LEDGER: ledgers((ledger) => failingAfter(ledger, "commit")) }],
  ];

test.each(steps)("POST /v1/images leaves nothing behind when it fails at %s", async (_, body, bindings) => {
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body, headers }, bindings);
  const { error } = errorSchema.parse(await response.json());
  expect([response.status, error.code]).toEqual([502, "upload_failed"]);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test.each(["uploadPart", "complete"])("POST /v1/images aborts its parts when %s fails", async (method) => {
  const begun: { readonly key: string; readonly uploadId: string }[] = [];
  const ORIGINALS = replacing(env.ORIGINALS, "createMultipartUpload", async (_, [key]) => {
    const upload = await env.ORIGINALS.createMultipartUpload(String(key));
    begun.push(upload);
    return failingAt(upload, method);
  });
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  await call("/v1/images", { method: "POST", body: large, headers }, { ORIGINALS });
  expect(begun).toHaveLength(1);
  for (const { key, uploadId } of begun) {
    const again = env.ORIGINALS.resumeMultipartUpload(key, uploadId).uploadPart(1, small);
    await expect(again).rejects.toThrow("10024");
  }
});

test("POST /v1/images leaves nothing behind when a large file turns out cut off at its end", async () => {
  const cut = large.slice();
  // The picture's end marker goes; what follows it is then read as more of the picture.
  cut.fill(0, small.length - 2);
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body: cut, headers });
  expect(response.status).toBe(422);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("POST /v1/images works once nothing fails, with the same large file", async () => {
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body: large, headers });
  expect(response.status).toBe(201);
  const left = await leftoversOf(account);
  expect(left).toMatchObject({ rows: 1, reservations: 0, uploadsCounted: 1, bytesCounted: large.length });
});
