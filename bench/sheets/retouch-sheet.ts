// Retouching, low, middle and high, on five kinds of picture: a row for each query, the original first.
import sharp, { type OverlayOptions } from "sharp";
import type { RunningWorker } from "../../test/harness/host/workerd.ts";
import { send, taskFor } from "../../test/harness/measure/engine-worker.ts";
import { inCell, label } from "./contact-sheet.ts";

const cell = { width: 200, height: 150 } as const;
const [gap, labelHeight] = [6, 22];
const unused = { width: 1, height: 1, format: "jpg", quality: 80 } as const;

const curves = ["0,40;255,215", "0,0;64,40;192,215;255,255", "0,255;255,0"];
const grades = ["1e3a5f,ffb070", "008080,ff6a00", "4b0082,f5deb3"];

/** What is shown of each tool, by sheet. */
export const retouchSheets: Readonly<Record<string, readonly string[]>> = {
  light: [
    "",
    "auto=enhance",
    ...["-2", "0.7", "2", "4"].map((value) => `exposure=${value}`),
    ...["-100", "-40", "40", "100"].map((value) => `temp=${value}`),
    ...["-100", "-40", "40", "100"].map((value) => `tint=${value}`),
    ...["-100", "-40", "100"].map((value) => `highlights=${value}`),
    ...["-100", "40", "100"].map((value) => `shadows=${value}`),
    ...["-100", "100"].map((value) => `whites=${value}`),
    ...["-100", "100"].map((value) => `blacks=${value}`),
    ...curves.map((value) => `curve=${value}`),
  ],
  grading: [
    "",
    ...["-100", "-40", "40", "100"].map((value) => `vibrance=${value}`),
    ...["30", "120", "240"].map((value) => `hue=${value}`),
    ...grades.map((value) => `grade=${value}`),
  ],
  texture: [
    "",
    ...["30", "100"].map((value) => `denoise=${value}`),
    ...["-60", "40", "100"].map((value) => `dehaze=${value}`),
    ...["-100", "40", "100"].map((value) => `clarity=${value}`),
    ...["-100", "40", "100"].map((value) => `texture=${value}`),
    ...["-100", "40", "100"].map((value) => `vignette=${value}`),
    ...["20", "50", "100"].map((value) => `grain=${value}`),
  ],
};

export async function retouchSheet(
  worker: RunningWorker,
  queries: readonly string[],
  paths: readonly string[],
): Promise<Buffer> {
  const rowHeight = cell.height + labelHeight + gap;
  const width = paths.length * (cell.width + gap) + gap;
  const placed: OverlayOptions[] = [];
  for (const [row, query] of queries.entries()) {
    const top = row * rowHeight + gap;
    placed.push({ input: label(query || "w=200", width), left: 0, top });
    for (const [column, path] of paths.entries()) {
      const task = await taskFor(path, `w=${cell.width}&h=${cell.height}&format=png&${query}`, unused);
      const { bytes } = await send(worker, { repeats: 1, task });
      placed.push({
        input: await inCell(bytes),
        left: column * (cell.width + gap) + gap,
        top: top + labelHeight,
      });
    }
  }
  const height = queries.length * rowHeight + gap;
  return sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
    .composite(placed)
    .jpeg({ quality: 76, mozjpeg: true })
    .toBuffer();
}
