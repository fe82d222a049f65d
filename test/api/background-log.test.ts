// What goes wrong behind an answer is logged under the id that the answer carries.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { failingAt } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { uploadImage } from "../support/uploads.ts";

const { key } = await makeAccount();
afterEach(() => vi.restoreAllMocks());

test("Work of a deletion that is left to the cron is logged with the request's id", async () => {
  const { id } = await uploadImage(key);
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const ORIGINALS = failingAt(env.ORIGINALS, "delete");
  const init = { method: "DELETE", headers: authorization(key) };
  const response = await call(`/v1/images/${id}`, init, { ORIGINALS });
  expect(response.status).toBe(200);
  const lines = logged.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("outbox"));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ requestId: response.headers.get("X-Request-Id") });
});

test("An image that stays without placeholder is logged with the id of the request that brought it", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const body = await fixtureBytes("coffee.jpg");
  const headers = { ...authorization(key), "Content-Type": "image/jpeg" };
  const told: unknown[] = [];
  const SRC = {
    placeholder: async (...asked: readonly unknown[]) => {
      told.push(asked.at(-1));
      throw new Error("src fails in this test");
    },
  };
  const response = await call("/v1/images", { method: "POST", body, headers }, { SRC });
  expect(response.status).toBe(201);
  const lines = logged.mock.calls
    .map(([line]) => String(line))
    .filter((line) => line.includes("placeholder"));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ requestId: response.headers.get("X-Request-Id") });
  expect(told).toEqual([response.headers.get("X-Request-Id")]);
});
