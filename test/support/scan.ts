// A page as a scanner saves it: lines of letters in black and white, with specks. Made by code, the same for the same seed.
import { seededRandom } from "../harness/seeded-random.ts";
import { writePng } from "./png-writer.ts";

/** 1 = paper. */
export function scannedPage(width: number, height: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const page = new Uint8Array(width * height).fill(1);
  const lineHeight = 26;
  for (let top = 60; top < height - 80; top += lineHeight)
    for (let left = 60; left < width - 80; left += 13)
      if (random() > 0.16) letter(page, width, left, top, random);
  for (let speck = 0; speck < (width * height) / 2_000; speck++)
    page[Math.floor(random() * page.length)] = random() < 0.5 ? 1 : 0;
  return page;
}

/** Three strokes out of a box of 10 by 16. */
function letter(page: Uint8Array, width: number, left: number, top: number, random: () => number): void {
  for (let stroke = 0; stroke < 3; stroke++) {
    const [fromX, fromY, toX, toY] = [random() * 8, random() * 14, random() * 8, random() * 14];
    for (let step = 0; step <= 16; step++) {
      const x = Math.round(left + fromX + ((toX - fromX) * step) / 16);
      const y = Math.round(top + fromY + ((toY - fromY) * step) / 16);
      page.fill(0, y * width + x, y * width + x + 2);
    }
  }
}

/** As a PNG of one bit a pixel. */
export function scanPng(width: number, height: number, seed = 1): Uint8Array {
  const page = scannedPage(width, height, seed);
  return writePng(
    { width, height, bitDepth: 1, colourType: 0, filter: () => 0 },
    (x, y) => page[y * width + x] ?? 1,
  );
}
