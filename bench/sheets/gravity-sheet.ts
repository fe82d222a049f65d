// What a square cut keeps: the whole picture, the cut from its middle, and the cut by `gravity=auto`; sharp's by attention last.

import { readFile } from "node:fs/promises";
import sharp, { type OverlayOptions } from "sharp";
import type { RunningWorker } from "../../test/harness/host/workerd.ts";
import { send, taskFor } from "../../test/harness/measure/engine-worker.ts";

const cut = 108;
const whole = { width: 180, height: cut } as const;
const gap = 4;
const perRow = 2;
const unused = { width: cut, height: cut, format: "jpg", quality: 80 } as const;

export async function gravitySheet(worker: RunningWorker, paths: readonly string[]): Promise<Buffer> {
  const cellWidth = whole.width + 3 * (cut + gap) + 5 * gap;
  const placed: OverlayOptions[] = [];
  for (const [index, path] of paths.entries()) {
    const left = (index % perRow) * cellWidth;
    const top = Math.floor(index / perRow) * (cut + gap);
    const square = async (gravity: string) => {
      const query = `w=${cut}&h=${cut}&fit=cover&gravity=${gravity}&q=90`;
      const { bytes } = await send(worker, { repeats: 1, task: await taskFor(path, query, unused) });
      return Buffer.from(bytes);
    };
    const theirs = await sharp(await readFile(path))
      .resize({ width: cut, height: cut, position: "attention" })
      .toBuffer();
    const squares = [await square("center"), await square("auto"), theirs];
    placed.push({ input: await sharp(path).resize(whole).toBuffer(), left, top });
    for (const [place, input] of squares.entries()) {
      placed.push({ input, left: left + whole.width + gap + place * (cut + gap), top });
    }
  }
  const width = perRow * cellWidth - 5 * gap;
  const height = Math.ceil(paths.length / perRow) * (cut + gap) - gap;
  return sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
    .composite(placed)
    .jpeg({ quality: 80, mozjpeg: true })
    .toBuffer();
}
