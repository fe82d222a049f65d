// Pictures of which no two are alike.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const A_FOLDER = 500;

/** Writes so many PNGs below a folder; says how many bytes they have together. */
export async function makeFiles(folder: string, count: number): Promise<number> {
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const below = join(folder, `folder ${Math.floor(index / A_FOLDER)}`);
    mkdirSync(below, { recursive: true });
    const background = { r: index & 255, g: (index >> 8) & 255, b: (index >> 16) & 255 };
    const png = await sharp({ create: { width: 32, height: 24, channels: 3, background } })
      .png()
      .toBuffer();
    writeFileSync(join(below, `${index}.png`), png);
    bytes += png.byteLength;
  }
  return bytes;
}
