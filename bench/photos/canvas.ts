// A picture being painted: raw RGB, and the one brush, a shaded, textured, anti-aliased shape at any angle.

import { texture, textureSide } from "./noise.ts";

export type Colour = readonly [red: number, green: number, blue: number];

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Stroke {
  readonly shape: "ellipse" | "box" | "leaf";
  /** Centre, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Half the length and half the breadth, in pixels. */
  readonly long: number;
  readonly wide: number;
  /** Radians. */
  readonly angle: number;
  readonly colour: Colour;
  /** How far light falls off from the upper left to the lower right edge, 0..1. */
  readonly relief: number;
  /** How much surface texture it shows, 0..1. */
  readonly rough: number;
  /** Pixels over which its edge fades: 1 is in focus. */
  readonly soft: number;
}

/** Distance from the middle, 1 at the edge. */
const reach = {
  ellipse: (u: number, v: number) => Math.sqrt(u * u + v * v),
  box: (u: number, v: number) => Math.max(Math.abs(u), Math.abs(v)),
  leaf: (u: number, v: number) => Math.sqrt(u * u + Math.abs(v) * (1 + u * u * u * u)),
} as const;

export function paintStroke({ rgb, width, height }: Canvas, stroke: Stroke): void {
  const { x, y, long, wide, angle, colour, relief, rough, soft } = stroke;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const distance = reach[stroke.shape];
  const boxed = stroke.shape === "box" ? 1 : 0;
  const halfWidth = Math.hypot(long * cos, wide * sin) * (1 + boxed * 0.42) + soft;
  const halfHeight = Math.hypot(long * sin, wide * cos) * (1 + boxed * 0.42) + soft;
  const left = Math.max(0, Math.floor(x - halfWidth));
  const right = Math.min(width, Math.ceil(x + halfWidth));
  const bottom = Math.min(height, Math.ceil(y + halfHeight));
  const fade = Math.min(long, wide) / soft;
  // Each stroke reads the texture from another place, so that neighbours don't share a pattern.
  const shift = Math.floor(x * 7.3 + y * 3.1);
  const [red, green, blue] = colour;
  for (let row = Math.max(0, Math.floor(y - halfHeight)); row < bottom; row++) {
    const tileRow = ((row + shift) & (textureSide - 1)) * textureSide;
    for (let column = left; column < right; column++) {
      const dx = column - x;
      const dy = row - y;
      const u = (dx * cos + dy * sin) / long;
      const v = (dy * cos - dx * sin) / wide;
      const edge = (1 - distance(u, v)) * fade + 0.5;
      if (edge <= 0) continue;
      const cover = Math.min(edge, 1);
      const lit =
        1 - relief * (0.35 * (dx + 2 * dy) * (1 / (halfWidth + halfHeight)) + 0.4 * (u * u + v * v));
      const surface = (texture[tileRow + ((column + shift) & (textureSide - 1))] ?? 0) * rough;
      const place = (row * width + column) * 3;
      rgb[place] = clamp8(mix(rgb[place] ?? 0, red * lit + surface, cover));
      rgb[place + 1] = clamp8(mix(rgb[place + 1] ?? 0, green * lit + surface, cover));
      rgb[place + 2] = clamp8(mix(rgb[place + 2] ?? 0, blue * lit + surface * 0.9, cover));
    }
  }
}

export const mix = (from: number, to: number, share: number) => from + (to - from) * share;
export const clamp8 = (value: number) => Math.max(0, Math.min(value, 255));
export const blend = (a: Colour, b: Colour, share: number): Colour => [
  mix(a[0], b[0], share),
  mix(a[1], b[1], share),
  mix(a[2], b[2], share),
];
export const shade = ([red, green, blue]: Colour, light: number): Colour => [
  red * light,
  green * light,
  blue * light,
];
