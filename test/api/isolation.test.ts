// Two accounts can't see, count, change or delete each other's images by any route, filter, cursor or key.
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { errorSchema, imageListSchema, usageSchema } from "../../schema/api.ts";
import { findMember } from "../../workers/api/accounts/sessions.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { docsPageList } from "../../workers/api/reference/pages/navigation.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, ORIGIN } from "../support/api.ts";
import { addressOf, everyRoute, keyRoutes } from "../support/every-route.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { signInAs, visit } from "../support/members.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const ADMIN_TOKEN = "known-to-the-operator-only";
const owner = await makeAccount();
const stranger = await makeAccount();
const ownerHere = await signInAs(owner);
const ownersSession = (await findMember(openDatabase(env.DB), ownerHere.secret, Date.now()))?.sessionId;
const ownersKey = await env.DB.prepare("select id from api_keys where account_id = ?")
  .bind(owner.id)
  .first("id");
let signedIn = await signInAs(stranger);
const image = await uploadImage(owner.key, {
  caption: "secret plans",
  labels: '{"project":"secret"}',
  public: "false",
  filename: "secret.jpg",
});
const { pagination } = imageListSchema.parse(
  await (async () => {
    await uploadImage(owner.key);
    return (await callJson(owner.key, "GET", "/v1/images?limit=1")).answer;
  })(),
);
const before = await leftoversOf(owner);

const codeAndMessage = (answer: unknown) => {
  const { code, message } = errorSchema.parse(answer).error;
  return { code, message };
};

