// The same attacks on every route: an id that can't be one, a body too large, of another type, with another shape.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { addressOf, keyRoutes } from "../support/every-route.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { uploadImage } from "../support/uploads.ts";

const account = await makeAccount();
const { id } = await uploadImage(account.key);
const before = await leftoversOf(account);

type Attack = readonly [what: string, query: string, init: RequestInit, status: number, code?: string];

const asJson = (body: unknown): RequestInit => ({
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});
const asText: RequestInit = { body: "caption=x", headers: { "Content-Type": "text/plain" } };

/** Attacks on a route whose body is JSON; `right` is a body that it would take. */
const onJson = (right: object): readonly Attack[] => [
  ["an oversized body", "", asJson({ ...right, x: "a".repeat(1_000_001) }), 400, "bad_request"],
  ["a body of another type", "", asText, 400, "bad_request"],
  ["no body", "", {}, 400, "bad_request"],
  ["a body that is no JSON", "", asJson("{"), 400, "bad_request"],
  ["a body of 900,000 brackets", "", asJson("[".repeat(450_000) + "]".repeat(450_000)), 400, "bad_request"],
  ["a body that is no object", "", asJson([]), 422, "validation_error"],
  ["a field of another type", "", asJson({ ...right, caption: 7, ids: 7 }), 422, "validation_error"],
  ["an unknown field", "", asJson({ ...right, colour: "red" }), 422, "validation_error"],
];
const onUpload: readonly Attack[] = [
  ["a body of 900,000 brackets", "", asJson("[".repeat(450_000) + "]".repeat(450_000)), 400, "bad_request"],
  ["an oversized body of JSON", "", asJson({ url: "a".repeat(1_000_001) }), 400, "bad_request"],
  ["a body of another type", "", asText, 422, "validation_error"],
  ["a body that is no JSON", "", asJson("{"), 400, "bad_request"],
  ["a body that is no object", "", asJson([]), 422, "validation_error"],
  ["a field of another type", "", asJson({ url: "https://a.example", caption: 7 }), 422, "validation_error"],
  ["an unknown field that is no text", "", asJson({ url: "https://a.example", colour: 7 }), 422],
];

/** A new route fails until it says here what it answers. */
const attacks: Readonly<Record<string, readonly Attack[]>> = {
  "GET /v1/images": [
    ["an unknown parameter, which it passes over", "?colour=red", {}, 200],
    ["a parameter of another type", "?limit=many", {}, 422, "validation_error"],
    ["an oversized parameter", `?q=${"a".repeat(201)}`, {}, 422, "validation_error"],
    ["a broken cursor", "?cursor=x", {}, 400, "bad_request"],
  ],
  "POST /v1/images": onUpload,
  "POST /v1/upload": onUpload,
  "POST /v1/import": onUpload,
  "DELETE /v1/images/batch": onJson({ ids: ["aaaaaaaa"] }),
  "PATCH /v1/images/batch": onJson({ ids: ["aaaaaaaa"] }),
  "GET /v1/images/:id": [["an unknown parameter, which it passes over", "?colour=red", {}, 200]],
  "PATCH /v1/images/:id": onJson({}),
  "DELETE /v1/images/:id": [],
  "GET /v1/usage": [["an unknown parameter, which it passes over", "?colour=red", {}, 200]],
};

test.each([...keyRoutes.keys()])("%s holds against what it can't take, and changes nothing", async (name) => {
  const route = keyRoutes.get(name);
  const rows = attacks[name];
  if (!route || !rows) throw new Error(`Say in this file what ${name} answers to attacks.`);
  for (const [what, query, init, status, code] of rows) {
    const headers = { ...authorization(account.key), ...init.headers };
    const address = `${addressOf(route, id)}${query}`;
    const response = await call(address, { method: route.method, ...init, headers });
    const answer: unknown = await response.json();
    expect(response.status, `${what}: ${JSON.stringify(answer)}`).toBe(status);
    if (code) expect(errorSchema.parse(answer).error.code, what).toBe(code);
  }
  expect(await leftoversOf(account)).toEqual(before);
});

const withId = [...keyRoutes].filter(([, { path }]) => path.endsWith(":id")).map(([name]) => name);

test.each(withId)("%s answers 404 to every id that can't be one", async (name) => {
  const route = keyRoutes.get(name);
  if (!route) throw new Error(`${name} is gone`);
  for (const malformed of ["A", "aaaaaaaaa", "AAAAAAAA", "%00", "a'--aaaa", "..%2f..%2f", "%F0%9F%98%80"]) {
    const body = route.method === "PATCH" ? asJson({}) : {};
    const headers = { ...authorization(account.key), ...body.headers };
    const response = await call(addressOf(route, malformed), { method: route.method, ...body, headers });
    expect(response.status, malformed).toBe(404);
    expect(errorSchema.parse(await response.json()).error.code).toBe("not_found");
  }
});

test.each([...keyRoutes])(
  "%s answers every attack with what a caller may know, and nothing else",
  async (_, route) => {
    const response = await call(addressOf(route, id), {
      method: route.method,
      headers: { Authorization: "Bearer x" },
    });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.text()).not.toMatch(/workers\/|node_modules|sqlite|SQL/i);
  },
);
