// JPEG in against libjpeg (through sharp): every sampling, scan and restart shape, at full size.

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../harness/seeded-random.ts";
import { type JpegShape, jpegShape, jpegShapes } from "../../support/jpeg-shapes.ts";
import { difference, kernel, type Size, shape, streamOf } from "../../support/test-kernel.ts";

async function decoded(file: Uint8Array<ArrayBuffer>, size: Size, pieceBytes?: number) {
  const answer = await kernel.renderPixels({ kind: "jpeg", stream: streamOf(file, pieceBytes) }, shape(size));
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

const byLibjpeg = (file: Uint8Array) => sharp(file, { failOn: "none" }).ensureAlpha().raw().toBuffer();

/** A picture with detail and moderate colours, as photographs have. */
async function texture(width: number, height: number, seed: number) {
  const random = seededRandom(seed);
  const coarse = Uint8Array.from({ length: 12 * 12 * 3 }, () => 40 + random() * 170);
  return sharp(coarse, { raw: { width: 12, height: 12, channels: 3 } }).resize(width, height, {
    fit: "fill",
    kernel: "cubic",
  });
}

const ways = Map.groupBy(
  jpegShapes.filter(({ name }) => !name.startsWith("arithmetic")),
  ({ name }) => name.split(" ").slice(0, 2).join(" "),
);

describe("JPEG in decodes as libjpeg does", () => {
  it.each([...ways])("%s at sizes from 1x1 to 63x64", async (_, shapes: readonly JpegShape[]) => {
    for (const { name, file, width, height } of shapes) {
      const { pixels, isDamaged } = await decoded(file, { width, height });
      const { mean, most } = difference(pixels.data, await byLibjpeg(file));
      // Bit for bit but for chroma that is doubled, where libjpeg rounds between the passes.
      expect({ name, isDamaged, far: mean > 0.3 || most > 3 }).toEqual({
        name,
        isDamaged: false,
        far: false,
      });
    }
  });

  it("by sharp's own encoder: odd sizes, progressive or not, both samplings, all qualities", async () => {
    const random = seededRandom(7);
    for (let n = 0; n < 60; n++) {
      const size = { width: 1 + Math.floor(random() * 64), height: 1 + Math.floor(random() * 64) };
      const options = {
        quality: 1 + Math.floor(random() * 100),
        progressive: n % 2 === 0,
        mozjpeg: n % 5 === 0,
        chromaSubsampling: n % 3 === 0 ? "4:4:4" : "4:2:0",
      };
      const file = Uint8Array.from(
        await (await texture(size.width, size.height, n)).jpeg(options).toBuffer(),
      );
      const { pixels, isDamaged } = await decoded(file, size);
      const { mean } = difference(pixels.data, await byLibjpeg(file));
      expect({ size, options, isDamaged, far: mean > 0.4 }).toEqual({
        size,
        options,
        isDamaged: false,
        far: false,
      });
    }
  });

  it("however the file is cut into pieces", async () => {
    const { file, width, height } = jpegShape("2x2 refined 63x64");
    const whole = await decoded(file, { width, height });
    for (const pieceBytes of [1, 2, 3, 17, 100]) {
      const pieces = await decoded(file, { width, height }, pieceBytes);
      expect(difference(pieces.pixels.data, whole.pixels.data).most).toBe(0);
    }
  });
});

describe("JPEG in gives what there is", () => {
  it.each(["2x2 plain 63x64", "2x2 refined 63x64", "2x2 separate-scans 63x64"])(
    "of a %s without its end marker, or with garbage behind it, all of it",
    async (name) => {
      const whole = jpegShape(name);
      const expected = (await decoded(whole.file, whole)).pixels.data;
      const noEnd = await decoded(whole.file.slice(0, -2), whole);
      const garbage = await decoded(
        Uint8Array.from([...whole.file, ...Array(5000).fill(0xff), 1, 2, 3]),
        whole,
      );
      for (const { pixels, isDamaged } of [noEnd, garbage]) {
        expect(isDamaged).toBe(false);
        expect(difference(pixels.data, expected).most).toBe(0);
      }
    },
  );

  it.each(["2x2 plain 63x64", "2x2 progressive 63x64", "2x2 rows 63x64", "2x2 separate-scans 63x64"])(
    "of a truncated %s, flagged",
    async (name) => {
      const { file, width, height } = jpegShape(name);
      const expected = (await decoded(file, { width, height })).pixels.data;
      const { pixels, isDamaged } = await decoded(file.slice(0, file.length * 0.7), { width, height });
      expect(isDamaged).toBe(true);
      // The top is there; of a progressive picture, a coarser version of it.
      const top = difference(pixels.data.subarray(0, width * 4 * 8), expected.subarray(0, width * 4 * 8));
      expect(top.mean).toBeLessThan(name.includes("separate") ? 60 : 12);
    },
  );

  it("after a lost restart interval, the rest in its place", async () => {
    const { file, width, height } = jpegShape("2x2 rows 63x64");
    const expected = (await decoded(file, { width, height })).pixels.data;
    const marker = (n: number) => file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xd0 + n);
    const cut = Uint8Array.from([...file.slice(0, marker(0)), ...file.slice(marker(1))]);
    const { pixels, isDamaged } = await decoded(cut, { width, height });
    expect(isDamaged).toBe(true);
    const rows = (data: Uint8ClampedArray) => data.subarray(width * 4 * 48, width * 4 * 64);
    expect(difference(rows(pixels.data), rows(expected)).mean).toBeLessThan(2);
  });
});

