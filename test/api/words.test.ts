// What refusals say, in cases where they used to say something else than what was wrong.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { pretendOutside } from "../support/outside.ts";
import { callJson } from "../support/uploads.ts";

afterEach(() => vi.restoreAllMocks());

const jpeg = await fixtureBytes("coffee.jpg");
const url = "https://photos.example/a.jpg";
const names = { "photos.example": ["93.184.215.14"] };
const notPicture = { file: [expect.stringContaining("not a picture")] };

const pages = [
  ["an HTML page", "<!doctype html><html><head><title>Sign in</title><br></head></html>"],
  ["an HTML page of XML", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>'],
  ["PHP", "<?php echo $_GET['a'] ?? '<b>'; ?>"],
  ["PHP that was cut off", "<?php eval("],
  ["a feed", '<rss version="2.0"><channel/></rss>'],
  ["a comment", "<!-- nothing -->"],
] as const;

test.each(pages)("%s named .jpg is told to be no picture, uploaded or imported", async (_, text) => {
  const account = await makeAccount();
  const body = form(["file", new File([text], "a.jpg", { type: "image/jpeg" })]);
  const uploaded = await call("/v1/images", { method: "POST", body, headers: authorization(account.key) });
  expect(uploaded.status).toBe(422);
  expect(errorSchema.parse(await uploaded.json()).error.details).toEqual(notPicture);
  pretendOutside({ names, pages: { [url]: () => new Response(text) } });
  const imported = await callJson(account.key, "POST", "/v1/images", { url });
  expect(imported.status).toBe(422);
  expect(errorSchema.parse(imported.answer).error.details).toEqual(notPicture);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("A suspended account is told so, by a code of its own", async () => {
  const { key } = await makeAccount({ status: "suspended" });
  const { status, answer } = await callJson(key, "GET", "/v1/usage");
  expect([status, errorSchema.parse(answer).error.code]).toEqual([403, "app_suspended"]);
});

test("An import into a full account is refused before anybody is asked for the picture", async () => {
  const account = await makeAccount({ plan: "free" });
  await env.LEDGER.getByName(`account:${account.id}`).commit("bulky000", 1_000_000_000, Date.now());
  const outside = pretendOutside({ names, pages: { [url]: () => new Response(jpeg) } });
  const { status, answer } = await callJson(account.key, "POST", "/v1/images", { url });
  expect([status, errorSchema.parse(answer).error.code]).toEqual([403, "quota_exceeded"]);
  expect(outside.asked).toEqual([]);
  expect(await leftoversOf(account)).toMatchObject({ objects: [], rows: 0, reservations: 0 });
});

test("An import that fails gives back what was reserved for it", async () => {
  const account = await makeAccount({ plan: "free" });
  pretendOutside({ names, pages: { [url]: () => new Response("gone", { status: 404 }) } });
  const { status, answer } = await callJson(account.key, "POST", "/v1/images", { url });
  expect([status, errorSchema.parse(answer).error.code]).toEqual([502, "fetch_failed"]);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("A replay whose image was deleted is a conflict that asks for a new key", async () => {
  const { key } = await makeAccount();
  const post = () =>
    call("/v1/images", {
      method: "POST",
      body: form(["file", new File([jpeg], "a.jpg")]),
      headers: { ...authorization(key), "Idempotency-Key": "k" },
    });
  const { id } = imageSchema.parse(await (await post()).json());
  await callJson(key, "DELETE", `/v1/images/${id}`);
  const replay = await post();
  const { error } = errorSchema.parse(await replay.json());
  expect([replay.status, error.code]).toEqual([409, "idempotency_key_conflict"]);
  expect(error.message).toContain("has been deleted");
});
