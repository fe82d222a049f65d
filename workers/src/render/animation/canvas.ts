// The one canvas that frames are drawn on: clear a box, keep and bring back a box, blend a picture over it.
import type { Box, Pixels } from "../../geometry/pixels.ts";

/** The part of a box that lies on a canvas; null when nothing does. */
export function clipBox(box: Box, width: number, height: number): Box | null {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const right = Math.min(width, box.x + box.width);
  const bottom = Math.min(height, box.y + box.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

export class Canvas {
  readonly pixels: Pixels;
  /** The same memory, a pixel a word: red in the low byte, alpha in the high one. */
  readonly words: Uint32Array<ArrayBuffer>;

  constructor(width: number, height: number) {
    const data = new Uint8ClampedArray(width * height * 4);
    this.pixels = { width, height, data };
    this.words = new Uint32Array(data.buffer);
  }

  /** Makes a box transparent. */
  clear(box: Box): void {
    const { width } = this.pixels;
    for (let y = box.y; y < box.y + box.height; y++) {
      const row = y * width + box.x;
      this.words.fill(0, row, row + box.width);
    }
  }

  /** A copy of a box, for `paste` to bring back. */
  copy(box: Box): Uint32Array<ArrayBuffer> {
    const { width } = this.pixels;
    const kept = new Uint32Array(box.width * box.height);
    for (let y = 0; y < box.height; y++) {
      const row = (box.y + y) * width + box.x;
      kept.set(this.words.subarray(row, row + box.width), y * box.width);
    }
    return kept;
  }

  paste(box: Box, kept: Uint32Array): void {
    const { width } = this.pixels;
    for (let y = 0; y < box.height; y++)
      this.words.set(kept.subarray(y * box.width, (y + 1) * box.width), (box.y + y) * width + box.x);
  }

  /** Draws a picture over what is there; its alpha and the canvas's are both straight. */
  blend(x: number, y: number, picture: Pixels): void {
    const box = clipBox(
      { x, y, width: picture.width, height: picture.height },
      this.pixels.width,
      this.pixels.height,
    );
    if (!box) return;
    const source = new Uint32Array(
      picture.data.buffer,
      picture.data.byteOffset,
      picture.width * picture.height,
    );
    for (let row = box.y; row < box.y + box.height; row++) {
      let from = (row - y) * picture.width + (box.x - x);
      let to = row * this.pixels.width + box.x;
      for (const end = to + box.width; to < end; to++, from++) {
        const over = source[from] ?? 0;
        const alpha = over >>> 24;
        if (alpha === 255) this.words[to] = over;
        else if (alpha !== 0) this.words[to] = blendOver(over, this.words[to] ?? 0);
      }
    }
  }
}

/** One straight-alpha pixel over another (Porter and Duff's "over"). */
function blendOver(over: number, under: number): number {
  const a = over >>> 24;
  // What still shows of the pixel below, in 255ths.
  const b = ((under >>> 24) * (255 - a)) / 255;
  const alpha = a + b;
  const mix = (shift: number) =>
    Math.round((((over >>> shift) & 255) * a + ((under >>> shift) & 255) * b) / alpha) << shift;
  return (mix(0) | mix(8) | mix(16) | (Math.round(alpha) << 24)) >>> 0;
}
