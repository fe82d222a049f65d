// Every row of the contract's table of endpoints: who may call it with which ability, and what it answers.
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  batchResultSchema,
  deletedImageSchema,
  errorSchema,
  imageListSchema,
  imageSchema,
  usageSchema,
} from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { addressOf, everyRoute, keyRoutes } from "../support/every-route.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { uploadImage } from "../support/uploads.ts";

const jpeg = await fixtureBytes("coffee.jpg");
const asJson = (body: object) => ({
  body: JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});
const file = { body: jpeg, headers: { "Content-Type": "image/jpeg" } };

interface Row {
  readonly ability: "read" | "write";
  readonly status: 200 | 201;
  readonly schema: z.ZodType;
  readonly init?: (id: string) => {
    readonly body: BodyInit;
    readonly headers: Readonly<Record<string, string>>;
  };
}

const upload: Row = { ability: "write", status: 201, schema: imageSchema, init: () => file };

const rows: Readonly<Record<string, Row>> = {
  "POST /v1/images": upload,
  "POST /v1/upload": upload,
  "POST /v1/import": upload,
  "GET /v1/images/:id": { ability: "read", status: 200, schema: imageSchema },
  "GET /v1/images": { ability: "read", status: 200, schema: imageListSchema },
  "PATCH /v1/images/:id": {
    ...{ ability: "write", status: 200, schema: imageSchema },
    init: () => asJson({ caption: "x" }),
  },
  "DELETE /v1/images/:id": { ability: "write", status: 200, schema: deletedImageSchema },
  "DELETE /v1/images/batch": {
    ...{ ability: "write", status: 200, schema: batchResultSchema },
    init: (id) => asJson({ ids: [id] }),
  },
  "PATCH /v1/images/batch": {
    ...{ ability: "write", status: 200, schema: batchResultSchema },
    init: (id) => asJson({ ids: [id], caption: "x" }),
  },
  "GET /v1/usage": { ability: "read", status: 200, schema: usageSchema },
};

const open = ["GET /openapi.json", "GET /docs", "GET /llms.txt", "GET /llms-full.txt"];

test("The API takes what the contract's table says, and nothing else", () => {
  expect([...keyRoutes.keys()].toSorted()).toEqual(Object.keys(rows).toSorted());
});

describe.each(Object.entries(rows))("%s", (name, { ability, status, schema, init }) => {
  const target = async () => {
    const route = keyRoutes.get(name);
    if (!route) throw new Error(`${name} is gone`);
    const account = await makeAccount({ abilities: "read,write" });
    const { id } = await uploadImage(account.key);
    return { ...account, id, method: route.method, path: addressOf(route, id) };
  };

  test(`answers ${status} with what it declares, however often it is asked`, async () => {
    const { id, key, method, path } = await target();
    for (let time = 0; time < 2; time++) {
      const { headers, ...body } = init?.(id) ?? {};
      const response = await call(path, { method, ...body, headers: { ...authorization(key), ...headers } });
      expect(response.status).toBe(status);
      expect(response.headers.get("RateLimit")).toMatch(/^"minute";r=\d+;t=\d+$/);
      expect(response.headers.get("Content-Type")).toContain("application/json");
      const answer = await response.json<object>();
      schema.parse(answer);
      expect(Object.keys(answer)).not.toContain("error");
    }
  });

  test(`needs the ability to ${ability}, and no other`, async () => {
    const { id, method, path } = await target();
    const only = await makeAccount({ abilities: ability });
    const { headers, ...body } = init?.(id) ?? {};
    const response = await call(path, {
      method,
      ...body,
      headers: { ...authorization(only.key), ...headers },
    });
    expect([401, 403]).not.toContain(response.status);
  });
});

test.each(open)("%s is open to anyone", async (name) => {
  const route = everyRoute.get(name);
  if (!route) throw new Error(`${name} is gone`);
  const response = await call(route.path);
  expect([response.status, response.headers.has("X-Request-Id")]).toEqual([200, true]);
});

const paths = [...new Set([...everyRoute.values()].map(({ path }) => path))].filter(
  (path) => !path.startsWith("/v1/admin/"),
);

test.each(paths)("%s answers 405 with Allow to every method that it does not take", async (path) => {
  const taken = [...everyRoute.values()].filter((route) => route.path === path).map(({ method }) => method);
  const { key } = await makeAccount();
  const { id } = await uploadImage(key);
  const address = addressOf({ method: "", path }, id);
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !taken.includes(one))) {
    const response = await call(address, { method, headers: authorization(key) });
    expect([method, response.status]).toEqual([method, 405]);
    const allow = response.headers.get("Allow")?.split(", ") ?? [];
    expect(allow.toSorted()).toEqual(
      [...taken, ...(taken.includes("GET") ? ["HEAD"] : []), "OPTIONS"].toSorted(),
    );
    expect(errorSchema.parse(await response.json()).error.code).toBe("method_not_allowed");
  }
  expect((await call(address, { method: "OPTIONS" })).status).toBe(204);
  if (!taken.includes("GET")) return;
  const [head, get] = await Promise.all(
    ["HEAD", "GET"].map((method) => call(address, { method, headers: authorization(key) })),
  );
  expect([head?.status, await head?.text()]).toEqual([get?.status, ""]);
});
