// JPEG out against libjpeg (through sharp): the same bytes, so the same quality, size and validity.

import sharp from "sharp";
import { beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../harness/seeded-random.ts";
import { instantiateKernel } from "../../support/kernel-exports.ts";

interface JpegOutExports {
  jpegOutBegin(width: number, height: number, quality: number, sampling: number, holdBytes: number): number;
  jpegOutRow(rgba: number): number;
  jpegOutPlane(component: number): number;
  jpegOutPlaneDone(component: number): number;
  jpegOutPump(): number;
  jpegOutBytes(): number;
  jpegOutTake(): number;
}

const kernel = instantiateKernel<JpegOutExports>(["jpegOutBegin", "jpegOutRow", "jpegOutPlane"]);
const done = 1;
const output = 2;
const misused = -5;
const hold = 4 << 20;

beforeEach(() => kernel.reset());

type Sampling = "gray" | "4:4:4" | "4:2:0";
const samplings = { gray: 0, "4:4:4": 1, "4:2:0": 2 } satisfies Record<Sampling, number>;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

interface Options {
  readonly holdBytes?: number;
}

function encode(picture: Picture, quality: number, sampling: Sampling, options: Options = {}): Buffer {
  const { width, height, rgba } = picture;
  kernel.reset();
  const row = kernel.alloc(width * 4);
  const parts: Uint8Array[] = [];
  let status = kernel.jpegOutBegin(width, height, quality, samplings[sampling], options.holdBytes ?? hold);
  expect(status).toBe(0);
  const take = () => {
    const length = kernel.jpegOutTake();
    parts.push(new Uint8Array(kernel.memory.buffer, kernel.jpegOutBytes(), length).slice());
  };
  for (let y = 0; y < height; y++) {
    new Uint8Array(kernel.memory.buffer).set(rgba.subarray(y * width * 4, (y + 1) * width * 4), row);
    status = kernel.jpegOutRow(row);
    for (; status === output; status = kernel.jpegOutPump()) take();
  }
  expect(status).toBe(done);
  take();
  return Buffer.concat(parts);
}

/** What libjpeg makes of the same pixels with the same settings. */
function libjpeg({ width, height, rgba }: Picture, quality: number, sampling: Sampling) {
  const image = sharp(rgba, { raw: { width, height, channels: 4 } }).flatten();
  const coloured = sampling === "gray" ? image.toColourspace("b-w") : image;
  const chromaSubsampling = sampling === "4:2:0" ? "4:2:0" : "4:4:4";
  return coloured.jpeg({ quality, chromaSubsampling, optimiseCoding: true }).toBuffer();
}

/** The file without its APPn segments: we write square pixels, sharp writes 72 dpi. */
function withoutApp(file: Buffer): Buffer {
  const parts = [file.subarray(0, 2)];
  let at = 2;
  while (file[at + 1] !== 0xda) {
    const next = at + 2 + file.readUInt16BE(at + 2);
    if (((file[at + 1] ?? 0) & 0xf0) !== 0xe0) parts.push(file.subarray(at, next));
    at = next;
  }
  return Buffer.concat([...parts, file.subarray(at)]);
}

/** Shapes, gradients, and noise in one half. */
function draw(width: number, height: number, noise = 30): Picture {
  const random = seededRandom(width * 70_001 + height);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    const grain = x > width / 2 ? (random() - 0.5) * noise : 0;
    const edge = (x * 3 + y * 5) % 40 < 12 ? 70 : 0;
    rgba[i * 4] = Math.min(255, Math.max(0, 90 + 100 * Math.sin(x / 19) + edge + grain));
    rgba[i * 4 + 1] = Math.min(255, Math.max(0, 128 + 100 * Math.cos(y / 23) - edge + grain));
    rgba[i * 4 + 2] = Math.min(255, Math.max(0, 128 + 110 * Math.sin((x + y) / 31) + grain));
    rgba[i * 4 + 3] = 255;
  }
  return { width, height, rgba };
}

/** libvips weighs RGB to gray in linear light, so gray is compared on gray pixels. */
function withoutColour(picture: Picture): Picture {
  const rgba = picture.rgba.slice();
  for (let i = 0; i < rgba.length; i += 4) rgba.fill(rgba[i] ?? 0, i, i + 3);
  return { ...picture, rgba };
}

async function psnr(file: Buffer, { rgba }: Picture): Promise<number> {
  const decoded = await sharp(file).toColourspace("srgb").removeAlpha().raw().toBuffer();
  let sum = 0;
  for (let i = 0; i < decoded.length; i++) {
    const pixel = Math.floor(i / 3);
    sum += ((decoded[i] ?? 0) - (rgba[pixel * 4 + (i % 3)] ?? 0)) ** 2;
  }
  return 10 * Math.log10((255 * 255 * decoded.length) / sum);
}

