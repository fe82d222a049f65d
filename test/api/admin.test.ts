// The operator's addresses: who gets in, and what they do.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { accountSchema } from "../../schema/admin.ts";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const TOKEN = "an operator's long secret".replaceAll(" ", "-");
const account = await makeAccount({ plan: "free" });

function operate(path: string, body: object, token = TOKEN, bindings = {}) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const init = { method: "PATCH", body: JSON.stringify(body), headers };
  return call(`/v1/admin${path}`, init, { ADMIN_TOKEN: TOKEN, ...bindings });
}

test("Blocking an image hides it from its owner's GET, locks it, and purges it; unblocking brings it back", async () => {
  const { id } = await uploadImage(account.key);
  const purge = vi.fn(async () => true);
  const blocked = await operate(`/images/${id}`, { status: "blocked" }, TOKEN, { SRC: { purge } });
  expect(imageSchema.parse(await blocked.json()).status).toBe("blocked");
  expect(purge).toHaveBeenCalledExactlyOnceWith([id]);
  expect((await callJson(account.key, "GET", `/v1/images/${id}`)).answer).toMatchObject({
    error: { code: "media_blocked" },
  });
  expect((await callJson(account.key, "PATCH", `/v1/images/${id}`, { nsfw: true })).answer).toMatchObject({
    error: { code: "media_locked" },
  });
  await operate(`/images/${id}`, { status: "ready" });
  expect((await callJson(account.key, "GET", `/v1/images/${id}`)).status).toBe(200);
  const left = (await env.DB.prepare("select kind from outbox").all()).results;
  expect(left.filter(({ kind }) => kind !== "purge-again")).toEqual([]);
});

test("A blocked image's page says that it was taken down, it is left out of ids=, is locked in batches too, and can be deleted", async () => {
  const { id } = await uploadImage(account.key);
  await operate(`/images/${id}`, { status: "blocked" });
  expect((await call(`/${id}`)).status).toBe(403);
  expect((await callJson(account.key, "GET", `/v1/images?ids=${id}`)).answer).toMatchObject({ data: [] });
  const batch = await callJson(account.key, "PATCH", "/v1/images/batch", { ids: [id], nsfw: true });
  expect(batch.answer).toMatchObject({ data: [], errors: [{ id, error: { code: "media_locked" } }] });
  expect((await callJson(account.key, "DELETE", `/v1/images/${id}`)).status).toBe(200);
  expect((await operate(`/images/${id}`, { status: "ready" })).status).toBe(404);
});

test("Marking an image nsfw leaves its status", async () => {
  const { id } = await uploadImage(account.key);
  await env.DB.prepare("update images set status = 'failed' where id = ?").bind(id).run();
  const marked = imageSchema.parse(await (await operate(`/images/${id}`, { nsfw: true })).json());
  expect(marked).toMatchObject({ nsfw: true, status: "failed" });
  const ready = imageSchema.parse(await (await operate(`/images/${id}`, { status: "ready" })).json());
  expect(ready.status).toBe("failed");
});

test("A suspended account is refused everywhere until it is active again; a plan holds at once", async () => {
  const path = `/accounts/${account.id}`;
  const suspended = await operate(path, { status: "suspended", plan: "pro" });
  expect(accountSchema.parse(await suspended.json())).toMatchObject({ status: "suspended", plan: "pro" });
  expect((await callJson(account.key, "GET", "/v1/usage")).status).toBe(403);
  await operate(path, { status: "active" });
  expect((await callJson(account.key, "GET", "/v1/usage")).answer).toMatchObject({ plan: "pro" });
});

test.each([
  ["a wrong token", "/images/aaaaaaaa", "another-operators-secret", {}, 401],
  ["no token", "/images/aaaaaaaa", "", {}, 401],
  ["an API key", "/images/aaaaaaaa", account.key, {}, 401],
  ["any token where no secret is set", "/images/aaaaaaaa", TOKEN, { ADMIN_TOKEN: "" }, 404],
  ["no token where no secret is set", "/images/aaaaaaaa", "", { ADMIN_TOKEN: "" }, 404],
  ["an image that is not there", "/images/aaaaaaaa", TOKEN, {}, 404],
  ["an account that is not there", "/accounts/nobody", TOKEN, {}, 404],
  ["the account of those without a key", "/accounts/anonymous", TOKEN, {}, 404],
  ["an address that is not there", "/nothing", TOKEN, {}, 404],
] as const)("The operator's addresses answer their error to %s", async (_, path, token, bindings, status) => {
  const answer = await operate(path, {}, token, bindings);
  expect(answer.status).toBe(status);
  const { message } = errorSchema.parse(await answer.json()).error;
  // Not of API keys, which would send an operator the wrong way.
  if (status === 401) expect(message).toContain("send ADMIN_TOKEN");
});

test.each([
  ["/images/aaaaaaaa", { status: "failed" }],
  ["/images/aaaaaaaa", { colour: "red" }],
  ["/accounts/nobody", { plan: "anonymous" }],
  ["/accounts/nobody", { status: "gone" }],
])("PATCH /v1/admin%s answers 422 to %j", async (path, body) => {
  expect((await operate(path, body)).status).toBe(422);
});

test.each([
  ["a body of another type", "status=blocked", "text/plain", 400],
  ["a body that is no JSON", "{", "application/json", 400],
  ["an oversized body", JSON.stringify({ x: "a".repeat(1_000_001) }), "application/json", 400],
  ["a body that is no object", "[]", "application/json", 422],
])("The operator's addresses answer their error to %s", async (_, body, type, status) => {
  for (const path of ["/v1/admin/images/aaaaaaaa", `/v1/admin/accounts/${account.id}`]) {
    const headers = { Authorization: `Bearer ${TOKEN}`, "Content-Type": type };
    const response = await call(path, { method: "PATCH", body, headers }, { ADMIN_TOKEN: TOKEN });
    expect([path, response.status]).toEqual([path, status]);
  }
});

test("An API key's account is not told from others by the operator's addresses without a secret", async () => {
  const response = await call("/v1/admin/images/aaaaaaaa", { headers: authorization(account.key) });
  expect(response.status).toBe(404);
});

test("PATCH /v1/admin answers 400 to a body that is no JSON", async () => {
  const headers = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" };
  const init = { method: "PATCH", body: "{", headers };
  const response = await call("/v1/admin/images/aaaaaaaa", init, { ADMIN_TOKEN: TOKEN });
  expect(response.status).toBe(400);
});
