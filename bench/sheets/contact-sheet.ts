// Lays examples out in rows, ours beside sharp's, on a ground that shows what is see-through.

import sharp, { type OverlayOptions, type Sharp } from "sharp";
import type { RunningWorker } from "../../test/harness/host/workerd.ts";
import { send, taskFor } from "../../test/harness/measure/engine-worker.ts";
import type { Example } from "./examples.ts";

const cell = { width: 200, height: 150 } as const;
const gap = 6;
const labelHeight = 22;
const unused = { width: 1, height: 1, format: "jpg", quality: 80 } as const;

/** A row an example; for each picture edgepix on the left and sharp on the right. */
export async function contactSheet(
  worker: RunningWorker,
  examples: readonly Example[],
  paths: readonly string[],
): Promise<Buffer> {
  const rowHeight = cell.height + labelHeight + gap;
  const width = paths.length * 2 * (cell.width + gap) + gap;
  const height = examples.length * rowHeight + gap;
  const placed: OverlayOptions[] = [];
  for (const [row, example] of examples.entries()) {
    const top = row * rowHeight + gap;
    placed.push({ input: label(example.query, width), left: 0, top });
    for (const [column, path] of paths.entries()) {
      const left = column * 2 * (cell.width + gap) + gap;
      const { bytes } = await send(worker, { repeats: 1, task: await taskFor(path, example.query, unused) });
      placed.push({ input: await inCell(bytes), left, top: top + labelHeight });
      const theirs = example.bySharp?.(sharp(path));
      if (!theirs) continue;
      placed.push({
        input: await inCell(await encoded(theirs)),
        left: left + cell.width + gap,
        top: top + labelHeight,
      });
    }
  }
  return sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
    .composite(placed)
    .jpeg({ quality: 72, mozjpeg: true })
    .toBuffer();
}

/** As asked where a format was, else without loss. */
async function encoded(picture: Sharp): Promise<Buffer> {
  return picture.toBuffer();
}

const checks = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${cell.width}" height="${cell.height}"><defs><pattern id="c" width="16" height="16" patternUnits="userSpaceOnUse"><path d="M0 0h8v8H0zM8 8h8v8H8z" fill="#d4d4d4"/></pattern></defs><rect width="100%" height="100%" fill="#f4f4f4"/><rect width="100%" height="100%" fill="url(#c)"/></svg>`,
);

export async function inCell(picture: Uint8Array): Promise<Buffer> {
  const shown = await sharp(picture)
    .resize({ ...cell, fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
  return sharp(checks)
    .composite([{ input: shown }])
    .png()
    .toBuffer();
}

export function label(text: string, width: number): Buffer {
  const escaped = text.replaceAll("&", "&amp;");
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${labelHeight}"><text x="8" y="16" font-family="DejaVu Sans Mono, monospace" font-size="13" fill="#222">?${escaped}</text></svg>`,
  );
}
