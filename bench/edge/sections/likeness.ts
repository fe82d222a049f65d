// How alike an answer that starts from a master is to one that starts from the original: the same files uploaded to two deployments, one of which
// makes no masters. Without loss, so that nothing but the master's own is compared.
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { type RawPicture, ssim } from "../../../test/harness/measure/ssim.ts";
import { photoPath } from "../../photos/make-photos.ts";
import { type Member, startMember } from "../member.ts";
import type { Row } from "../section.ts";

const LEAST_SSIM = 0.995;

/** Of 12 megapixels, the AVIF of 2. The last width of each is the largest that starts from a master: it has 1.75 times its pixels along each side. */
const originals = [
  ["HEIC", "image/heic", async () => readFile(await photoPath("heic12")), 4000],
  ["AVIF", "image/avif", async () => readFile(await photoPath("avif2")), 1632],
  ["WebP", "image/webp", async () => readFile(await photoPath("webp12")), 4000],
  ["PNG", "image/png", async () => readFile(await photoPath("png12")), 4000],
  [
    "TIFF",
    "image/tiff",
    async () =>
      sharp(await photoPath("png12"))
        .tiff({ compression: "lzw" })
        .toBuffer(),
    4000,
  ],
] as const;
const widthsOf = (width: number) => [320, 640, Math.floor(width / 2.5), Math.floor(width / 1.75)];

export async function likeness(): Promise<Row[]> {
  const [on, off] = [await startMember(), await startMember({ MASTERS: "off" })];
  try {
    const rows: Row[] = [];
    for (const [name, type, read, width] of originals) {
      const file = Uint8Array.from(await read());
      const [quick, direct] = [await on.upload(file, type), await off.upload(file, type)];
      const told: string[] = [];
      let least = 1;
      for (const wanted of widthsOf(width)) {
        const query = `?w=${wanted}&format=png`;
        const [one, other] = [await pixelsOf(on, quick + query), await pixelsOf(off, direct + query)];
        if (one.name === other.name)
          throw new Error(`${name} at ${wanted} pixels does not start from a master`);
        const likeness = ssim(one.picture, other.picture);
        least = Math.min(least, likeness);
        told.push(`${likeness.toFixed(4)} at ${wanted} pixels`);
      }
      console.error(`${name}: ${told.join(", ")}`);
      rows.push({
        what: `SSIM of renders that start from a master, against direct ones: ${name} (${told.join(", ")})`,
        value: least.toFixed(4),
        bar: `>= ${LEAST_SSIM}`,
        isMet: least >= LEAST_SSIM,
      });
    }
    return rows;
  } finally {
    await on.stop();
    await off.stop();
  }
}

/** The answer, and the name that it has: both files have the same bytes. */
async function pixelsOf(
  { origin }: Member,
  path: string,
): Promise<{ readonly picture: RawPicture; readonly name: string | null }> {
  const answer = await fetch(origin + path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  const { data, info } = await sharp(await answer.arrayBuffer())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { picture: { width, height, rgb: new Uint8Array(data) }, name: answer.headers.get("ETag") };
}
