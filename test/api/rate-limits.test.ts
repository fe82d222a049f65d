// How often one may call, and how the wait is told.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { type RateWindow, takeRate } from "../../workers/api/ledger/rate.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";

const uploadFrom = (address: string, bindings: Readonly<Record<string, string>>) =>
  call("/v1/images", { method: "POST", headers: { "CF-Connecting-IP": address } }, bindings);

test("POST /v1/images without a key tells what is left of the hour, then asks to wait or sign up", async () => {
  const limits = { ANONYMOUS_UPLOADS_PER_HOUR: "2" };
  const first = await uploadFrom("203.0.113.1", limits);
  expect(first.status).toBe(422);
  expect(first.headers.get("RateLimit")).toBe('"hour";r=1;t=3600');
  expect(first.headers.get("RateLimit-Policy")).toBe('"hour";q=2;w=3600, "day";q=100;w=86400');
  await uploadFrom("203.0.113.1", limits);
  const third = await uploadFrom("203.0.113.1", limits);
  expect(third.status).toBe(429);
  const { error } = errorSchema.parse(await third.json());
  expect(error.code).toBe("rate_limited");
  expect(error.action?.type).toBe("signup");
  expect(third.headers.get("Retry-After")).toBe(String(error.action?.retry_after));
  expect(error.action?.retry_after).toBeGreaterThan(3_500);
  expect(third.headers.get("RateLimit")).toMatch(/^"hour";r=0;t=\d+$/);
  expect((await uploadFrom("203.0.113.2", limits)).status).toBe(422);
});

test("POST /v1/images without a key tells the longer wait when the day is used up", async () => {
  const limits = { ANONYMOUS_UPLOADS_PER_HOUR: "1", ANONYMOUS_UPLOADS_PER_DAY: "1" };
  await uploadFrom("203.0.113.3", limits);
  const { error } = errorSchema.parse(await (await uploadFrom("203.0.113.3", limits)).json());
  expect(error.action?.retry_after).toBeGreaterThan(80_000);
});

test("POST /v1/images counts a whole IPv6 /64 as one caller", async () => {
  const limits = { ANONYMOUS_UPLOADS_PER_HOUR: "1" };
  expect((await uploadFrom("2001:db8:0:1::1", limits)).status).toBe(422);
  expect((await uploadFrom("2001:db8::1:2:3:4:5", limits)).status).toBe(429);
  expect((await uploadFrom("2001:db8:0:2::1", limits)).status).toBe(422);
});

test("A key is asked to wait when its minute is used up, and other keys are not", async () => {
  const [one, other] = [await makeAccount(), await makeAccount()];
  const get = (key: string) =>
    call("/v1/images/aaaaaaaa", { headers: authorization(key) }, { KEY_REQUESTS_PER_MINUTE: "1" });
  expect((await get(one.key)).status).toBe(404);
  const second = await get(one.key);
  expect(second.status).toBe(429);
  const { error } = errorSchema.parse(await second.json());
  expect(error.action).toEqual({ type: "wait", retry_after: Number(second.headers.get("Retry-After")) });
  expect((await get(other.key)).status).toBe(404);
});

test("A refusal tells what is left of the rate too", async () => {
  const { key } = await makeAccount();
  const response = await call("/v1/images/aaaaaaaa", { headers: authorization(key) });
  expect(response.status).toBe(404);
  expect(response.headers.get("RateLimit")).toBe('"minute";r=2999;t=60');
});

test("A window begins anew when it is over", () => {
  const windows = new Map<string, RateWindow>();
  const minute = { name: "minute", limit: 1, windowSeconds: 60 } as const;
  expect(takeRate(windows, "a", [minute], 0)).toMatchObject({ allowed: true, remaining: 0 });
  expect(takeRate(windows, "a", [minute], 59_001)).toMatchObject({ allowed: false, resetSeconds: 1 });
  expect(takeRate(windows, "a", [minute], 60_000)).toMatchObject({ allowed: true, remaining: 0 });
});
