// Tone curves of ICC profiles as functions from 0..1 to 0..1, and sRGB's own.

import type { IccTag } from "../../../../formats/icc/tags.ts";

export type Curve = (value: number) => number;

export const clamp01 = (value: number) => (value > 0 ? Math.min(value, 1) : 0);

/** And back. */
export const linearToSrgb: Curve = (v) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** A `curv` or `para` element at `at` of a tag (it may stand inside another); undefined: some other type. */
export function curveAt(tag: IccTag, at = 0): { readonly curve: Curve; readonly bytes: number } | undefined {
  const type = String.fromCharCode(tag.u8(at), tag.u8(at + 1), tag.u8(at + 2), tag.u8(at + 3));
  if (type === "curv") return sampledCurve(tag, at);
  if (type === "para") return parametricCurve(tag, at);
  return undefined;
}

/** One for each value of 16 bits. */
const maxSamples = 65_536;

/** ICC.1:2022, section 10.6: nothing is identity, one number a gamma, more are samples. */
function sampledCurve(tag: IccTag, at: number) {
  const count = tag.u32(at + 8);
  const bytes = 12 + count * 2;
  if (at + bytes > tag.length || count > maxSamples) return undefined;
  if (count === 0) return { curve: clamp01, bytes };
  if (count === 1) {
    const gamma = tag.u16(at + 12) / 256;
    return { curve: (v: number) => clamp01(v) ** gamma, bytes };
  }
  return { curve: interpolated(count, (i) => tag.u16(at + 12 + i * 2) / 65535), bytes };
}

/** Straight lines between evenly spaced samples. */
export function interpolated(count: number, sample: (index: number) => number): Curve {
  const samples = Float64Array.from({ length: count }, (_, i) => sample(i));
  return (v) => {
    const x = clamp01(v) * (count - 1);
    const left = Math.min(Math.floor(x), count - 2);
    const low = samples[left] ?? 0;
    return low + ((samples[left + 1] ?? low) - low) * (x - left);
  };
}

/** Section 10.18, Table 68: five shapes of (a x + b)^g + c with a straight foot. */
function parametricCurve(tag: IccTag, at: number) {
  const shape = tag.u16(at + 8);
  const count = [1, 3, 4, 5, 7][shape];
  if (count === undefined) return undefined;
  const parameter = (index: number) => tag.fixed(at + 12 + index * 4);
  const [g, a, b] = [parameter(0), shape > 0 ? parameter(1) : 1, shape > 0 ? parameter(2) : 0];
  const third = parameter(3);
  const power = (x: number) => Math.max(a * x + b, 0) ** g;
  const shapes: readonly Curve[] = [
    (x) => x ** g,
    (x) => (x >= -b / a ? power(x) : 0),
    (x) => (x >= -b / a ? power(x) + third : third),
    (x) => (x >= parameter(4) ? power(x) : third * x),
    (x) => (x >= parameter(4) ? power(x) + parameter(5) : third * x + parameter(6)),
  ];
  const curve = shapes[shape] ?? clamp01;
  return { curve: (v: number) => clamp01(curve(clamp01(v))), bytes: 12 + count * 4 };
}
