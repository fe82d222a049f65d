// Holds our own measures to values that are known otherwise: a crooked ruler would praise anything.

import { describe, expect, test } from "vitest";
import { resizeExactly } from "../../harness/measure/lanczos.ts";
import { psnr, type RawPicture, ssim } from "../../harness/measure/ssim.ts";
import { fitLine, median } from "../../harness/measure/statistics.ts";
import { seededRandom } from "../../harness/seeded-random.ts";

function picture(width: number, height: number, value: (x: number, y: number) => number): RawPicture {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % width, Math.floor(pixel / width));
  });
  return { width, height, rgb };
}

const waves = picture(64, 48, (x, y) => 128 + 60 * Math.sin(x / 3) + 40 * Math.cos(y / 5));
const noisy = (strength: number) => {
  const random = seededRandom(1);
  return { ...waves, rgb: waves.rgb.map((value) => value + (random() - 0.5) * strength) };
};

describe("SSIM", () => {
  test("is 1 for a picture and itself", () => expect(ssim(waves, waves)).toBeCloseTo(1, 10));
  test("falls as noise grows", () => {
    const [little, much] = [ssim(waves, noisy(10)), ssim(waves, noisy(60))];
    expect(little).toBeGreaterThan(much);
    expect(little).toBeLessThan(1);
  });
  test("of two flat pictures is the paper's luminance term alone", () => {
    const c1 = (0.01 * 255) ** 2;
    const expected = (2 * 100 * 150 + c1) / (100 ** 2 + 150 ** 2 + c1);
    expect(
      ssim(
        picture(20, 20, () => 100),
        picture(20, 20, () => 150),
      ),
    ).toBeCloseTo(expected, 6);
  });
  test("refuses pictures of different sizes", () => {
    expect(() =>
      ssim(
        waves,
        picture(20, 20, () => 0),
      ),
    ).toThrow("can't be compared");
  });
});

test("PSNR of a difference of one everywhere is 48.13 dB", () => {
  const off = picture(32, 32, () => 101);
  expect(
    psnr(
      picture(32, 32, () => 100),
      off,
    ),
  ).toBeCloseTo(48.13, 2);
});

describe("the Lanczos reference", () => {
  test("leaves a flat picture flat", () => {
    const small = resizeExactly(
      picture(60, 40, () => 77),
      17,
      11,
    );
    expect(small.rgb.every((value) => value === 77)).toBe(true);
  });
  test("keeps the mean of a photo", () => {
    const mean = ({ rgb }: RawPicture) => rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
    expect(mean(resizeExactly(noisy(80), 16, 12))).toBeCloseTo(mean(noisy(80)), 0);
  });
  test("takes stripes finer than the target can show to their mean", () => {
    const small = resizeExactly(
      picture(400, 40, (x) => (x % 2) * 200),
      40,
      40,
    );
    expect(Math.max(...small.rgb.subarray(15, 90))).toBeLessThan(104);
    expect(Math.min(...small.rgb.subarray(15, 90))).toBeGreaterThan(96);
  });
});

test("the median of an even number of times is the mean of the middle two", () => {
  expect(median([9, 1, 4, 2])).toBe(3);
});

test("the line through points of a line is that line", () => {
  const { fixed, slope } = fitLine([1, 12, 108].map((x) => [x, 5 + 3 * x] as const));
  expect(fixed).toBeCloseTo(5, 6);
  expect(slope).toBeCloseTo(3, 6);
});
