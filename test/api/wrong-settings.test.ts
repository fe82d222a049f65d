// A var that is nonsense closes its own feature, says which and why in the log, and nothing else.
import { afterEach, expect, test, vi } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv, authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const { key } = await makeAccount();
const picture = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg", { type: "image/jpeg" });

const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
afterEach(() => said.mockClear());

const usage = (bindings: object) => call("/v1/usage", { headers: authorization(key) }, { ...bindings });
const upload = (bindings: object, headers = {}) =>
  call("/v1/images", { method: "POST", body: form(["file", picture]), headers }, { ...bindings });
const importing = (bindings: object) =>
  call(
    "/v1/images",
    {
      method: "POST",
      body: JSON.stringify({ url: "https://photos.example/a.jpg" }),
      headers: { ...authorization(key), "Content-Type": "application/json" },
    },
    { ...bindings },
  );

test("A short ADMIN_TOKEN closes /v1/admin and nothing else, and the log names it once without telling it", async () => {
  const bindings = { ADMIN_TOKEN: "short-secret" };
  for (let time = 0; time < 3; time++) expect((await usage(bindings)).status).toBe(200);
  expect((await call("/", {}, bindings)).status).toBe(200);
  const headers = { Authorization: "Bearer short-secret", "Content-Type": "application/json" };
  const init = { method: "PATCH", body: '{"nsfw":true}', headers };
  expect((await call("/v1/admin/images/aaaaaaaa", init, bindings)).status).toBe(404);
  expect(said).toHaveBeenCalledOnce();
  const line = String(said.mock.lastCall?.[0]);
  expect(JSON.parse(line)).toMatchObject({
    var: "ADMIN_TOKEN",
    message: expect.stringContaining("16 characters"),
  });
  expect(line).not.toContain("short-secret");
});

test.each([
  "ANONYMOUS_UPLOADS_PER_HOUR",
  "ANONYMOUS_UPLOADS_PER_DAY",
  "ANONYMOUS_STORAGE_BYTES",
  "ANONYMOUS_NETWORK_UPLOADS_PER_HOUR",
  "ANONYMOUS_NETWORK_BYTES_PER_HOUR",
  "ANONYMOUS_TOTAL_UPLOADS_PER_HOUR",
  "ANONYMOUS_TOTAL_BYTES_PER_HOUR",
])("A wrong %s closes uploads without a key, and none with one", async (name) => {
  const bindings = { [name]: "many" };
  expect((await upload(bindings)).ok).toBe(false);
  expect((await upload(bindings, authorization(key))).status).toBe(201);
  expect(String(said.mock.calls)).toContain(name);
});

test.each([
  ["DNS_RESOLVER", "not an address"],
  ["IMPORT_TIMEOUT_SECONDS", "-1"],
])("A wrong %s closes imports, and no uploads", async (name, value) => {
  const bindings = { [name]: value };
  const answer = await importing(bindings);
  expect([answer.status, errorSchema.parse(await answer.json()).error.code]).toEqual([502, "import_failed"]);
  expect((await upload(bindings, authorization(key))).status).toBe(201);
  expect(String(said.mock.calls)).toContain(name);
});

test("A wrong ANONYMOUS_STORAGE_BYTES deletes no image to make room", async () => {
  const before = await upload({});
  const { id } = imageSchema.parse(await before.json());
  const bindings = { ANONYMOUS_STORAGE_BYTES: "10 GB", ANONYMOUS_EVICTION: "oldest" };
  await runChores(apiEnv(bindings), Date.now());
  expect((await call(`/${id}`)).status).toBe(200);
});

test.each([
  "ANONYMOUS_EVICTION",
  "API_ORIGIN",
  "SRC_ORIGIN",
  "PAGE_ORIGIN",
  "SIGNUP_URL",
  "UPGRADE_URL",
  "KEY_REQUESTS_PER_MINUTE",
  "UPLOAD_IDLE_SECONDS",
  "UPLOAD_TIMEOUT_SECONDS",
  "UPLOAD_WAIT_SECONDS",
])("A wrong %s takes nothing down", async (name) => {
  expect((await upload({ [name]: "nonsense" }, authorization(key))).status).toBe(201);
  expect((await usage({ [name]: "nonsense" })).status).toBe(200);
  expect(String(said.mock.calls)).toContain(name);
});

test.each(["pics.example.com:8787", "javascript:alert(1)", "data:text/html,x"])(
  "A PAGE_ORIGIN of %s closes no page, and lets no form of nowhere in",
  async (PAGE_ORIGIN) => {
    expect((await call("/sign-in", {}, { PAGE_ORIGIN })).status).toBe(200);
    const body = new URLSearchParams({ email: "ann@example.com" });
    const sent = { method: "POST", headers: { Origin: "null" }, body };
    expect((await call("/sign-in", sent, { PAGE_ORIGIN })).status).toBe(403);
    const { page_url } = imageSchema.parse(await (await upload({ PAGE_ORIGIN }, authorization(key))).json());
    expect(page_url).toMatch(/^https:\/\/edgepix\.test\//);
  },
);