describe("JPEG in refuses, as values", () => {
  const error = async (file: Uint8Array<ArrayBuffer>, size: Size) => {
    const answer = await kernel.renderPixels({ kind: "jpeg", stream: streamOf(file) }, shape(size));
    return answer.ok ? "a picture" : answer.error.code;
  };
  const { file, width, height } = jpegShape("2x2 plain 16x16");
  const size = { width, height };
  const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
  const withByte = (at: number, value: number) => file.map((byte, i) => (i === at ? value : byte));

  it.each([
    ["arithmetic coding", jpegShape("arithmetic 16x16").file, "unsupported"],
    ["lossless JPEG", withByte(frame + 1, 0xc3), "unsupported"],
    ["12 bits a sample", withByte(frame + 4, 12), "unsupported"],
    ["a picture of another size than the header promised", withByte(frame + 6, 17), "damaged"],
    ["something else", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), "damaged"],
    ["nothing", new Uint8Array(0), "truncated"],
    ["a header that stops", file.slice(0, frame + 6), "truncated"],
    ["no quantiser table", Uint8Array.from([...file.slice(0, 20), ...file.slice(frame)]), "damaged"],
  ])("%s", async (_, bytes, code) => {
    expect(await error(bytes, size)).toBe(code);
  });

  it("a progressive picture of 65500 x 65500, from its header", async () => {
    const bomb = jpegShape("2x2 progressive 16x16").file.slice();
    const at = bomb.findIndex((byte, i) => byte === 0xff && bomb[i + 1] === 0xc2);
    bomb.set([0xff, 0xdc, 0xff, 0xdc], at + 5);
    const small = { size: { width: 640, height: 640 } };
    const answer = await kernel.renderPixels(
      { kind: "jpeg", stream: streamOf(bomb) },
      shape({ width: 65500, height: 65500 }, small),
    );
    expect(answer.ok ? "a picture" : answer.error.code).toBe("too-large");
  });

  it("a thousand scans", async () => {
    const refined = jpegShape("2x2 progressive 16x16").file;
    const scan = refined.findIndex((byte, i) => byte === 0xff && refined[i + 1] === 0xda);
    const next = refined.findIndex((byte, i) => i > scan && byte === 0xff && refined[i + 1] === 0xc4);
    const one = refined.slice(scan, next);
    const bomb = Uint8Array.from(
      Buffer.concat([refined.slice(0, next), ...Array<Uint8Array>(1000).fill(one), refined.slice(next)]),
    );
    expect(await error(bomb, size)).toBe("too-large");
  });
});
