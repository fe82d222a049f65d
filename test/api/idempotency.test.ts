// Idempotency-Key: a request that is sent again makes no second image.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { failingAt, replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { pretendOutside } from "../support/outside.ts";

afterEach(() => vi.restoreAllMocks());

const jpeg = await fixtureBytes("coffee.jpg");
const file = (name = "a.jpg", bytes = jpeg) => new File([bytes], name, { type: "image/jpeg" });
const ledgerOf = ({ id }: TestAccount) => env.LEDGER.getByName(`account:${id}`);

async function post(account: TestAccount, idempotencyKey: string, init: RequestInit, bindings = {}) {
  const headers = { ...authorization(account.key), "Idempotency-Key": idempotencyKey, ...init.headers };
  const response = await call("/v1/images", { method: "POST", ...init, headers }, bindings);
  return { response, status: response.status, answer: await response.json<unknown>() };
}
const codeOf = (answer: unknown) => errorSchema.parse(answer).error.code;

/** Lets the hold of whoever uses a key run out. */
const makeDead = (account: TestAccount) =>
  runInDurableObject(ledgerOf(account), (_, state) => {
    state.storage.sql.exec("update idempotency set held_until = 0 where held_until is not null");
  });

test("The same request with the same key answers the same image, whatever its boundary and the order of its fields", async () => {
  const account = await makeAccount();
  const first = await post(account, "k", {
    body: form(["caption", "x"], ["labels", '{"a":"1","b":"2"}'], ["file", file()]),
  });
  expect(first.status).toBe(201);
  expect(first.response.headers.has("Idempotent-Replayed")).toBe(false);
  for (const body of [
    form(["caption", "x"], ["labels", '{"a":"1","b":"2"}'], ["file", file()]),
    form(["file", file()], ["labels", '{"b":"2","a":"1"}'], ["caption", "x"], ["public", "1"]),
  ]) {
    const again = await post(account, "k", { body });
    expect(again.status).toBe(201);
    expect(again.response.headers.get("Idempotent-Replayed")).toBe("true");
    expect(again.answer).toEqual(first.answer);
  }
  expect(await leftoversOf(account)).toMatchObject({ rows: 1, uploadsCounted: 1, bytesCounted: jpeg.length });
});

test("A request that is over renews its key no more, whether it made an image or not", async () => {
  const account = await makeAccount();
  const [begun, ended] = [vi.spyOn(globalThis, "setInterval"), vi.spyOn(globalThis, "clearInterval")];
  expect((await post(account, "made", { body: form(["file", file()]) })).status).toBe(201);
  expect(
    (await post(account, "refused", { body: form(["file", file("a.txt", new Uint8Array(9))]) })).status,
  ).toBe(422);
  const timers = begun.mock.results.map(({ value }) => value);
  expect(timers).toHaveLength(2);
  expect(ended.mock.calls.flat()).toEqual(timers);
});

test.each([
  ["another caption", form(["caption", "y"], ["file", file()])],
  ["another file name", form(["caption", "x"], ["file", file("b.jpg")])],
  ["a filename of its own", form(["caption", "x"], ["filename", "b.jpg"], ["file", file()])],
  ["another type", form(["caption", "x"], ["file", new File([jpeg], "a.jpg", { type: "image/png" })])],
  ["another file", form(["caption", "x"], ["file", file("a.jpg", new Uint8Array([...jpeg, 0]))])],
  ["one more field", form(["caption", "x"], ["nsfw", "1"], ["file", file()])],
])("The same key with %s is a conflict", async (_, body) => {
  const account = await makeAccount();
  await post(account, "k", { body: form(["caption", "x"], ["file", file()]) });
  const other = await post(account, "k", { body });
  expect([other.status, codeOf(other.answer)]).toEqual([409, "idempotency_key_conflict"]);
  expect(await leftoversOf(account)).toMatchObject({ rows: 1 });
});

test("An import with the same key is not fetched again", async () => {
  const account = await makeAccount();
  const url = "https://photos.example/a.jpg";
  const outside = pretendOutside({
    names: { "photos.example": ["93.184.215.14"] },
    pages: { [url]: () => new Response(jpeg) },
  });
  const headers = { "Content-Type": "application/json" };
  const first = await post(account, "k", { body: JSON.stringify({ url, caption: "x" }), headers });
  const again = await post(account, "k", { body: JSON.stringify({ caption: "x", url }), headers });
  expect(first.status).toBe(201);
  expect(again.answer).toEqual(first.answer);
  expect(outside.asked).toEqual([url]);
  const other = await post(account, "k", { body: JSON.stringify({ url, caption: "y" }), headers });
  expect(codeOf(other.answer)).toBe("idempotency_key_conflict");
});

test("Fifty equal requests at once make one image; the others replay it or are asked to wait", async () => {
  const account = await makeAccount();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => post(account, "k", { body: form(["file", file()]) })),
  );
  const made = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(made.length + waiting.length).toBe(50);
  expect(new Set(made.map(({ answer }) => imageSchema.parse(answer).id)).size).toBe(1);
  for (const { answer, response } of waiting) {
    const { code, action } = errorSchema.parse(answer).error;
    expect(code).toBe("idempotency_key_in_progress");
    expect(action).toEqual({ type: "wait", retry_after: Number(response.headers.get("Retry-After")) });
  }
  expect(await leftoversOf(account)).toMatchObject({ rows: 1, reservations: 0, uploadsCounted: 1 });
});

