// Images for tests that need some: uploaded as a client does it.
import { expect } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";
import { authorization, call } from "./api.ts";
import { fixtureBytes } from "./fixture-bytes.ts";

const picture = await fixtureBytes("coffee.jpg");

/** Uploads a small photo; `fields` ride in the query. */
export async function uploadImage(
  key: string,
  fields: Readonly<Record<string, string>> = {},
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<Image> {
  const response = await call(
    `/v1/images?${new URLSearchParams(fields)}`,
    { method: "POST", body: picture, headers: { ...authorization(key), "Content-Type": "image/jpeg" } },
    bindings,
  );
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return imageSchema.parse(JSON.parse(text));
}

/** Sends JSON with a key and parses the answer. */
export async function callJson(key: string, method: string, path: string, body?: unknown) {
  const response = await call(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { ...authorization(key), ...(body !== undefined && { "Content-Type": "application/json" }) },
  });
  return { response, status: response.status, answer: await response.json<unknown>() };
}
