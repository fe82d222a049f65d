// Unsharp mask on brightness alone: colour noise stays as it is, and edges get no coloured seams.
import { softenPixels } from "../codecs/kernel.ts";
import { SHARPEN_SIGMA } from "../soft-size.ts";
import type { Step } from "./step.ts";

export const sharpen: Step = async (pixels, { effects: { sharpen: amount } }) => {
  if (amount === null) return pixels;
  const { data } = pixels;
  const { data: soft } = await softenPixels(pixels, SHARPEN_SIGMA, pixels);
  for (let at = 0; at < data.length; at += 4) {
    const detail =
      0.2126 * ((data[at] ?? 0) - (soft[at] ?? 0)) +
      0.7152 * ((data[at + 1] ?? 0) - (soft[at + 1] ?? 0)) +
      0.0722 * ((data[at + 2] ?? 0) - (soft[at + 2] ?? 0));
    data[at] = (data[at] ?? 0) + detail * amount;
    data[at + 1] = (data[at + 1] ?? 0) + detail * amount;
    data[at + 2] = (data[at + 2] ?? 0) + detail * amount;
  }
  return pixels;
};