/** Every way in which a route may be pointed at somebody's image. A new route fails until it is here. */
const attacks: Readonly<Record<string, readonly (readonly [query: string, body?: object])[]>> = {
  "GET /v1/images": [
    [""],
    ["?limit=100&order=asc"],
    [`?ids=${image.id}`],
    ["?q=secret"],
    ["?public=false"],
    ["?label[project]=secret"],
    [`?cursor=${pagination.next_cursor}&order=asc`],
    [`?cursor=${pagination.next_cursor}`],
  ],
  "POST /v1/images": [["", { url: image.url, id: image.id }]],
  "POST /v1/upload": [["", { url: image.url, id: image.id }]],
  "POST /v1/import": [["", { url: image.url, id: image.id }]],
  "DELETE /v1/images/batch": [["", { ids: [image.id] }]],
  "PATCH /v1/images/batch": [["", { ids: [image.id], caption: "mine now", ttl: 300 }]],
  "GET /v1/images/:id": [[""]],
  "PATCH /v1/images/:id": [["", { caption: "mine now", public: true, labels: { project: null } }]],
  "DELETE /v1/images/:id": [[""]],
  "GET /v1/usage": [[""], [`?account=${owner.id}`]],
  "PATCH /v1/admin/images/:id": [["", { status: "blocked", nsfw: true }]],
  "PATCH /v1/admin/accounts/:id": [["", { status: "suspended", plan: "free" }]],
  "POST /v1/admin/images/reexamine": [["", { limit: 1 }]],
  "GET /v1/admin/anonymous": [[""]],
  "GET /v1/admin/blocked-files": [[""]],
  "POST /v1/admin/blocked-files": [["", { sha256: ["0".repeat(64)] }]],
  "DELETE /v1/admin/blocked-files/:id": [[""]],
  "GET /v1/admin/backup/rows": [["?table=images"]],
  "POST /v1/admin/backup/rows": [
    ["", { table: "claims", rows: [{ tokenHash: "x", accountId: "x", claimedAt: 0 }] }],
  ],
  "GET /v1/admin/backup/original": [["?storage=anon&id=abcdefgh"]],
  "PUT /v1/admin/backup/original": [[`?storage=anon&id=abcdefgh&sha256=${"0".repeat(64)}`, {}]],
  "POST /v1/admin/backup/verify": [["", { part: "images", fix: true }]],
  "POST /v1/admin/adopt/objects": [["", { bucket: "own" }]],
  "POST /v1/admin/adopt/look": [["", { bucket: "own", account: "anonymous", keys: ["x.jpg"] }]],
  "POST /v1/admin/adopt": [["", { bucket: "own", account: "anonymous", key: "x.jpg", fields: {} }]],
  "GET /healthz": [[""]],
  "GET /readyz": [[""]],
  "GET /": [[""]],
  "GET /oembed": [[`?url=${encodeURIComponent(image.page_url)}`]],
  "POST /": [["", { url: image.url, id: image.id }]],
  "GET /:id{[a-z0-9]{8}}/delete": [["?token=del_000000000000000000000000000000000000"]],
  "POST /:id{[a-z0-9]{8}}/delete": [["", { token: "del_000000000000000000000000000000000000" }], [""]],
  "GET /:id{[a-z0-9]{8}}": [[""]],
  "GET /:id{[a-z0-9]{8}}/report": [[""]],
  "POST /:id{[a-z0-9]{8}}/report": [["", { reason: "spam", words: "", email: "" }], [""]],
  "GET /operator": [[""], ["?before=9999999999999-zzz"]],
  "GET /operator/images": [[`?picture=${image.id}`]],
  "GET /operator/images/:id": [["?show=1"]],
  "POST /operator/images/:id": [
    ["", { do: "block" }],
    ["", { do: "nsfw" }],
    ["", { do: "delete" }],
  ],
  "GET /operator/accounts": [[""], [`?find=${owner.id}`]],
  "GET /operator/accounts/:id": [[""]],
  "POST /operator/accounts/:id": [
    ["", { status: "suspended" }],
    ["", { plan: "free" }],
  ],
  "GET /operator/files": [[""]],
  "POST /operator/files": [["", { sha256: "0".repeat(64) }]],
  "POST /operator/files/allow": [["", { sha256: "0".repeat(64) }]],
  "GET /operator/figures": [[""]],
  "GET /account": [[""], [`?account=${owner.id}`]],
  "POST /account/name": [["", { name: "mine now", account: owner.id }]],
  "POST /account/email": [["", { email: "thief@example.com", account: owner.id }]],
  "POST /account/email/code": [["", { email: "thief@example.com", code: "000000", account: owner.id }]],
  "GET /account/export": [[""], [`?account=${owner.id}`]],
  "POST /account/delete": [["", { confirm: "no", account: owner.id }]],
  "GET /account/deletion": [[""], [`?account=${owner.id}`]],
  "GET /operator/invitations": [[""]],
  "POST /operator/invitations": [["", { note: "me", plan: "unlimited", days: "7" }]],
  "POST /operator/invitations/revoke": [["", { invitation: "x" }]],
  "POST /account/sessions/end": [["", { session: ownersSession }]],
  "POST /account/sessions/end-others": [["", { account: owner.id }]],
  "GET /gallery": [
    [""],
    ["?q=secret"],
    ["?label=project%3Dsecret"],
    [`?cursor=${pagination.next_cursor}&order=asc`],
  ],
  "POST /gallery/change": [["", { id: image.id, caption: "mine now", expires: "1d", label: "project=mine" }]],
  "POST /gallery/delete": [
    ["", { id: image.id }],
    ["", { id: image.id, sure: 1 }],
  ],
  "POST /gallery/links": [
    ["", { id: image.id }],
    ["", { id: image.id, as: "file" }],
  ],
  "POST /gallery/upload": [["", { url: image.url, id: image.id }]],
  "GET /gallery/:id{[a-z0-9]{8}}": [[""]],
  "POST /gallery/:id{[a-z0-9]{8}}": [
    ["", { caption: "mine now", filename: "x", public: "true", hidden_metadata: "strip" }],
  ],
  "GET /keys": [[""], [`?account=${owner.id}`]],
  "POST /keys": [["", { name: "mine", may: "write", account: owner.id }]],
  "POST /keys/revoke": [["", { key: ownersKey }]],
  "GET /tools": [[""], [`?picture=${image.id}`], [`?picture=${encodeURIComponent(image.page_url)}`]],
  "POST /tools": [["", { tool: "sharex", as: "file", account: owner.id }]],
  "GET /usage": [[""], [`?account=${owner.id}`]],
  "POST /sign-out": [["", { session: ownersSession }]],
  "POST /account/passkeys/options": [[""]],
  "POST /account/passkeys": [["", { response: {} }]],
  "POST /account/passkeys/remove": [["", { passkey: "x" }]],
  "POST /sign-in/passkey/options": [[""]],
  "POST /sign-in/passkey": [["", { response: {} }]],
  "GET /sign-in": [["?next=/account"]],
  "GET /sign-up": [["?invitation=x"]],
  "POST /sign-in": [["", { email: "owner@example.com" }]],
  "POST /sign-up": [["", { email: "owner@example.com" }]],
  "GET /sign-in/code": [[""]],
  "GET /sign-up/code": [[""]],
  "POST /sign-in/code": [["", { email: "owner@example.com", code: "000000" }]],
  "POST /sign-up/code": [["", { email: "owner@example.com", code: "000000" }]],
  "GET /sign-out": [[""]],
  "GET /setup": [["?token=guess"]],
  "POST /setup": [["", { token: "guess", name: "x" }]],
  ...Object.fromEntries(docsPageList.map(({ path }) => [`GET ${path}`, [[""]]])),
  "GET /plans": [[""]],
  "GET /llms.txt": [[""]],
  "GET /llms-full.txt": [[""]],
  "GET /openapi.json": [[""]],
};

