// Luma and chroma become the red, green and blue that the standard says, whatever way they are sampled and stored.
import { expect, test } from "vitest";
import { rowsOfYuv } from "../../../workers/src/render/codecs/yuv-rows.ts";

interface Samples {
  readonly luma: readonly number[];
  readonly blue: readonly number[];
  readonly red: readonly number[];
}

/** A picture of 4 x 2 whose chroma is `across` by `down` times smaller. */
function coloured(
  { luma, blue, red }: Samples,
  { bits = 8, across = 1, down = 1, matrix = 6, isFullRange = true } = {},
): number[] {
  const wide = bits > 8 ? 2 : 1;
  const memory = new ArrayBuffer(256);
  const plane = (samples: readonly number[], at: number, width: number, height: number) => {
    const stride = 16;
    samples.forEach((sample, index) => {
      const place = at + Math.floor(index / width) * stride + (index % width) * wide;
      if (wide === 2) new Uint16Array(memory, place, 1)[0] = sample;
      else new Uint8Array(memory, place, 1)[0] = sample;
    });
    return { at, stride, width, height };
  };
  const size = [4 / across, 2 / down] as const;
  const chroma = { blue: plane(blue, 64, ...size), red: plane(red, 128, ...size) };
  const picture = { width: 4, height: 2, bits, luma: plane(luma, 0, 4, 2), chroma, matrix, isFullRange };
  return [...rowsOfYuv(picture, () => memory)].flatMap((rows) => [...rows]);
}

const all = (value: number, count = 8) => Array.from({ length: count }, () => value);

test.each([
  ["BT.601, full range", 6, true, [76, 85, 255], [254, 0, 0]],
  ["BT.601, limited range", 6, false, [81, 90, 240], [254, 0, 0]],
  ["BT.709, limited range", 1, false, [63, 102, 240], [255, 1, 0]],
  ["white in limited range", 1, false, [235, 128, 128], [255, 255, 255]],
  ["black in limited range", 1, false, [16, 128, 128], [0, 0, 0]],
] as const)("%s", (_name, matrix, isFullRange, [luma, blue, red], rgb) => {
  const [r = 0, g = 0, b = 0, a] = coloured(
    { luma: all(luma), blue: all(blue), red: all(red) },
    { matrix, isFullRange },
  );
  expect(Math.max(Math.abs(r - rgb[0]), Math.abs(g - rgb[1]), Math.abs(b - rgb[2]))).toBeLessThanOrEqual(2);
  expect(a).toBe(255);
});

test("halved chroma belongs to both its pixels and both its rows", () => {
  const rgba = coloured({ luma: all(128), blue: [128, 128], red: [128, 255] }, { across: 2, down: 2 });
  const reds = rgba.filter((_, at) => at % 4 === 0);
  expect(reds).toEqual([128, 128, 255, 255, 128, 128, 255, 255]);
});

test("ten bits come to eight", () => {
  const rgba = coloured({ luma: all(512), blue: all(512), red: all(512) }, { bits: 10 });
  expect(rgba.slice(0, 4)).toEqual([128, 128, 128, 255]);
});

test("a matrix that is none of luma and chroma is refused", () => {
  expect(() => coloured({ luma: all(1), blue: all(1), red: all(1) }, { matrix: 0 })).toThrow("not supported");
});
