// Oil: each pixel is the mean of the calmest squares beside it (Kuwahara, 1976), several of them weighed (Papari, 2007), so that strokes
// end at edges. Photon's own takes 16 seconds for two megapixels.
import type { Pixels } from "../../geometry/pixels.ts";
import { lookRows, stripPixels, strokeOf } from "../../plan/looks.ts";
import { overStrips } from "../retouch/strips.ts";

export async function oil(pixels: Pixels, strength: number): Promise<void> {
  const reach = strokeOf(strength, pixels);
  if (reach < 1) return;
  // One piece of memory for all strips, or the collector would let theirs stand beside the picture.
  const room = {
    weighed: new Float32Array(stripPixels(pixels, reach) * 4),
    columns: new Int32Array(pixels.width * SUMS),
  };
  const strips = { rows: lookRows(reach, pixels.width), overlap: reach, msPerMegapixel: 65 };
  await overStrips(pixels, strips, (part) => {
    weigh(part, reach, room);
    paint(part, reach, room.weighed);
  });
}

interface Room {
  /** Of every square of a strip, by its upper left corner: red, green, blue (0..255) by how calm it is, and how calm. */
  readonly weighed: Float32Array;
  readonly columns: Int32Array;
}

/** Red, green and blue by alpha, alpha, light by alpha and its square: in 4 and 6 bits, so that squares of 41 pixels stay within 31. */
const SUMS = 6;
/** Of light in 6 bits: calmer than this is calm. */
const NOISE = 0.3;

/** Sums run down the columns, and along the row. */
function weigh(part: Pixels, reach: number, { weighed, columns }: Room): void {
  const { width, height } = part;
  const side = reach + 1;
  columns.fill(0);
  for (let y = 0; y < side - 1; y++) addRow(columns, part, y, 1);
  for (let y = 0, at = 0; y < height - reach; y++) {
    addRow(columns, part, y + side - 1, 1);
    if (y > 0) addRow(columns, part, y - 1, -1);
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    let light = 0;
    let squared = 0;
    for (let x = 0, entering = 0, leaving = -side * SUMS; x < width; x++, entering += SUMS, leaving += SUMS) {
      red = (red + (columns[entering] ?? 0)) | 0;
      green = (green + (columns[entering + 1] ?? 0)) | 0;
      blue = (blue + (columns[entering + 2] ?? 0)) | 0;
      alpha = (alpha + (columns[entering + 3] ?? 0)) | 0;
      light = (light + (columns[entering + 4] ?? 0)) | 0;
      squared = (squared + (columns[entering + 5] ?? 0)) | 0;
      if (leaving >= 0) {
        red = (red - (columns[leaving] ?? 0)) | 0;
        green = (green - (columns[leaving + 1] ?? 0)) | 0;
        blue = (blue - (columns[leaving + 2] ?? 0)) | 0;
        alpha = (alpha - (columns[leaving + 3] ?? 0)) | 0;
        light = (light - (columns[leaving + 4] ?? 0)) | 0;
        squared = (squared - (columns[leaving + 5] ?? 0)) | 0;
      }
      if (x < side - 1) continue;
      const share = alpha > 0 ? 1 / alpha : 0;
      const mean = light * share;
      const varied = NOISE + Math.max(0, squared * share - mean * mean);
      const calm = 1 / (varied * varied * varied);
      weighed[at] = red * share * calm;
      weighed[at + 1] = green * share * calm;
      weighed[at + 2] = blue * share * calm;
      weighed[at + 3] = alpha > 0 ? calm : 0;
      at += 4;
    }
  }
}

function addRow(columns: Int32Array, { width, data }: Pixels, y: number, sign: 1 | -1): void {
  const start = y * width * 4;
  for (let at = start, sum = 0, end = start + width * 4; at < end; at += 4, sum += SUMS) {
    const alpha = (((data[at + 3] ?? 0) + 15) >> 4) * sign;
    const red = data[at] ?? 0;
    const green = data[at + 1] ?? 0;
    const blue = data[at + 2] ?? 0;
    // Rec. 709 in 8 bits, of which 6 are kept.
    const light = (54 * red + 183 * green + 19 * blue) >> 10;
    columns[sum] = ((columns[sum] ?? 0) + red * alpha) | 0;
    columns[sum + 1] = ((columns[sum + 1] ?? 0) + green * alpha) | 0;
    columns[sum + 2] = ((columns[sum + 2] ?? 0) + blue * alpha) | 0;
    columns[sum + 3] = ((columns[sum + 3] ?? 0) + alpha) | 0;
    columns[sum + 4] = ((columns[sum + 4] ?? 0) + light * alpha) | 0;
    columns[sum + 5] = ((columns[sum + 5] ?? 0) + light * light * alpha) | 0;
  }
}

/** Eight squares lie around a pixel, and touch it. */
function paint({ width, height, data }: Pixels, reach: number, weighed: Float32Array): void {
  const half = reach >> 1;
  const across = width - reach;
  const down = height - reach;
  const places = new Int32Array(8);
  const start = (y: number) => Math.min(down - 1, Math.max(0, y)) * across * 4;
  for (let y = 0, at = 0; y < height; y++) {
    const top = start(y - reach);
    const middle = start(y - half);
    const bottom = start(y);
    for (let x = 0; x < width; x++, at += 4) {
      const left = 4 * Math.min(across - 1, Math.max(0, x - reach));
      const centre = 4 * Math.min(across - 1, Math.max(0, x - half));
      const right = 4 * Math.min(across - 1, x);
      places[0] = top + left;
      places[1] = top + centre;
      places[2] = top + right;
      places[3] = middle + left;
      places[4] = middle + right;
      places[5] = bottom + left;
      places[6] = bottom + centre;
      places[7] = bottom + right;
      let red = 0;
      let green = 0;
      let blue = 0;
      let sum = 0;
      for (let side = 0; side < 8; side++) {
        const place = places[side] ?? 0;
        red += weighed[place] ?? 0;
        green += weighed[place + 1] ?? 0;
        blue += weighed[place + 2] ?? 0;
        sum += weighed[place + 3] ?? 0;
      }
      if (sum === 0) continue;
      data[at] = red / sum;
      data[at + 1] = green / sum;
      data[at + 2] = blue / sum;
    }
  }
}