test("A PATCH of somebody's blocked image does not tell that it is blocked", async () => {
  const { id } = await uploadImage((await makeAccount()).key);
  await env.DB.prepare("update images set status = 'blocked' where id = ?").bind(id).run();
  const one = await callJson(stranger.key, "PATCH", `/v1/images/${id}`, { caption: "x" });
  const none = await callJson(stranger.key, "PATCH", "/v1/images/zzzzzzzz", { caption: "x" });
  expect(one.status).toBe(404);
  expect(codeAndMessage(one.answer)).toEqual(codeAndMessage(none.answer));
});

test("A PATCH of labels leaves the label rows of somebody's image where they are", async () => {
  const labelled = async () => (await callJson(owner.key, "GET", "/v1/images?label[project]=secret")).answer;
  const seen = await labelled();
  const body = { ids: [image.id], labels: { project: "mine" } };
  await callJson(stranger.key, "PATCH", "/v1/images/batch", body);
  await callJson(stranger.key, "PATCH", `/v1/images/${image.id}`, { labels: { project: null } });
  expect(await labelled()).toEqual(seen);
  expect(imageListSchema.parse(seen).data).toHaveLength(1);
});

interface Way {
  readonly method: string;
  readonly address: string;
  readonly body?: object;
}

/** What a caller with these headers sends: JSON. */
const sendingJson =
  (credential: object) =>
  ({ method, address, body }: Way) => {
    const headers = { ...credential, ...(body && { "Content-Type": "application/json" }) };
    return call(address, { method, ...(body && { body: JSON.stringify(body) }), headers }, { ADMIN_TOKEN });
  };

/** What the browser of a stranger who is signed in sends: forms that are in order. */
function sendingForms({ method, address, body = {} }: Way) {
  const headers = { Cookie: signedIn.cookie, Origin: ORIGIN };
  if (method === "GET") return call(address, { headers }, { ADMIN_TOKEN });
  const form = new URLSearchParams({ form_token: signedIn.formToken });
  for (const [name, value] of Object.entries(body)) form.set(name, String(value));
  return call(address, { method, headers, body: form }, { ADMIN_TOKEN });
}

const callers = [
  ["A stranger with a key", sendingJson(authorization(stranger.key))],
  ["A stranger without a key", sendingJson({})],
  ["A stranger who is signed in", sendingForms],
] as const;

describe.each(callers)("%s", (_, send) => {
  test.each([...everyRoute])("learns and changes nothing by %s", async (name, route) => {
    const ways = attacks[name];
    if (!ways) throw new Error(`Say in this file how ${name} may be attacked.`);
    const target = route.path.includes("accounts") ? owner.id : image.id;
    for (const [query, body] of ways) {
      const address = `${addressOf(route, target)}${query}`;
      const response = await send({ method: route.method, address, ...(body && { body }) });
      const text = await response.text();
      for (const secret of ["secret plans", "secret.jpg", owner.storage, owner.id])
        expect(text).not.toContain(secret);
      expect(response.status).not.toBe(500);
    }
    expect((await callJson(owner.key, "GET", `/v1/images/${image.id}`)).answer).toEqual(image);
    expect(await leftoversOf(owner)).toEqual(before);
    expect((await visit(ownerHere, "/account")).status).toBe(200);
    // It may have signed itself out.
    signedIn = await signInAs(stranger);
  });
});

test("A stranger's usage counts nothing of others", async () => {
  const usage = usageSchema.parse((await callJson(stranger.key, "GET", "/v1/usage")).answer);
  expect(usage.totals).toEqual({ images_stored: 0, bytes_stored: 0 });
});

test.each([...keyRoutes])(
  "%s answers 422, 400 or 404 to nonsense with a good key, never a 5xx",
  async (_, route) => {
    const { method, path } = route;
    const bodies = [
      "",
      "{",
      "null",
      "[]",
      '"x"',
      '{"ids":{}}',
      '{"__proto__":{"x":1}}',
      "\u0000",
      `{"caption":${"[".repeat(5_000)}`,
    ];
    const types = ["application/json", "text/plain", "multipart/form-data; boundary=x", "image/png"];
    for (const type of types) {
      for (const body of method === "GET" ? [""] : bodies) {
        for (const id of [image.id, "%00", "..%2f", "💥", "a".repeat(3_000)]) {
          const init = {
            method,
            headers: { ...authorization(stranger.key), "Content-Type": type },
          };
          const url = `${addressOf(route, id)}?limit=NaN&label[=&label[]=&cursor=%ff&ids=,,&q=%00&__proto__=x`;
          const response = await call(url, method === "GET" ? init : { ...init, body });
          expect(response.status, `${method} ${url} ${type} ${body}`).toBeLessThan(500);
        }
        if (!path.includes(":id")) break;
      }
    }
  },
);
