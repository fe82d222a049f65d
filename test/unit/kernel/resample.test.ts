// Resizing, cropping and turning against sharp (libvips), and JPEG's reduced scales against averages.

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Orientation } from "../../../schema/facts.ts";
import type { Pixels } from "../../../workers/src/geometry/pixels.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { jpegShape } from "../../support/jpeg-shapes.ts";
import { difference, fileOf, kernel, type Size, shape, streamOf } from "../../support/test-kernel.ts";

/** A picture with edges, soft gradients and noise; with holes and half-clear parts where `alpha` says so. */
function scene(width: number, height: number, { alpha = false } = {}): Pixels {
  const random = seededRandom(width * 31 + height);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const disc = Math.hypot(x - width * 0.4, y - height * 0.6) < width / 4 ? 70 : 0;
      const grain = random() * 16;
      data[at] = 40 + (x / width) * 120 + disc + grain;
      data[at + 1] = 60 + (y / height) * 130 + grain;
      data[at + 2] = 200 - (x / width) * 90 - disc + grain;
      data[at + 3] = alpha ? Math.max(0, Math.min(255, 380 * Math.sin(x / 9) * Math.cos(y / 11))) : 255;
    }
  }
  return { width, height, data };
}

const raw = ({ width, height }: Size) => ({ raw: { width, height, channels: 4 } }) as const;
const bySharp = (picture: Pixels) => sharp(picture.data, raw(picture));

async function made(...call: Parameters<typeof kernel.renderPixels>): Promise<Pixels> {
  const answer = await kernel.renderPixels(...call);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value.pixels;
}

describe("Resizing pixels", () => {
  const picture = scene(160, 120);

  it("to the same size changes nothing, not even the colour of what can't be seen", async () => {
    for (const alpha of [false, true]) {
      const pixels = scene(33, 21, { alpha });
      expect(await made({ kind: "pixels", pixels }, shape(pixels))).toEqual(pixels);
    }
  });

  it.each([
    [80, 60],
    [53, 40],
    [159, 119],
    [17, 90],
    [3, 2],
    [40, 3],
  ])("down to %i x %i is sharp's Lanczos within a level", async (width, height) => {
    const ours = await made({ kind: "pixels", pixels: picture }, shape(picture, { size: { width, height } }));
    const theirs = await bySharp(picture)
      .resize(width, height, { fit: "fill", kernel: "lanczos3" })
      .raw()
      .toBuffer();
    expect(ours).toMatchObject({ width, height });
    expect(difference(ours.data, theirs).mean).toBeLessThan(1);
  });

  it("up is sharp's cubic within two levels", async () => {
    const ours = await made(
      { kind: "pixels", pixels: picture },
      shape(picture, { size: { width: 400, height: 300 } }),
    );
    const theirs = await bySharp(picture).resize(400, 300, { fit: "fill", kernel: "cubic" }).raw().toBuffer();
    expect(difference(ours.data, theirs).mean).toBeLessThan(2);
  });

  it("of a window is sharp's extract and resize", async () => {
    const window = { x: 30, y: 20, width: 80, height: 64 };
    const size = { width: 50, height: 40 };
    const ours = await made({ kind: "pixels", pixels: picture }, shape(picture, { window, size }));
    const theirs = await bySharp(picture)
      .extract({ left: 30, top: 20, width: 80, height: 64 })
      .resize(50, 40, { fit: "fill" })
      .raw()
      .toBuffer();
    expect(difference(ours.data, theirs).mean).toBeLessThan(1);
  });

  it("of a window of fractions moves smoothly with it", async () => {
    const size = { width: 40, height: 40 };
    const at = (x: number) =>
      made(
        { kind: "pixels", pixels: picture },
        shape(picture, { window: { x, y: 10, width: 60, height: 60 }, size }),
      );
    const [left, between, right] = await Promise.all([at(20), at(20.5), at(21)]);
    const middle = left.data.map((value, i) => (value + (right.data[i] ?? 0)) / 2);
    expect(difference(between.data, middle).mean).toBeLessThan(2);
  });

  it("multiplies colours by alpha first: what is invisible does not bleed", async () => {
    const clear = scene(64, 64, { alpha: true });
    // Invisible pixels in a colour that is nowhere else.
    for (let at = 0; at < clear.data.length; at += 4)
      if (clear.data[at + 3] === 0) clear.data.set([0, 255, 0], at);
    const ours = await made(
      { kind: "pixels", pixels: clear },
      shape(clear, { size: { width: 30, height: 30 } }),
    );
    const theirs = await bySharp(clear).resize(30, 30, { fit: "fill" }).raw().toBuffer();
    const onGrey = (data: ArrayLike<number>) =>
      Array.from(data, (value, i) => {
        const alpha = (data[i | 3] ?? 0) / 255;
        return (i & 3) === 3 ? value : value * alpha + 128 * (1 - alpha);
      });
    expect(difference(onGrey(ours.data), onGrey(theirs)).mean).toBeLessThan(1.5);
  });

  it.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])(
    "turned as EXIF orientation %i, like sharp",
    async (turn) => {
      const small = scene(21, 13);
      const ours = await made({ kind: "pixels", pixels: small }, shape(small, { turn }));
      const tagged = await bySharp(small).withMetadata({ orientation: turn }).png().toBuffer();
      const { data, info } = await sharp(tagged)
        .autoOrient()
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(ours).toMatchObject({ width: info.width, height: info.height });
      expect(difference(ours.data, data).most).toBe(0);
    },
  );
});

