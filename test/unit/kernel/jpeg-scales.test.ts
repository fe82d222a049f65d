// JPEG's reduced scales by themselves, without a resize behind them: each sample is the average of those it stands for.

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type JpegShape, jpegShapes } from "../../support/jpeg-shapes.ts";
import { instantiateKernel } from "../../support/kernel-exports.ts";

interface JobExports {
  jobOpenJpeg(): number;
  jobInput(): number;
  jobPush(length: number): number;
  jobEnd(): number;
  jobRun(): number;
  jobWindow(x: number, y: number, width: number, height: number, toWidth: number, toHeight: number): void;
  jobToPixels(): void;
  jobStartJpeg(side: number): number;
  jobOutput(): number;
  jobTake(): number;
}

const kernel = instantiateKernel<JobExports>(["jobOpenJpeg", "jobPush", "jobStartJpeg"]);

/** Decodes at side/8. */
function decodeAt(side: number, { file, width, height }: JpegShape) {
  const size = { width: Math.ceil((width * side) / 8), height: Math.ceil((height * side) / 8) };
  kernel.reset();
  kernel.jobOpenJpeg();
  // The window is whole samples of that scale, so that the resizer has nothing to do.
  kernel.jobWindow(0, 0, (size.width * 8) / side, (size.height * 8) / side, size.width, size.height);
  kernel.jobToPixels();
  const pixels: number[] = [];
  const take = () => {
    const at = kernel.jobOutput();
    pixels.push(...new Uint8Array(kernel.memory.buffer, at, kernel.jobTake()));
  };
  new Uint8Array(kernel.memory.buffer).set(file, kernel.jobInput());
  let status = kernel.jobPush(file.length);
  for (; status !== 1; ) {
    if (status < 0) throw new Error(`status ${status}`);
    if (status === 3) kernel.jobStartJpeg(side);
    if (status === 2) take();
    status = status === 0 ? kernel.jobEnd() : kernel.jobRun();
  }
  take();
  return { ...size, pixels };
}

const luma = (pixels: ArrayLike<number>, at: number) =>
  0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);

/** The average luma of each whole square of `times` x `times` pixels; -1 where the square is cut by the edge. */
function averages(whole: Uint8Array, { width, height }: JpegShape, times: number): number[] {
  const across = Math.ceil(width / times);
  return Array.from({ length: across * Math.ceil(height / times) }, (_, i) => {
    const [left, top] = [(i % across) * times, Math.floor(i / across) * times];
    if (left + times > width || top + times > height) return -1;
    let sum = 0;
    for (let y = top; y < top + times; y++)
      for (let x = left; x < left + times; x++) sum += luma(whole, (y * width + x) * 4);
    return sum / times ** 2;
  });
}

const shapes = jpegShapes.filter(
  ({ name, width, height }) => !name.startsWith("arithmetic") && Math.min(width, height) >= 5,
);

describe("JPEG decoded", () => {
  it.each([
    [2, 4],
    [4, 2],
    [8, 1],
  ])("%i times smaller is the average of the full-size pixels, in 210 shapes", async (times, side) => {
    for (const shape of shapes) {
      const whole = await sharp(shape.file).ensureAlpha().raw().toBuffer();
      const { pixels } = decodeAt(side, shape);
      // Luma alone: subsampled chroma is smoothed at full size, and at these scales it need not be.
      const gaps = averages(whole, shape, times).flatMap((average, i) =>
        average < 0 ? [] : [Math.abs(luma(pixels, i * 4) - average)],
      );
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(gaps.length, 1);
      expect({ name: shape.name, mean, isFar: mean > 1 }).toEqual({ name: shape.name, mean, isFar: false });
    }
  });
});
