// Two accounts can't see, count, change or delete each other's images by any route, filter, cursor or key.
import { expect, test } from "vitest";
import { imageListSchema, usageSchema } from "../../schema/api.ts";
import { openApiDocument } from "../../workers/api/reference/document.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { leftoversOf } from "../support/leftovers.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const owner = await makeAccount();
const stranger = await makeAccount();
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

/** Every way in which a route may be pointed at somebody's image. */
const attacks: Readonly<Record<string, readonly (readonly [query: string, body?: object])[]>> = {
  "get /v1/images": [
    [""],
    ["?limit=100&order=asc"],
    [`?ids=${image.id}`],
    ["?q=secret"],
    ["?public=false"],
    ["?label[project]=secret"],
    [`?cursor=${pagination.next_cursor}&order=asc`],
    [`?cursor=${pagination.next_cursor}`],
  ],
  "post /v1/images": [["", { url: `https://edgepix.test/${image.id}`, id: image.id }]],
  "delete /v1/images/batch": [["", { ids: [image.id] }]],
  "patch /v1/images/batch": [["", { ids: [image.id], caption: "mine now", ttl: 300 }]],
  "get /v1/images/{id}": [[""]],
  "patch /v1/images/{id}": [["", { caption: "mine now", public: true, labels: { project: null } }]],
  "delete /v1/images/{id}": [[""]],
  "get /v1/usage": [[""]],
};

const routes = Object.entries(openApiDocument("https://edgepix.test").paths ?? {}).flatMap(
  ([path, operations]) => Object.keys(operations).map((method) => `${method} ${path}`),
);

test.each(routes)("A stranger learns and changes nothing by %s", async (route) => {
  const [method = "", path = ""] = route.split(" ");
  const ways = attacks[route];
  if (!ways) throw new Error(`Say in this file how ${route} may be attacked.`);
  for (const [query, body] of ways) {
    const target = `${path.replace("{id}", image.id)}${query}`;
    const { response, answer } = await callJson(stranger.key, method.toUpperCase(), target, body);
    const text = JSON.stringify(answer);
    for (const secret of ["secret", owner.storage, owner.id, image.sizes.small?.url ?? ""])
      expect(text).not.toContain(secret);
    expect(response.status).toBeLessThan(500);
  }
  expect((await callJson(owner.key, "GET", `/v1/images/${image.id}`)).answer).toEqual(image);
  expect(await leftoversOf(owner)).toEqual(before);
});

test("A stranger's usage counts nothing of others", async () => {
  const usage = usageSchema.parse((await callJson(stranger.key, "GET", "/v1/usage")).answer);
  expect(usage.totals).toEqual({ images_stored: 0, bytes_stored: 0 });
});

test.each(routes.filter((route) => route !== "post /v1/images"))(
  "%s answers 401 without a key",
  async (route) => {
    const [method = "", path = ""] = route.split(" ");
    const response = await call(path.replace("{id}", image.id), { method: method.toUpperCase() });
    expect(response.status).toBe(401);
  },
);

test.each(routes)("%s answers 422, 400 or 404 to nonsense with a good key, never a 5xx", async (route) => {
  const [method = "", path = ""] = route.split(" ");
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
    for (const body of method === "get" ? [""] : bodies) {
      for (const id of [image.id, "%00", "..%2f", "💥", "a".repeat(3_000)]) {
        const init = {
          method: method.toUpperCase(),
          headers: { ...authorization(stranger.key), "Content-Type": type },
        };
        const url = `${path.replace("{id}", id)}?limit=NaN&label[=&label[]=&cursor=%ff&ids=,,&q=%00&__proto__=x`;
        const response = await call(url, method === "get" ? init : { ...init, body });
        expect(response.status, `${method} ${url} ${type} ${body}`).toBeLessThan(500);
      }
      if (!path.includes("{id}")) break;
    }
  }
});
