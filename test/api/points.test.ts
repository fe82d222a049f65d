// What the API Worker notes of a request: enough to count, and nothing that says who asked or for what.
import { expect, test } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { ADMIN, forgedHeaders } from "../support/forged.ts";
import { makeMember, visit } from "../support/members.ts";
import { notePoints } from "../support/noted-points.ts";

const jpeg = await fixtureBytes("coffee.jpg");
const account = await makeAccount();

test("an upload is one point: its route, status and bytes, and how long it took", async () => {
  const { ANALYTICS, points } = notePoints();
  const headers = {
    ...authorization(account.key),
    "Content-Type": "image/jpeg",
    "Content-Length": String(jpeg.length),
  };
  const answer = await call(
    "/v1/images?caption=secret",
    { method: "POST", body: jpeg, headers },
    { ANALYTICS },
  );
  expect(answer.status).toBe(201);
  expect(points).toEqual([
    {
      ...{ kind: "request", worker: "api", route: "POST /v1/images", code: "" },
      ...{ cache: "", format: "", source: "", image: "", cpu_ms: 0, status: 201, received: jpeg.length },
      ...{ ms: expect.any(Number), bytes: expect.any(Number) },
    },
  ]);
});

test.each([
  [
    "a refusal by its code",
    "/v1/images?cursor=broken",
    { route: "GET /v1/images", code: "bad_request", status: 400 },
  ],
  [
    "an image by its route, never by its id",
    "/v1/images/aaaaaaaa",
    { route: "GET /v1/images/:id", code: "not_found", status: 404 },
  ],
  ["a viewer's page by its route", "/aaaaaaaa", { route: "GET /:id{[a-z0-9]{8}}", status: 404 }],
  [
    "what is nothing here by nothing",
    "/secret/path/of/somebody?token=del_x",
    { route: "", code: "not_found", status: 404 },
  ],
  ["a picture on one origin as a picture", "/7c1/aaaaaaaa.jpg?w=100", { route: "picture", status: 501 }],
])("%s", async (_, path, expected) => {
  const { ANALYTICS, points } = notePoints();
  await call(path, { headers: authorization(account.key) }, { ANALYTICS });
  expect(points).toMatchObject([expected]);
});

test("monitors' questions are not noted: a flood of them would be a flood of points", async () => {
  const { ANALYTICS, points } = notePoints();
  for (const path of ["/healthz", "/readyz", "/healthz?x=1", "/healthz/", "/readyz/?x"])
    await call(path, {}, { ANALYTICS });
  expect(points).toEqual([]);
});

test("nothing that a caller writes is found in a point: path, query, headers, method, name, key, cookie", async () => {
  const { ANALYTICS, points } = notePoints();
  const member = await makeMember({ email: "ann@example.com", name: "Ann Secret" });
  const file = new File([jpeg], "ann-secret.jpg", { type: "image/jpeg" });
  for (const [path, init] of [
    ["/v1/images?q=ann-secret", { headers: { ...authorization(account.key), ...forgedHeaders } }],
    [
      "/v1/images",
      {
        method: "POST",
        body: form(["file", file]),
        headers: { ...authorization(account.key), ...forgedHeaders },
      },
    ],
    ["/ann-secret", { headers: forgedHeaders }],
    ["/v1/ann-secret", { method: "PROPFIND", headers: forgedHeaders }],
    [
      "/v1/admin/images/aaaaaaaa",
      { method: "PATCH", headers: { ...forgedHeaders, Authorization: "Bearer ann-secret" } },
    ],
    ["/aaaaaaaa/delete?token=del_ann-secret", { headers: forgedHeaders }],
    ["/sign-in?email=ann-secret@example.com", { headers: forgedHeaders }],
  ] as const)
    await call(path, init, { ANALYTICS, ADMIN_TOKEN: ADMIN });
  await visit(member, "/account", { ANALYTICS });
  expect(points).toHaveLength(8);
  const noted = JSON.stringify(points).toLowerCase();
  for (const word of [
    "ann",
    "secret",
    "example",
    "198.51",
    "forged",
    account.key.slice(-8),
    "del_",
    "firefox",
    "?",
  ])
    expect(noted).not.toContain(word);
});

test("without the binding, and with one that fails, answers are the same", async () => {
  const broken = {
    writeDataPoint: () => {
      throw new Error("too many points");
    },
  };
  for (const ANALYTICS of [undefined, null, "nonsense", broken])
    expect((await call("/v1/usage", { headers: authorization(account.key) }, { ANALYTICS })).status).toBe(
      200,
    );
});