describe("JPEG at reduced scales", () => {
  const stored = { width: 1216, height: 912 };
  const scenery = scene(stored.width, stored.height);

  // The decoder's scale follows from the target: half of it at 4, a quarter at 8, an eighth beyond 16 times smaller.
  it.each([
    ["full", 1.9],
    ["half", 4.2],
    ["quarter", 8.3],
    ["eighth", 17],
  ])("%s: a picture %f times smaller is that of a whole decode", async (_, times) => {
    const size = { width: Math.round(stored.width / times), height: Math.round(stored.height / times) };
    for (const [chromaSubsampling, progressive] of [
      ["4:2:0", false],
      ["4:4:4", false],
      ["4:2:0", true],
    ] as const) {
      const file = Uint8Array.from(
        await bySharp(scenery).jpeg({ quality: 92, chromaSubsampling, progressive }).toBuffer(),
      );
      const ours = await made({ kind: "jpeg", stream: streamOf(file) }, shape(stored, { size }));
      // Decoded whole first: sharp, too, would take a short cut otherwise.
      const whole = await sharp(file).ensureAlpha().raw().toBuffer();
      const theirs = await sharp(whole, raw(stored))
        .resize(size.width, size.height, { fit: "fill" })
        .raw()
        .toBuffer();
      expect(difference(ours.data, theirs).mean).toBeLessThan(1);
    }
  });

  it("turned and cut, as sharp would", async () => {
    const file = Uint8Array.from(await bySharp(scenery).jpeg({ quality: 92 }).toBuffer());
    const window = { x: 301, y: 177, width: 640, height: 480 };
    const size = { width: 160, height: 120 };
    const ours = await made(
      { kind: "jpeg", stream: streamOf(file) },
      shape(stored, { window, size, turn: 6 }),
    );
    const theirs = await sharp(await sharp(file).ensureAlpha().raw().toBuffer(), raw(stored))
      .extract({ left: 301, top: 177, width: 640, height: 480 })
      .resize(160, 120, { fit: "fill" })
      .raw()
      .toBuffer();
    const turned = await sharp(theirs, raw(size)).rotate(90).raw().toBuffer();
    expect(ours).toMatchObject({ width: 120, height: 160 });
    expect(difference(ours.data, turned).mean).toBeLessThan(1);
  });
});

describe("A job's file", () => {
  it.each([
    "2x2 plain 63x64",
    "2x1 rows 63x64",
    "4x1 progressive 63x64",
    "gray plain 63x64",
    "rgb plain 63x64",
  ])("JPEG to JPEG at the same size keeps a %s", async (name) => {
    const { file, ...size } = jpegShape(name);
    const out = await fileOf({ kind: "jpeg", stream: streamOf(file) }, shape(size), {
      kind: "jpeg",
      quality: 97,
      chroma: name.startsWith("2x2") ? "4:2:0" : "4:4:4",
    });
    const pixels = (bytes: Uint8Array) => sharp(bytes).ensureAlpha().raw().toBuffer();
    expect(difference(await pixels(out), await pixels(file)).mean).toBeLessThan(1.2);
  });

  it("of odd size and half-size chroma is centred as the pixels are", async () => {
    const picture = scene(301, 199);
    const encoding = { kind: "jpeg", quality: 95, chroma: "4:2:0" } as const;
    const file = Uint8Array.from(await bySharp(picture).jpeg({ quality: 95 }).toBuffer());
    const wanted = shape(picture, { size: { width: 101, height: 67 } });
    const planes = await fileOf({ kind: "jpeg", stream: streamOf(file) }, wanted, encoding);
    const pixels = await made({ kind: "jpeg", stream: streamOf(file) }, wanted);
    const ours = await sharp(planes).ensureAlpha().raw().toBuffer();
    expect(difference(ours, pixels.data).mean).toBeLessThan(2.5);
  });

  it("turned, and as PNG, holds the very pixels", async () => {
    const { file, ...size } = jpegShape("1x1 plain 63x64");
    const wanted = shape(size, { turn: 8 });
    const png = await fileOf({ kind: "jpeg", stream: streamOf(file) }, wanted, { kind: "png" });
    const pixels = await made({ kind: "jpeg", stream: streamOf(file) }, wanted);
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 64, height: 63 });
    expect(difference(pixels.data, data).most).toBe(0);
  });

  it("of a PNG keeps its transparency through a resize", async () => {
    const clear = scene(90, 60, { alpha: true });
    const file = Uint8Array.from(await bySharp(clear).png().toBuffer());
    const wanted = shape(clear, { size: { width: 45, height: 30 } });
    const out = await fileOf({ kind: "png", stream: streamOf(file) }, wanted, { kind: "png" });
    const pixels = await made({ kind: "pixels", pixels: clear }, wanted);
    expect(difference(await sharp(out).ensureAlpha().raw().toBuffer(), pixels.data).most).toBe(0);
  });
});
