// Every statement that any address sends to D1 goes through an index, however many rows there are.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { imageListSchema } from "../../schema/api.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv, authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { makeMember, submit, visit } from "../support/members.ts";
import { recordQueries, stepsOf } from "../support/recorded-queries.ts";
import { callJson, makeImages } from "../support/uploads.ts";

const ADMIN_TOKEN = "an-operators-secret";
const account = await makeAccount();
const ids = await makeImages(account, 12);
const [id = ""] = ids;
await callJson(account.key, "PATCH", "/v1/images/batch", { ids, labels: { trip: "rome", day: "1" } });
const jpeg = await fixtureBytes("coffee.jpg");

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: BodyInit;
}

async function cursor(query: string): Promise<string> {
  const { answer } = await callJson(account.key, "GET", `/v1/images?limit=1&${query}`);
  return imageListSchema.parse(answer).pagination.next_cursor ?? "";
}

async function stepsOfCall({ method, path, body }: Call) {
  const { DB, queries } = recordQueries();
  const key = path.startsWith("/v1/admin") ? ADMIN_TOKEN : account.key;
  const type = typeof body === "string" ? "application/json" : "image/jpeg";
  const headers = { ...authorization(key), ...(body && { "Content-Type": type }) };
  const response = await call(path, { method, headers, ...(body && { body }) }, { DB, ADMIN_TOKEN });
  expect(response.ok, await response.text()).toBe(true);
  return explain(queries);
}

async function explain(queries: ReadonlySet<string>) {
  expect(queries.size).toBeGreaterThan(0);
  const plans = [];
  for (const query of queries) for (const step of await stepsOf(query)) plans.push({ query, step });
  return plans;
}