describe("JPEG out writes libjpeg's bytes", () => {
  const sizes = [
    [1, 1],
    [2, 1],
    [1, 7],
    [8, 8],
    [9, 9],
    [16, 16],
    [17, 33],
    [24, 8],
    [41, 40],
    [97, 61],
    [200, 130],
  ];
  for (const sampling of ["4:2:0", "4:4:4", "gray"] as const) {
    it(`in ${sampling}, at sizes around the edges of blocks and at all qualities`, async () => {
      for (const [width = 1, height = 1] of sizes) {
        const picture = sampling === "gray" ? withoutColour(draw(width, height)) : draw(width, height);
        for (const quality of [1, 30, 50, 80, 90, 100]) {
          const ours = withoutApp(encode(picture, quality, sampling));
          const theirs = withoutApp(await libjpeg(picture, quality, sampling));
          expect(ours.equals(theirs), `${width}x${height} at quality ${quality}`).toBe(true);
        }
      }
    });
  }

  it("of pure noise, the longest codes there are", async () => {
    const picture = draw(160, 120, 1000);
    const ours = withoutApp(encode(picture, 100, "4:4:4"));
    expect(ours.equals(withoutApp(await libjpeg(picture, 100, "4:4:4")))).toBe(true);
  });
});

describe("JPEG out of a picture larger than it may hold", () => {
  it("fits its tables to the beginning, and costs at most 3% more bytes at the same pixels", async () => {
    const picture = draw(1600, 1100);
    for (const sampling of ["4:2:0", "4:4:4"] as const) {
      const bounded = encode(picture, 80, sampling, { holdBytes: 256 << 10 });
      const theirs = await libjpeg(picture, 80, sampling);
      expect(bounded.length).toBeLessThan(theirs.length * 1.03);
      expect(Math.abs((await psnr(bounded, picture)) - (await psnr(theirs, picture)))).toBeLessThan(0.01);
    }
  });

  it("has codes for everything that may come after a blank beginning", async () => {
    const picture = draw(1200, 1200, 1000);
    picture.rgba.fill(255, 0, 1200 * 900 * 4);
    const decoded = await sharp(encode(picture, 100, "4:4:4", { holdBytes: 0 }), { failOn: "warning" })
      .raw()
      .toBuffer();
    expect(decoded.length).toBe(1200 * 1200 * 3);
  });
});

describe("JPEG out of planes", () => {
  it("writes them as they come, without a way through RGB", async () => {
    const [width, height] = [45, 37];
    const half = [Math.ceil(width / 2), Math.ceil(height / 2)] as const;
    const sizes = [[width, height], half, half] as const;
    const luma = (x: number, y: number) => 70 + 2 * x + y;
    const sampleAt = (component: number, x: number, y: number) => [luma(x, y), 100, 150][component] ?? 0;
    kernel.jpegOutBegin(width, height, 97, samplings["4:2:0"], hold);
    let status = 0;
    const rows = [0, 0, 0];
    while (status === 0) {
      for (const [component, [wide, high]] of sizes.entries()) {
        const at = kernel.jpegOutPlane(component);
        const y = rows[component] ?? 0;
        if (at === 0 || y >= high) continue;
        const row = Uint8Array.from({ length: wide }, (_, x) => sampleAt(component, x, y));
        new Uint8Array(kernel.memory.buffer).set(row, at);
        status = kernel.jpegOutPlaneDone(component);
        rows[component] = y + 1;
      }
    }
    expect(status).toBe(done);
    const length = kernel.jpegOutTake();
    const file = new Uint8Array(kernel.memory.buffer, kernel.jpegOutBytes(), length).slice();
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    for (let i = 0; i < width * height; i++) {
      const y = luma(i % width, Math.floor(i / width));
      // JFIF: R = Y + 1.402 (Cr - 128), B = Y + 1.772 (Cb - 128).
      expect(Math.abs((data[i * 3] ?? 0) - (y + 30.8))).toBeLessThan(4);
      expect(Math.abs((data[i * 3 + 2] ?? 0) - (y - 49.6))).toBeLessThan(4);
    }
  });
});

describe("JPEG out refuses", () => {
  it("impossible sizes", () => {
    for (const [width = 0, height = 0] of [
      [0, 1],
      [1, 0],
      [-1, 5],
      [65_501, 1],
      [1, 65_501],
    ]) {
      expect(kernel.jpegOutBegin(width, height, 80, 2, hold)).toBe(misused);
      expect(kernel.jpegOutPump()).toBe(misused);
    }
  });

  it("more memory than the job was given", () => {
    kernel.setMemoryLimit(1 << 20);
    expect(kernel.jpegOutBegin(65_500, 65_500, 80, 1, hold)).toBe(-4);
    kernel.setMemoryLimit(256 << 20);
  });

  it("rows beyond the last", () => {
    const row = kernel.alloc(64);
    kernel.jpegOutBegin(8, 1, 80, 2, hold);
    expect(kernel.jpegOutRow(row)).toBe(done);
    expect(kernel.jpegOutRow(row)).toBe(misused);
  });
});

it("JPEG out takes the widest picture there is", async () => {
  const picture = draw(65_500, 3);
  const meta = await sharp(encode(picture, 60, "4:2:0")).metadata();
  expect([meta.width, meta.height]).toEqual([65_500, 3]);
});
