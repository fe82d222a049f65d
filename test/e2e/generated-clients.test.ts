// Clients that are generated from the OpenAPI document upload, import and list, with what their generators made and nothing else.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { type Image, imageSchema } from "../../schema/api.ts";
import { fixture } from "../support/fixtures.ts";
import { type GeneratedClients, generateClients } from "../support/generated-clients.ts";

const origin = inject("origin");
const key = inject("key");

const openapiFetch = `
import createClient from "openapi-fetch";
import type { paths } from "./openapi-typescript";
export async function story(origin: string, key: string, file: File) {
  const client = createClient<paths>({ baseUrl: origin, headers: { Authorization: \`Bearer \${key}\` } });
  const form = new FormData();
  form.append("caption", "by form");
  form.append("labels", JSON.stringify({ album: "a" }));
  form.append("file", file);
  const formed = await client.POST("/v1/images", { body: form });
  const raw = await client.POST("/v1/upload", {
    body: { file, caption: "by fields", labels: { album: "a" }, public: false },
    bodySerializer: (fields) => {
      const data = new FormData();
      data.append("file", file);
      data.append("caption", fields.caption ?? "");
      data.append("public", String(fields.public));
      return data;
    },
  });
  const refused = await client.POST("/v1/import", { body: { url: "ftp://a.example/", labels: { a: "b" } } });
  return { images: [formed.data, raw.data], refusal: refused.error?.error.code };
}
`;

const orval = `
import { createImage, importImage, uploadImage } from "./orval";
export async function story(origin: string, key: string, file: File) {
  const ask = globalThis.fetch;
  // Orval writes addresses without an origin where it is told none.
  globalThis.fetch = (path, init) => ask(new URL(String(path), origin), init);
  const options = { headers: { Authorization: \`Bearer \${key}\` } };
  const formed = await uploadImage(
    { file, caption: "by form", labels: { album: "a" }, public: false, ttl: "1d" },
    options,
  );
  const raw = await createImage(file, { caption: "as the body", labels: JSON.stringify({ album: "a" }) }, options);
  const refused = await importImage({ url: "ftp://a.example/", labels: { a: "b" } }, options);
  globalThis.fetch = ask;
  return {
    images: [formed.data, raw.data],
    refusal: refused.status === 422 ? refused.data.error.code : undefined,
  };
}
`;

const heyApi = `
import { createImage, importImage, uploadImage } from "./hey-api";
import { client } from "./hey-api/client.gen";
export async function story(origin: string, key: string, file: File) {
  client.setConfig({ baseUrl: origin, auth: key });
  const formed = await uploadImage({
    body: { file, caption: "by form", labels: { album: "a" }, public: false, ttl: "1d" },
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  const raw = await createImage({ body: file, query: { caption: "as the body", labels: '{"album":"a"}' } });
  const refused = await importImage({ body: { url: "ftp://a.example/", labels: { a: "b" } } });
  return { images: [formed.data, raw.data], refusal: refused.error?.error.code };
}
`;

const uses = { "use-openapi-fetch.ts": openapiFetch, "use-orval.ts": orval, "use-hey-api.ts": heyApi };
type Story = (origin: string, key: string, file: File) => Promise<unknown>;
const usedSchema = z.object({
  story: z.custom<Story>((value) => typeof value === "function"),
});
const toldSchema = z.object({ images: z.array(imageSchema), refusal: z.string() });

let clients: GeneratedClients | undefined;
beforeAll(async () => {
  clients = await generateClients(await (await fetch(`${origin}/openapi.json`)).text(), uses);
});
afterAll(() => clients?.remove());

test("What three generators make of the OpenAPI document compiles against its use, without a cast", async () => {
  expect(await clients?.compile()).toBe("");
});

test.each(Object.keys(uses))(
  "A generated client uploads a file as a form and as a body: %s",
  async (name) => {
    const { story } = usedSchema.parse(await clients?.load(name));
    const bytes = Uint8Array.from(fixture("coffee.jpg"));
    const told = toldSchema.parse(
      await story(origin, key, new File([bytes], "a.jpg", { type: "image/jpeg" })),
    );
    expect(told.refusal).toBe("validation_error");
    expect(told.images).toHaveLength(2);
    for (const image of told.images)
      expect(image).toMatchObject<Partial<Image>>({ bytes: bytes.length, width: 600 });
    expect(told.images[0]).toMatchObject({ caption: "by form", labels: { album: "a" }, filename: "a.jpg" });
  },
);