/** Reads a whole table, sorts what an index should have sorted, or builds an index for this one question. */
function isCostly({ step }: { readonly step: string }): boolean {
  // What comes out of another step or out of a parameter is small.
  if (/^SCAN (candidates|json_each|label|\d+ CONSTANT ROW|CONSTANT ROW|\(subquery)/.test(step)) return false;
  return /^SCAN |TEMP B-TREE|AUTOMATIC/.test(step);
}

test("A statement that reads a whole table or sorts is seen as costly", async () => {
  const costly = [
    "select id from images where caption = ?",
    "select id from images where account_id = ? order by filename",
    "select count(*) from image_labels",
  ];
  for (const query of costly) expect((await explain(new Set([query]))).filter(isCostly)).not.toEqual([]);
});

const lists: readonly string[] = [
  "",
  "order=asc",
  "public=true",
  "q=jpg",
  "label[trip]=rome",
  "label[trip]=rome,oslo,paris",
  "label[trip]=rome&label[day]=1,2",
  "label[trip]=rome&public=true&q=jpg&order=asc",
];

test.each(lists)("GET /v1/images?%s runs over indexes and sorts nothing, on every page", async (query) => {
  for (const page of ["", `&cursor=${await cursor(query)}`]) {
    const steps = await stepsOfCall({ method: "GET", path: `/v1/images?${query}${page}` });
    expect(steps.filter(isCostly)).toEqual([]);
  }
});

const calls: readonly Call[] = [
  { method: "POST", path: "/v1/images?labels=%7B%22a%22%3A%22b%22%7D", body: jpeg },
  { method: "GET", path: "/v1/images/{id}" },
  { method: "GET", path: "/v1/images?ids={ids}" },
  { method: "GET", path: "/v1/usage" },
  { method: "GET", path: "/{id}" },
  { method: "PATCH", path: "/v1/images/{id}", body: '{"caption":"x","labels":{"trip":"oslo"},"ttl":"1h"}' },
  { method: "PATCH", path: "/v1/images/batch", body: JSON.stringify({ ids, labels: { a: "c" }, ttl: "1h" }) },
  { method: "PATCH", path: "/v1/admin/images/{id}", body: '{"nsfw":true}' },
  { method: "PATCH", path: "/v1/admin/images/{id}", body: '{"nsfw":false,"refuse_file":true}' },
  { method: "GET", path: "/v1/admin/blocked-files" },
  { method: "GET", path: "/v1/admin/blocked-files?before=9999999999999-zzz" },
  { method: "POST", path: "/v1/admin/blocked-files", body: JSON.stringify({ sha256: ["0".repeat(64)] }) },
  { method: "DELETE", path: `/v1/admin/blocked-files/${"0".repeat(64)}` },
  { method: "PATCH", path: "/v1/admin/accounts/{account}", body: '{"plan":"unlimited"}' },
  { method: "DELETE", path: "/v1/images/{id}" },
  { method: "DELETE", path: "/v1/images/batch", body: JSON.stringify({ ids }) },
];

test.each(calls)("$method $path runs over indexes and sorts nothing", async (request) => {
  const path = request.path.replace("{id}", id).replace("{ids}", ids.join()).replace("{account}", account.id);
  expect((await stepsOfCall({ ...request, path })).filter(isCostly)).toEqual([]);
});

const member = await makeMember({ operator: true });
const [reported = ""] = await makeImages(account, 3);
const sendForm = (path: string, fields: Readonly<Record<string, string>>, bindings = {}) =>
  submit(member, path, fields, {}, bindings);
await sendForm(`/${reported}/report`, { reason: "spam" });

const pages: readonly string[] = [
  "/{id}",
  "/{id}/report",
  "/operator",
  "/operator?before=9999999999999-zzz",
  "/operator/images/{id}",
  "/operator/accounts",
  "/operator/accounts?find=somebody",
  "/operator/accounts?find=somebody&before=9999999999999-zzz",
  "/operator/accounts/{account}",
  "/operator/files",
  "/operator/files?before=9999999999999-zzz",
  "/operator/figures",
];

test.each(pages)("GET %s by an operator runs over indexes and sorts nothing", async (page) => {
  const path = page.replace("{id}", reported).replace("{account}", account.id);
  const { DB, queries } = recordQueries();
  expect((await visit(member, path, { DB })).status).toBe(200);
  expect((await explain(queries)).filter(isCostly)).toEqual([]);
});

const forms: readonly (readonly [path: string, fields: Readonly<Record<string, string>>])[] = [
  ["/{id}/report", { reason: "other", words: "words" }],
  ["/operator/images/{id}", { do: "nsfw" }],
  ["/operator/images/{id}", { do: "dismiss" }],
  ["/operator/images/{id}", { do: "block", refuse: "1" }],
  ["/operator/files", { sha256: "1".repeat(64) }],
  ["/operator/files/allow", { sha256: "1".repeat(64) }],
  ["/operator/images/{id}", { do: "delete" }],
  ["/operator/accounts/{account}", { plan: "unlimited" }],
];

test.each(forms)("POST %s with %j runs over indexes and sorts nothing", async (form, fields) => {
  const { DB, queries } = recordQueries();
  const path = form.replace("{id}", reported).replace("{account}", account.id);
  expect((await sendForm(path, fields, { DB })).status).toBeLessThan(400);
  expect((await explain(queries)).filter(isCostly)).toEqual([]);
});

test("The cron runs over indexes and sorts nothing", async () => {
  // A form above had the file of all these pictures refused.
  await env.DB.prepare("delete from blocked_files").run();
  const [expired = ""] = await makeImages(account, 2);
  await env.DB.batch([
    env.DB.prepare("update images set expires_at = 1 where id = ?").bind(expired),
    env.DB.prepare("insert into outbox values ('aaaaaaaa', 'purge', 'nobody', 'none', 0)"),
  ]);
  const { DB, queries } = recordQueries();
  await runChores(apiEnv({ DB }), Date.now());
  expect((await explain(queries)).filter(isCostly)).toEqual([]);
});
