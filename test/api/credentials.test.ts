// Who may call what: the same attacks on every route.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { newApiKey } from "../../workers/api/accounts/api-key.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form, ORIGIN } from "../support/api.ts";
import { addressOf, keyRoutes } from "../support/every-route.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const writer = await makeAccount({ abilities: "write" });
const reader = await makeAccount({ abilities: "read" });
const revoked = await makeAccount({ revokedAt: 1 });
const expired = await makeAccount({ expiresAt: 1 });
const suspended = await makeAccount({ status: "suspended" });
const picture = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg");

const badKeys = [
  ["an unknown key", `Bearer ${newApiKey()}`],
  ["a revoked key", `Bearer ${revoked.key}`],
  ["an expired key", `Bearer ${expired.key}`],
  ["a key with a typo", `Bearer ${writer.key.slice(0, -1)}`],
  ["no key behind Bearer", "Bearer"],
  ["another scheme", "Basic YTpi"],
  ["a key of another product", "Bearer sk_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
] as const;

for (const [name, route] of keyRoutes) {
  const { method } = route;
  const path = addressOf(route, "aaaaaaaa");
  const ability = method === "GET" ? "read" : "write";

  test.each(badKeys)(`${name} answers 401 to %s`, async (_, header) => {
    const response = await call(path, { method, headers: { Authorization: header } });
    expect(response.status).toBe(401);
    expect(errorSchema.parse(await response.json()).error.code).toBe("unauthorized");
  });

  test(`${name} answers 403 to a key without the ability`, async () => {
    const { key } = ability === "read" ? writer : reader;
    const response = await call(path, { method, headers: authorization(key) });
    expect(response.status).toBe(403);
    expect(errorSchema.parse(await response.json()).error.code).toBe("forbidden");
  });

  const isOpen = method === "POST";
  test(`${name} answers ${isOpen ? "callers" : "401 to a caller"} without a key`, async () => {
    expect((await call(path, { method })).status).toBe(isOpen ? 422 : 401);
  });

  test(`${name} answers 403 to a suspended account`, async () => {
    const response = await call(path, { method, headers: authorization(suspended.key) });
    expect(response.status).toBe(403);
  });

  test(`${name} allows other sites to call it with a key, and never with cookies`, async () => {
    const preflight = await call(path, {
      method: "OPTIONS",
      headers: { Origin: "https://site.example", "Access-Control-Request-Method": method },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
    const refused = await call(path, {
      method,
      headers: { Origin: "https://site.example", Authorization: "x" },
    });
    for (const { headers } of [preflight, refused]) {
      expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(headers.has("Access-Control-Allow-Credentials")).toBe(false);
    }
  });
}

test("POST /v1/images with {} answers 422 to a write key and 403 to a read-only key", async () => {
  const probe = (key: string) =>
    call("/v1/images", {
      method: "POST",
      body: "{}",
      headers: { ...authorization(key), "Content-Type": "application/json" },
    });
  expect((await probe(writer.key)).status).toBe(422);
  expect((await probe(reader.key)).status).toBe(403);
});

test("GET /v1/images/{id} answers the same 404 for another account's image, a missing and a malformed id", async () => {
  const uploaded = await call("/v1/images", {
    method: "POST",
    body: form(["file", picture]),
    headers: authorization(writer.key),
  });
  const { id } = await uploaded.json<{ id: string }>();
  const answers = await Promise.all(
    [id, "aaaaaaaa", "A", "aaaaaaaaa", "%00", "a'--aaaa"].map(async (asked) => {
      const response = await call(`/v1/images/${asked}`, { headers: authorization(reader.key) });
      const { error } = errorSchema.parse(await response.json());
      return { ...error, status: response.status, request_id: "" };
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 404, code: "not_found" });
});

test("An address of the API that takes other methods answers 405 with Allow", async () => {
  const one = await call("/v1/images/aaaaaaaa", { method: "PUT", headers: authorization(reader.key) });
  expect([one.status, one.headers.get("Allow")]).toEqual([405, expect.stringContaining("GET")]);
  const upload = await call("/v1/upload", { method: "GET", headers: authorization(reader.key) });
  expect([upload.status, upload.headers.get("Allow")]).toEqual([405, "POST, OPTIONS"]);
  expect(errorSchema.parse(await upload.json()).error.code).toBe("method_not_allowed");
});

test("An address of the API that does not exist answers 404 as JSON", async () => {
  const response = await call("/v1/nothing");
  expect(response.status).toBe(404);
  expect(errorSchema.parse(await response.json()).error.code).toBe("not_found");
});

test("An accident inside answers server_error with its request id and shows nothing else", async () => {
  const response = await call(
    "/v1/images/aaaaaaaa",
    { headers: authorization(reader.key) },
    { LEDGER: undefined },
  );
  const { error } = errorSchema.parse(await response.json());
  expect(error).toEqual({
    type: "api_error",
    code: "server_error",
    message: "Something went wrong on our side.",
    doc_url: `${ORIGIN}/docs/errors#server_error`,
    request_id: response.headers.get("X-Request-Id"),
  });
});
