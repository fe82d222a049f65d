import { env, exports } from "cloudflare:workers";
import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from "thumbhash";
import { describe, expect, test } from "vitest";
import { originalKey } from "../../workers/shared/object-keys.ts";
import { quadrants } from "../support/drawing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { pngOf } from "./src-request.ts";

const placeholderAt = (path: string) => {
  const [, storage = "", name = ""] = path.split("/");
  return exports.default.placeholder(storage, name.slice(0, 8));
};
const placeholderOf = async (file: Uint8Array, changes = {}) =>
  placeholderAt((await storeImage(file, changes)).path);

describe("a placeholder", () => {
  test.each([
    ["photo.jpg", 4 / 3],
    ["photo-portrait.jpg", 3 / 4],
    ["photo.webp", 4 / 3],
    ["photo.heic", 3 / 4],
    ["animation.gif", 4 / 3],
  ] as const)("of %s has its shape and its colours", async (name, aspect) => {
    const placeholder = await placeholderOf(await fixtureBytes(name));
    const hash = Uint8Array.fromBase64(placeholder?.thumbhash ?? "");
    expect(Math.abs(thumbHashToApproximateAspectRatio(hash) - aspect)).toBeLessThan(0.25);
    const { b, r } = thumbHashToAverageRGBA(hash);
    // The lake scene is blue and green.
    if (name !== "animation.gif") expect(b).toBeGreaterThan(r * 0.9);
    expect(placeholder).toMatchObject({ color: expect.stringMatching(/^#[0-9a-f]{6}$/), hasAlpha: false });
  });

  test("names the colour that most of the picture is of", async () => {
    const teal = quadrants(40, 40, [
      [0, 128, 128, 255],
      [0, 128, 128, 255],
      [0, 130, 126, 255],
      [250, 250, 250, 255],
    ]);
    const { color } = (await placeholderOf(await pngOf(teal))) ?? {};
    expect(color).toMatch(/^#008[0-2][78]/);
  });

  test("knows that a logo is clear", async () => {
    expect(await placeholderOf(await fixtureBytes("logo.png"))).toMatchObject({ hasAlpha: true });
  });

  test("is null for a drawing and an unknown image", async () => {
    expect(await placeholderOf(await fixtureBytes("drawing.svg"), { transformable: false })).toBeNull();
    expect(await exports.default.placeholder("7c1", "aaaaaaaa")).toBeNull();
  });

  test.each(["photo.jpg", "logo.png", "photo.webp", "photo.avif", "photo.heic", "animation.gif"])(
    "of %s is null when its file is cut short",
    async (name) => {
      const file = await fixtureBytes(name);
      const { id, path } = await storeImage(file);
      expect(await placeholderAt(path)).not.toBeNull();
      await env.ORIGINALS.put(originalKey("7c1", id), file.slice(0, 300));
      expect(await placeholderAt(path)).toBeNull();
    },
  );
});
