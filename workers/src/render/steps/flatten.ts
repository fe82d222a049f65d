// Puts a colour behind a transparent picture.
import { parseColour } from "../../plan/colour.ts";
import type { Step } from "./step.ts";

export const flatten: Step = (pixels, { behind }) => {
  if (behind === null) return pixels;
  const back = parseColour(behind);
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0;
    if (alpha === 255) continue;
    const front = alpha / 255;
    const rest = (back.alpha / 255) * (1 - front);
    const sum = front + rest;
    if (sum === 0) continue;
    data[at] = ((data[at] ?? 0) * front + back.red * rest) / sum;
    data[at + 1] = ((data[at + 1] ?? 0) * front + back.green * rest) / sum;
    data[at + 2] = ((data[at + 2] ?? 0) * front + back.blue * rest) / sum;
    data[at + 3] = sum * 255;
  }
  return pixels;
};
