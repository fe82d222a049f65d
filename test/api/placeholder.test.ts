// The placeholder of a fresh image: there at once for ordinary photos, and never in an upload's way.
import { expect, test, vi } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const { key } = await makeAccount();
const found = { thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI", color: "#7a8c99" };
const srcWith = (placeholder: () => Promise<typeof found | null>) => ({ SRC: { placeholder } });

test("POST /v1/images answers with the placeholder that src made, and keeps it", async () => {
  const image = await uploadImage(
    key,
    {},
    srcWith(async () => found),
  );
  expect(image.placeholder).toEqual(found);
  expect((await callJson(key, "GET", `/v1/images/${image.id}`)).answer).toEqual(image);
});

test("POST /v1/images answers without a placeholder that takes too long, and keeps it later", async () => {
  const image = await uploadImage(
    key,
    {},
    srcWith(() => new Promise((resolve) => setTimeout(() => resolve(found), 2_000))),
  );
  expect(image.placeholder).toBe(null);
  expect((await callJson(key, "GET", `/v1/images/${image.id}`)).answer).toEqual({
    ...image,
    placeholder: found,
  });
});

test.each([
  ["finds none", async () => null],
  ["fails", () => Promise.reject(new Error("src is down"))],
])("POST /v1/images is kept although src %s", async (_, placeholder) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const image = await uploadImage(key, {}, srcWith(placeholder));
  expect(image.placeholder).toBe(null);
});
