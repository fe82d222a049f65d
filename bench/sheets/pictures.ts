// The three pictures of a contact sheet: a photo, a logo with alpha, and a chart with thin lines and flat colours.

import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { photoPath, photosFolder } from "../photos/make-photos.ts";

export const sheetFolder = join(photosFolder, "sheets");
const fixtures = join(import.meta.dirname, "../../test/fixtures");

const bars = [120, 190, 90, 240, 160, 280, 210, 60]
  .map((height, at) => {
    const hue = at * 45;
    return `<rect x="${70 + at * 66}" y="${350 - height}" width="44" height="${height}" fill="hsl(${hue} 70% 50%)"/>`;
  })
  .join("");
const grid = Array.from({ length: 7 }, (_, at) => `<path d="M50 ${50 + at * 50}h540" stroke="#ccc"/>`).join(
  "",
);
const chart = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420"><rect width="640" height="420" fill="#fff"/>
${grid}${bars}<path d="M50 30v320h550" stroke="#222" stroke-width="2" fill="none"/>
<path d="M70 300L150 180L220 260L290 120L360 200L430 90L500 140L580 60" stroke="#c2185b" stroke-width="1.5" fill="none"/>
<circle cx="560" cy="60" r="26" fill="none" stroke="#000" stroke-width="1"/><path d="M40 390l18 -18l18 18z" fill="#222"/></svg>`;

/** Written where the Worker's disk service finds them; answers their paths. */
export async function makePictures(): Promise<Readonly<Record<"photo" | "logo" | "chart", string>>> {
  await mkdir(sheetFolder, { recursive: true });
  const paths = {
    photo: join(sheetFolder, "photo.jpg"),
    logo: join(sheetFolder, "logo.png"),
    chart: join(sheetFolder, "chart.png"),
  };
  await sharp(await photoPath("street12"))
    .resize(1200, 900)
    .jpeg({ quality: 92 })
    .toFile(paths.photo);
  await copyFile(join(fixtures, "logo.png"), paths.logo);
  await writeFile(paths.chart, await sharp(Buffer.from(chart)).png().toBuffer());
  return paths;
}
