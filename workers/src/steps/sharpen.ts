// Unsharp mask on brightness alone: colour noise stays as it is, and edges get no coloured seams.
import { blurRows } from "./gaussian.ts";
import type { Step } from "./step.ts";

/** Fine detail of a picture at its final size. */
const SIGMA = { x: 1, y: 1 };

export const sharpen: Step = (pixels, { effects: { sharpen: amount } }) => {
  if (amount === null) return pixels;
  const { data, width, height } = pixels;
  const grey = new Float32Array(width * height);
  for (let at = 0, to = 0; to < grey.length; at += 4) {
    grey[to++] = 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
  }
  blurRows(grey, width, height, 1, SIGMA, (soft, y) => {
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
      const detail = ((grey[y * width + x] ?? 0) - (soft[x] ?? 0)) * amount;
      data[at] = (data[at] ?? 0) + detail;
      data[at + 1] = (data[at + 1] ?? 0) + detail;
      data[at + 2] = (data[at + 2] ?? 0) + detail;
    }
  });
  return pixels;
};
