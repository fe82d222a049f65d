// In which order an upload is refused: nobody is asked for a picture that could not be kept.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { pretendOutside } from "../support/outside.ts";

afterEach(() => vi.restoreAllMocks());

const jpeg = await fixtureBytes("coffee.jpg");
const url = "https://photos.example/a.jpg";
const names = { "photos.example": ["93.184.215.14"] };
const post = (key: string, body: object) =>
  call("/v1/images", {
    method: "POST",
    body: JSON.stringify({ url, ...body }),
    headers: { ...authorization(key), "Content-Type": "application/json" },
  });

test("An address is not asked when a field beside it is wrong", async () => {
  const account = await makeAccount();
  const outside = pretendOutside({ names });
  expect((await post(account.key, { ttl: "for ever and a day" })).status).toBe(422);
  expect(outside.asked).toEqual([]);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("An address is not asked when there is no room for a byte", async () => {
  const account = await makeAccount({ plan: "free" });
  await env.LEDGER.getByName(`account:${account.id}`).commit("full", 1e9, Date.now());
  const outside = pretendOutside({ names });
  expect((await post(account.key, {})).status).toBe(403);
  expect(outside.asked).toEqual([]);
});

test("A picture that is longer than its room is refused once it is known how long, and takes no room", async () => {
  const account = await makeAccount({ plan: "free" });
  const ledger = env.LEDGER.getByName(`account:${account.id}`);
  await ledger.commit("almost full", 1e9 - jpeg.length + 1, Date.now());
  const photo = () => new Response(jpeg, { headers: { "Content-Type": "image/jpeg" } });
  const outside = pretendOutside({ names, pages: { [url]: photo } });
  expect((await post(account.key, {})).status).toBe(403);
  expect(outside.asked).toEqual([url]);
  const left = await leftoversOf(account);
  expect(left).toMatchObject({ rows: 0, objects: [], reservations: 0, bytesCounted: 1e9 - jpeg.length + 1 });
  await ledger.remove(["almost full"]);
  await ledger.commit("full to the byte", 1e9 - jpeg.length, Date.now());
  expect((await post(account.key, {})).status).toBe(201);
});
