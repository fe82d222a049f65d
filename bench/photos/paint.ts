// Takes a picture of a scene at any size: backdrop, strokes, then lens and sensor.

import sharp from "sharp";
import { seededRandom } from "../../test/harness/seeded-random.ts";
import { type Canvas, clamp8, paintStroke } from "./canvas.ts";
import { grain, grainLength, texture, textureSide } from "./noise.ts";
import type { Scene } from "./scenes/scene.ts";
import { type SceneName, scenes } from "./scenes.ts";

/** Far things are out of focus: their rows are worked out once and enlarged, or 108 MP would take minutes. */
const backdropRows = 1000;

/** Raw RGB, the same for the same arguments. Holds two raw pictures while it works. */
export async function paintScene(name: SceneName, width: number, height: number): Promise<Canvas> {
  const scene: Scene = scenes[name];
  const canvas = { width, height, rgb: await paintBackdrop(scene, width, height) };
  for (const stroke of scene.strokes(seededRandom(name.length * 1000), width / height)) {
    paintStroke(canvas, {
      ...stroke,
      x: stroke.x * height,
      y: stroke.y * height,
      long: stroke.long * height,
      wide: stroke.wide * height,
      soft: Math.max(1, stroke.soft * (height / 3000)),
    });
  }
  expose(canvas, isoOf(name));
  return canvas;
}

async function paintBackdrop(scene: Scene, width: number, height: number): Promise<Uint8Array> {
  const rows = Math.min(height, backdropRows);
  const columns = Math.round((rows * width) / height);
  const small = new Uint8Array(columns * rows * 3);
  const detail = new Float32Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const x = column / rows;
      const y = row / rows;
      small.set(scene.backdrop(x, y).map(clamp8), at * 3);
      detail[at] = scene.detail(x, y);
    }
  }
  const rgb = await sharp(small, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .raw()
    .toBuffer();
  const shrink = columns / width;
  for (let row = 0, at = 0; row < height; row++) {
    const tileRow = (row & (textureSide - 1)) * textureSide;
    const detailRow = Math.floor((row * rows) / height) * columns;
    for (let column = 0; column < width; column++) {
      const strength = detail[detailRow + Math.floor(column * shrink)] ?? 0;
      const surface = (texture[tileRow + (column & (textureSide - 1))] ?? 0) * strength;
      for (let channel = 0; channel < 3; channel++, at++) rgb[at] = clamp8((rgb[at] ?? 0) + surface);
    }
  }
  return rgb;
}

/** Where little in the scene is fine, the grain is what makes a file heavy. */
const isoOf = (name: SceneName) => (name === "lake" ? 0.7 : 1);

/** Darker corners, and grain that is stronger in the shadows and shared by the three channels by half. */
function expose({ rgb, width, height }: Canvas, iso: number): void {
  const random = seededRandom(5);
  const mask = grainLength - 1;
  for (let row = 0, at = 0; row < height; row++) {
    const shared = Math.floor(random() * grainLength);
    const own = Math.floor(random() * grainLength);
    const fall = (row / height - 0.5) ** 2;
    for (let column = 0; column < width; column++) {
      const light = 1 - 0.35 * (fall + (column / width - 0.5) ** 2);
      const common = grain[(shared + column) & mask] ?? 0;
      for (let channel = 0; channel < 3; channel++, at++) {
        const value = (rgb[at] ?? 0) * light;
        const noise = common * 0.7 + (grain[(own + column * 3 + channel) & mask] ?? 0) * 0.5;
        rgb[at] = clamp8(value + noise * (0.2 - value * 0.0003) * iso + 0.5);
      }
    }
  }
}
