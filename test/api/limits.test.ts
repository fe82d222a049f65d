// What the reference says happens beyond a limit of requests is what happens: the status, and with it the code.
import { beforeAll, expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { limitsFor } from "../../workers/api/reference/limits.ts";
import { readSettings } from "../../workers/api/settings.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const told = new Map(
  limitsFor(readSettings({})).flatMap(({ limits }) => limits.map((limit) => [limit.what, limit] as const)),
);
let account: TestAccount;
let file: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  account = await makeAccount();
  file = await fixtureBytes("gray.jpg");
});

type Ask = (more: number) => Promise<Response> | Response;
const letters = (length: number) => "x".repeat(length);
const names = (length: number) => Array.from({ length }, (_, at) => `k${at}`);
const send = (path: string, init: RequestInit = {}) =>
  call(path, { ...init, headers: { ...authorization(account.key), ...init.headers } });
const json = (body: string, path = "/v1/images/batch", method = "PATCH") =>
  send(path, { method, body, headers: { "Content-Type": "application/json" } });
const list = (query: string) => send(`/v1/images?${query}`);

function form(fields: readonly (readonly [name: string, value: string])[]) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("file", new File([file], "a.jpg", { type: "image/jpeg" }));
  return send("/v1/images", { method: "POST", body });
}
const pairs = (count: number, value = "v") =>
  JSON.stringify(Object.fromEntries(names(count).map((key) => [key, value])));
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** Each is asked with one more than its limit. */
const beyond: readonly (readonly [what: string, ask: Ask])[] = [
  ["Parts of a form", (more) => form(names(more - 1).map((name) => [name, "v"]))],
  ["A field of a form", (more) => form([["caption", letters(more)]])],
  ["All fields of a form together", () => form(names(5).map((name) => [name, letters(240_000)]))],
  ["A body of JSON", () => json(JSON.stringify({ ids: ["a"], caption: letters(1_000_001) }))],
  ["Depth of JSON", (more) => json(`{"ids":${nested(more)}}`)],
  ["Caption", (more) => form([["caption", letters(more)]])],
  ["Labels, and metadata", (more) => form([["labels", pairs(more)]])],
  ["A key of labels or metadata", (more) => form([["labels", JSON.stringify({ [letters(more)]: "v" })]])],
  ["A label's value", (more) => form([["labels", JSON.stringify({ trip: letters(more) })]])],
  ["A value of metadata", (more) => form([["metadata", JSON.stringify({ note: letters(more) })]])],
  ["Images in a batch", (more) => json(JSON.stringify({ ids: names(more), caption: "x" }))],
  ["Images of a page of the list", (more) => list(`limit=${more}`)],
  ["`ids` of a list", (more) => list(`ids=${names(more)}`)],
  ["Values of labels that a list is filtered by", (more) => list(`label[trip]=${names(more)}`)],
  ["Words to search for (`q`)", (more) => list(`q=${letters(more)}`)],
  [
    "`Idempotency-Key`",
    (more) =>
      send("/v1/images", {
        method: "POST",
        body: file,
        headers: { "Content-Type": "image/jpeg", "Idempotency-Key": letters(more) },
      }),
  ],
  ["`ttl`", () => form([["ttl", "299"]])],
];

test.each(beyond)("%s", async (what, ask) => {
  const limit = told.get(what);
  const number = Number(limit?.limit.replaceAll(",", "").match(/[\d.]+/)?.[0]);
  const [status, code = null] = limit?.beyond.match(/^\d+|(?<=`)\w+(?=`)/g) ?? [];
  const answer = await ask(number + 1);
  const { error } = errorSchema.parse(await answer.json());
  expect([answer.status, error.code]).toEqual([
    Number(status),
    code ?? { 400: "bad_request", 422: "validation_error" }[Number(status)],
  ]);
});

test("every limit of requests is tried", () => {
  const [, requests] = limitsFor(readSettings({}));
  const tried = new Set([...beyond.map(([what]) => what), "File name"]);
  expect(requests?.limits.map(({ what }) => what).filter((what) => !tried.has(what))).toEqual([]);
});

test("a file's name that is too long is shortened", async () => {
  const body = new FormData();
  body.append("file", new File([file], `${letters(300)}.jpg`, { type: "image/jpeg" }));
  const answer = await send("/v1/images", { method: "POST", body });
  const { filename } = await answer.json<{ filename: string }>();
  expect([answer.status, told.get("File name")?.beyond]).toEqual([201, "shortened"]);
  expect(told.get("File name")?.limit).toBe(`${filename.length} characters`);
});