test("Fifty equal requests that come again until they are answered all get the one image", async () => {
  const account = await makeAccount();
  const insist = async (): Promise<unknown> => {
    for (;;) {
      const { status, answer } = await post(account, "k", { body: form(["file", file()]) });
      if (status === 201) return answer;
      expect(codeOf(answer)).toBe("idempotency_key_in_progress");
    }
  };
  const answers = await Promise.all(Array.from({ length: 50 }, insist));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await leftoversOf(account)).toMatchObject({ rows: 1, reservations: 0, uploadsCounted: 1 });
});

test("Keys of one caller mean nothing to another, with a key or without", async () => {
  const [one, two] = [await makeAccount(), await makeAccount()];
  const ids = new Set<string>();
  for (const account of [one, two]) {
    const { answer } = await post(account, "shared", { body: form(["file", file()]) });
    ids.add(imageSchema.parse(answer).id);
  }
  for (const address of ["203.0.113.1", "203.0.113.2"]) {
    const headers = { "Idempotency-Key": "shared", "CF-Connecting-IP": address };
    const response = await call("/v1/images", { method: "POST", body: form(["file", file()]), headers });
    ids.add(imageSchema.parse(await response.json()).id);
  }
  expect(ids.size).toBe(4);
});

test.each([
  ["a body that is refused", {}, () => form(["file", file("a.jpg", jpeg.slice(0, 40))]), 422],
  ["a bucket that fails", { ORIGINALS: failingAt(env.ORIGINALS, "put") }, () => form(["file", file()]), 502],
  ["a database that fails", { DB: failingAt(env.DB, "batch") }, () => form(["file", file()]), 502],
])("A request that failed by %s does not pin its key", async (_, bindings, body, status) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const account = await makeAccount();
  expect((await post(account, "k", { body: body() }, bindings)).status).toBe(status);
  expect((await post(account, "k", { body: form(["file", file()]) })).status).toBe(201);
  expect(await leftoversOf(account)).toMatchObject({ rows: 1, uploadsCounted: 1 });
});

test("A request that died before its row frees its key after a minute, and survives an eviction", async () => {
  const account = await makeAccount();
  const ledger = ledgerOf(account);
  await ledger.beginKey({ key: "k", attempt: "dead", imageId: "dead0001" }, Date.now());
  await evictDurableObject(ledger);
  const early = await post(account, "k", { body: form(["file", file()]) });
  expect(codeOf(early.answer)).toBe("idempotency_key_in_progress");
  await makeDead(account);
  expect((await post(account, "k", { body: form(["file", file()]) })).status).toBe(201);
});

test("A request that died after its row is answered with its image", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const account = await makeAccount();
  const LEDGER = replacing(env.LEDGER, "getByName", (original, args) => {
    const ledger = original(...args);
    return typeof ledger === "object" && ledger !== null ? failingAt(ledger, "finishKey") : ledger;
  });
  const first = await post(account, "k", { body: form(["file", file()]) }, { LEDGER });
  expect(first.status).toBe(201);
  await makeDead(account);
  const again = await post(account, "k", { body: form(["file", file()]) });
  expect(again.response.headers.get("Idempotent-Replayed")).toBe("true");
  expect(again.answer).toEqual(first.answer);
});

test("A request that was silent for too long makes no image when another one took over", async () => {
  const account = await makeAccount();
  const ORIGINALS = replacing(env.ORIGINALS, "put", async (put, args) => {
    await makeDead(account);
    expect((await post(account, "k", { body: form(["file", file()]) })).status).toBe(201);
    return put(...args);
  });
  const slow = await post(account, "k", { body: form(["file", file()]) }, { ORIGINALS });
  expect(codeOf(slow.answer)).toBe("idempotency_key_in_progress");
  expect(await leftoversOf(account)).toMatchObject({ rows: 1, reservations: 0, uploadsCounted: 1 });
});

test("A key whose image was deleted is a conflict and makes no second image", async () => {
  const account = await makeAccount();
  const { answer } = await post(account, "k", { body: form(["file", file()]) });
  const { id } = imageSchema.parse(answer);
  await call(`/v1/images/${id}`, { method: "DELETE", headers: authorization(account.key) });
  expect((await post(account, "k", { body: form(["file", file()]) })).status).toBe(409);
  expect(await leftoversOf(account)).toMatchObject({ rows: 0 });
});

test("A key is forgotten after 24 hours", async () => {
  const ledger = env.LEDGER.getByName("account:forgetful");
  const day = 24 * 3_600_000;
  const attempt = { key: "k", attempt: "one", imageId: "aaaaaaaa" };
  await ledger.beginKey(attempt, 0);
  await ledger.renewKey(attempt, "fingerprint", 0);
  await ledger.finishKey(attempt);
  const next = { key: "k", attempt: "two", imageId: "bbbbbbbb" };
  expect(await ledger.beginKey(next, day - 1)).toMatchObject({ state: "done", imageId: "aaaaaaaa" });
  expect(await ledger.beginKey(next, day)).toEqual({ state: "first" });
});

test.each([
  ["a".repeat(256), "a key of 256 characters"],
  ["caf\u00e9", "a key that is not printable ASCII"],
])("An Idempotency-Key of %j is refused", async (key) => {
  const { status } = await post(await makeAccount(), key, { body: form(["file", file()]) });
  expect(status).toBe(400);
});
