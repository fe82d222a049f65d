// What stands for an image until it has loaded, from both Workers together: the API asks src, which decodes.
import { thumbHashToApproximateAspectRatio } from "thumbhash";
import { expect, inject, test } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
const key = inject("key");

async function readBack(id: string): Promise<Image> {
  const headers = { Authorization: `Bearer ${key}` };
  const answer = await fetch(`${origin}/v1/images/${id}`, { headers });
  return imageSchema.parse(await answer.json());
}

test.each([
  ["photo.jpg", 4 / 3],
  ["photo-portrait.jpg", 3 / 4],
  ["logo.png", 3 / 2],
  ["photo.webp", 4 / 3],
  ["photo.avif", 4 / 3],
  ["animation.gif", 4 / 3],
])("%s gets a placeholder of its shape", async (name, aspect) => {
  const { id } = await uploadOverHttp(origin, name, { key });
  // Usually there in the answer to the upload already; a slow machine stores it right after.
  await expect.poll(async () => (await readBack(id)).placeholder, { timeout: 20_000 }).not.toBeNull();
  const { placeholder } = await readBack(id);
  const hash = Buffer.from(placeholder?.thumbhash ?? "", "base64");
  expect(Math.abs(thumbHashToApproximateAspectRatio(hash) - aspect)).toBeLessThan(0.3);
});

test("A drawing that is not transformed has no placeholder", async () => {
  const { transformable, placeholder } = await uploadOverHttp(origin, "drawing.svg", { key });
  expect({ transformable, placeholder }).toEqual({ transformable: false, placeholder: null });
});
