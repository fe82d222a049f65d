// The small JPEGs of unusual shapes in test/fixtures/jpeg-shapes.json, by name: "sampling way WxH".

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface JpegShape {
  readonly name: string;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

const path = join(dirname(fileURLToPath(import.meta.url)), "../fixtures/jpeg-shapes.json");
const stored: unknown = JSON.parse(readFileSync(path, "utf8"));

function shapeOf([name, base64]: [string, unknown]): JpegShape {
  const [, width, height] = /(\d+)x(\d+)$/.exec(name) ?? [];
  if (typeof base64 !== "string") throw new TypeError(`${name} is not base64`);
  return {
    name,
    file: Uint8Array.from(Buffer.from(base64, "base64")),
    width: Number(width),
    height: Number(height),
  };
}

export const jpegShapes: readonly JpegShape[] = Object.entries(stored ?? {}).map(shapeOf);

export function jpegShape(name: string): JpegShape {
  const shape = jpegShapes.find((one) => one.name === name);
  if (!shape) throw new Error(`There is no shape ${name}.`);
  return shape;
}
