// The same jobs by sharp with one thread and no cache, in the process that runs the bench.

import sharp from "sharp";
import type { Job } from "../jobs.ts";

sharp.concurrency(1);
sharp.cache(false);

export function renderWithSharp({ output, effect }: Job, path: string): Promise<Buffer> {
  const { width, height, format, quality } = output;
  const opened = sharp(path, { animated: format === "gif", limitInputPixels: false });
  const picture = effect ? effect(opened) : opened.resize(width, height, { fit: "fill" });
  switch (format) {
    case "jpg":
      return picture.jpeg({ quality }).toBuffer();
    case "webp":
      return picture.webp({ quality }).toBuffer();
    case "avif":
      return picture.avif({ quality, effort: 2 }).toBuffer();
    case "gif":
      return picture.gif().toBuffer();
  }
}
