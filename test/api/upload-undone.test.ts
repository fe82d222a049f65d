// A failure at any step of an upload leaves nothing behind: one row of each table makes exactly one step fail.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { failingAfter, failingAt, replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { openSessions, recordSessions } from "../support/recorded-sessions.ts";

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
  replacing(env.ORIGINALS, "resumeMultipartUpload", (original, args) => {
    const upload = original(...args);
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
    ["beginning to store in parts", large, { LEDGER: ledgers((ledger) => failingAt(ledger, "beginParts")) }],
    [
      "hearing that the parts have begun",
      large,
      { LEDGER: ledgers((ledger) => failingAfter(ledger, "beginParts")) },
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
  const sessions = await recordSessions(account);
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body, headers }, bindings);
  expect(await openSessions(sessions)).toEqual([]);
  const { error } = errorSchema.parse(await response.json());
  expect([response.status, error.code]).toEqual([502, "upload_failed"]);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("POST /v1/images leaves nothing behind when what follows a large file is refused", async () => {
  const sessions = await recordSessions(account);
  const body = form(["file", new File([large], "large.jpg")], ["ttl", "for ever and a day"]);
  const response = await call("/v1/images", { method: "POST", body, headers: authorization(account.key) });
  expect(response.status).toBe(422);
  expect(sessions).toHaveLength(1);
  expect(await openSessions(sessions)).toEqual([]);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("POST /v1/images works once nothing fails, with the same large file", async () => {
  const headers = { ...authorization(account.key), "Content-Type": "image/jpeg" };
  const response = await call("/v1/images", { method: "POST", body: large, headers });
  expect(response.status).toBe(201);
  const left = await leftoversOf(account);
  expect(left).toMatchObject({ rows: 1, reservations: 0, uploadsCounted: 1, bytesCounted: large.length });
});
