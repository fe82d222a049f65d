// Five photos at two sizes, the same crop by three engines at 1:1, for eyes to compare.

import sharp, { type OverlayOptions } from "sharp";
import type { RunningWorker } from "../../test/harness/host/workerd.ts";
import type { Job } from "../jobs.ts";
import { type EngineName, order } from "../measure/bench-worker.ts";
import { renderWithSharp } from "../measure/sharp-side.ts";
import type { PhotoName } from "../photos/files.ts";
import { photoPath } from "../photos/make-photos.ts";

const photos = [
  "jpeg12",
  "pebbles12",
  "street12",
  "foliage12",
  "fabric12",
] as const satisfies readonly PhotoName[];
const sizes = [
  { width: 853, height: 640 },
  { width: 320, height: 240 },
] as const;
const crop = { width: 220, height: 165 } as const;
const gap = 4;

/** A row a photo; ours, sharp's and Photon's at 853, then at 320. */
export async function sideBySide(
  workers: Readonly<Record<"edgepix" | "photon", RunningWorker>>,
): Promise<Buffer> {
  const placed: OverlayOptions[] = [];
  for (const [row, photo] of photos.entries()) {
    let column = 0;
    for (const size of sizes) {
      const query = `w=${size.width}&h=${size.height}&fit=squeeze&q=80&format=jpg`;
      const job: Job = { photo, query, output: { ...size, format: "jpg", quality: 80 } };
      const by = async (engine: EngineName & keyof typeof workers) =>
        (await order(workers[engine], job, 1)).bytes;
      const answers = [
        await by("edgepix"),
        await renderWithSharp(job, await photoPath(photo)),
        await by("photon"),
      ];
      for (const answer of answers) {
        const left = Math.round((size.width - crop.width) * 0.55);
        const top = Math.round((size.height - crop.height) * 0.62);
        const input = await sharp(answer)
          .extract({ left, top, ...crop })
          .png()
          .toBuffer();
        placed.push({ input, left: column++ * (crop.width + gap), top: row * (crop.height + gap) });
      }
    }
  }
  const width = sizes.length * 3 * (crop.width + gap) - gap;
  const height = photos.length * (crop.height + gap) - gap;
  return sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
    .composite(placed)
    .jpeg({ quality: 88, chromaSubsampling: "4:4:4", mozjpeg: true })
    .toBuffer();
}
