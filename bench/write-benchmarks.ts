// Writes the pictures' part of docs/benchmarks.md: the last full run, with the machine and the versions it ran on.

import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import { writeSection } from "./section.ts";

const root = join(import.meta.dirname, "..");
const manifest = z.object({ version: z.string() });

async function versionOf(name: string): Promise<string> {
  const file = await readFile(join(root, "node_modules", name, "package.json"), "utf8");
  return `${name} ${manifest.parse(JSON.parse(file)).version}`;
}

export async function writeBenchmarks(table: string, cost: string): Promise<void> {
  const packages = ["workerd", "sharp", "@cf-wasm/photon", "@jsquash/jpeg", "@jsquash/webp", "@jsquash/avif"];
  const versions = await Promise.all(packages.map(versionOf));
  const [processor] = cpus();
  const text = `<!-- Written by \`npm run bench -- --write\`; don't edit. -->
## Pictures

Every job is an image URL. edgepix renders it in a raw workerd, timed from outside by sending N renders in one request and
taking off what an empty request costs; sharp does the same with one thread and no cache, on the same files, in turns with
edgepix. Times are medians; "processor" is the ratio of processor time, which other work on the machine disturbs less.

- **Peak** is what one job added to an idle isolate: JS heap and buffers by the inspector, and every WASM memory at its full
  size (WASM memory never shrinks). "Predicted" is what the plan reserved for it before it began. "Ten in a row" is the same
  after ten more in one request, with the garbage that the collector had not come to; workerd sets it no limit here.
- **SSIM** (Wang et al. 2004, luma) is of the encoded answer against the full picture resized with Lanczos3 in floating point,
  unencoded; for effects against sharp's effect. The encoder's own loss is in it, so sharp's figure stands beside it.
- The photographs are painted by \`bench/photos\`: a lake with boats and reeds, and the grain of a sensor, 0.47 bytes a pixel.
- The HEIC is the committed fixture's tiles in a larger grid; sharp from npm reads no HEVC.
- Photon and jSquash stand alone, as a Worker that uses nothing else would call them. "can't" means that it failed.

${new Date().toISOString().slice(0, 10)}, ${processor?.model.trim() ?? "unknown processor"} (${cpus().length} cores), ${Math.round(totalmem() / 2 ** 30)} GB,
load average ${loadavg()[0]?.toFixed(1)} (1 is the bench's own), Node ${process.versions.node}, libvips ${sharp.versions.vips}, ${versions.join(", ")}.

${table}

### Cost against megapixels

JPEG to 853 x 640 JPEG, the best of all turns.
${cost}`;
  await writeSection("pictures", text.trimEnd());
}
