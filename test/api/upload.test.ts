// POST /v1/images: three forms, one result.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const coffee = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg", { type: "image/jpeg" });

test("POST /v1/images keeps a form's file for a caller without a key, for 30 days", async () => {
  const response = await call("/v1/images", { method: "POST", body: form(["file", coffee]) });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  const image = imageSchema.parse(JSON.parse(text));
  expect(image).toMatchObject({
    filename: "coffee.jpg",
    format: "jpg",
    width: 600,
    height: 400,
    public: true,
  });
});

test("GET /v1/images/{id} answers what POST answered", async () => {
  const account = await makeAccount();
  const headers = authorization(account.key);
  const created = await call("/v1/images", { method: "POST", body: form(["file", coffee]), headers });
  const image = imageSchema.parse(await created.json());
  const found = await call(`/v1/images/${image.id}`, { headers });
  expect(found.status).toBe(200);
  expect(imageSchema.parse(await found.json())).toEqual(image);
  const stored = await env.ORIGINALS.get(`${account.storage}/${image.id}`);
  expect(new Uint8Array((await stored?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(
    new Uint8Array(await coffee.arrayBuffer()),
  );
});

test("POST /v1/images dates an image by when it was complete, so that a list read meanwhile does not miss it", async () => {
  const { key } = await makeAccount();
  const bytes = new Uint8Array(await coffee.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.slice(0, 1_000)),
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      controller.enqueue(bytes.slice(1_000));
      controller.close();
    },
  });
  const begun = Date.now();
  const headers = { ...authorization(key), "Content-Type": "image/jpeg" };
  const image = imageSchema.parse(await (await call("/v1/images", { method: "POST", body, headers })).json());
  expect(Date.parse(image.created_at)).toBeGreaterThan(begun);
});
