// Profiles by lookup table (A2B0): device colour to the connection space through curves and a lattice.
//
// Three encodings of one idea: lut8Type and lut16Type of old profiles, lutAToBType of version 4
// (ICC.1:2022, sections 10.10 to 10.12).

import type { IccTag } from "../../../../formats/icc/tags.ts";
import { type Curve, clamp01, curveAt, interpolated } from "./curves.ts";
import { labToXyz, type Triple } from "./pcs.ts";

/** Device values 0..1 to XYZ under D50. */
export type ToXyz = (device: readonly number[]) => Triple;

const maxLatticePoints = 4_000_000;

export function lutOf(tag: IccTag, pcs: string, channels: number): ToXyz | undefined {
  if (tag.u8(8) !== channels || tag.u8(9) !== 3) return undefined;
  if (tag.type === "mft1" || tag.type === "mft2") return oldLut(tag, pcs, channels);
  return tag.type === "mAB " ? newLut(tag, pcs, channels) : undefined;
}

/** lut8Type and lut16Type: input tables, lattice, output tables. (Their matrix acts on XYZ input only.) */
function oldLut(tag: IccTag, pcs: string, channels: number): ToXyz | undefined {
  const wide = tag.type === "mft2";
  const size = wide ? 2 : 1;
  const points = tag.u8(10);
  const inputs = wide ? tag.u16(48) : 256;
  const outputs = wide ? tag.u16(50) : 256;
  const latticeAt = (wide ? 52 : 48) + channels * inputs * size;
  const outputAt = latticeAt + points ** channels * 3 * size;
  if (points < 2 || inputs < 2 || outputs < 2 || outputAt + 3 * outputs * size > tag.length) return undefined;
  const value = (at: number) => (wide ? tag.u16(at) / 65535 : tag.u8(at) / 255);
  const table = (start: number, count: number) => interpolated(count, (i) => value(start + i * size));
  const inputAt = wide ? 52 : 48;
  const before = Array.from({ length: channels }, (_, c) => table(inputAt + c * inputs * size, inputs));
  const after = [0, 1, 2].map((c) => table(outputAt + c * outputs * size, outputs));
  const lattice = makeLattice(Array(channels).fill(points), (i) => value(latticeAt + i * size));
  const decode = pcs === "Lab" ? (wide ? legacyLab : plainLab) : plainXyz;
  return (device) => decode(apply(after, lattice(device.map((v, c) => before[c]?.(v) ?? v))));
}

/** lutAToBType: A curves, lattice, M curves, matrix, B curves; all but the last may be missing. */
function newLut(tag: IccTag, pcs: string, channels: number): ToXyz | undefined {
  const [bAt, matrixAt, mAt, latticeAt, aAt] = [12, 16, 20, 24, 28].map((at) => tag.u32(at));
  const b = curves(tag, bAt, 3);
  const m = mAt ? curves(tag, mAt, 3) : undefined;
  const a = aAt ? curves(tag, aAt, channels) : undefined;
  const lattice = latticeAt ? newLattice(tag, latticeAt, channels) : undefined;
  if (!b || (mAt && !m) || (aAt && !a) || (latticeAt && !lattice) || (!latticeAt && channels !== 3))
    return undefined;
  const decode = pcs === "Lab" ? plainLab : plainXyz;
  return (device) => {
    let values: readonly number[] = a ? apply(a, device) : device;
    if (lattice) values = lattice(values);
    if (m) values = apply(m, values);
    if (matrixAt) values = matrix(tag, matrixAt, values);
    return decode(apply(b, values));
  };
}

function newLattice(tag: IccTag, at: number, channels: number) {
  const sizes = Array.from({ length: channels }, (_, c) => tag.u8(at + c));
  const wide = tag.u8(at + 16) === 2;
  const count = sizes.reduce((product, size) => product * size, 3);
  if (sizes.some((size) => size < 2) || count > maxLatticePoints) return undefined;
  if (at + 20 + count * (wide ? 2 : 1) > tag.length) return undefined;
  return makeLattice(sizes, (i) => (wide ? tag.u16(at + 20 + i * 2) / 65535 : tag.u8(at + 20 + i) / 255));
}

/** Curves one after the other, each padded to four bytes. */
function curves(tag: IccTag, start = 0, count = 0): Curve[] | undefined {
  const found: Curve[] = [];
  let at = start;
  for (let c = 0; c < count; c++) {
    const next = curveAt(tag, at);
    if (!next) return undefined;
    found.push(next.curve);
    at += (next.bytes + 3) & ~3;
  }
  return found;
}

const apply = (curves: readonly Curve[], values: readonly number[]) =>
  values.map((value, c) => curves[c]?.(value) ?? value);

/** Nine factors row by row, then three offsets. */
function matrix(tag: IccTag, at: number, values: readonly number[]): number[] {
  return [0, 1, 2].map((row) =>
    values.reduce(
      (sum, value, c) => sum + value * tag.fixed(at + (row * 3 + c) * 4),
      tag.fixed(at + 36 + row * 4),
    ),
  );
}

/** Multilinear interpolation between the 2^n points around; the first channel varies slowest. */
function makeLattice(sizes: readonly number[], sample: (index: number) => number) {
  const strides = sizes.map((_, c) => sizes.slice(c + 1).reduce((product, size) => product * size, 3));
  return (values: readonly number[]): number[] => {
    let corners = [{ at: 0, weight: 1 }];
    for (const [c, size] of sizes.entries()) {
      const x = clamp01(values[c] ?? 0) * (size - 1);
      const low = Math.min(Math.floor(x), size - 2);
      const stride = strides[c] ?? 0;
      corners = corners.flatMap(({ at, weight }) => [
        { at: at + low * stride, weight: weight * (1 - (x - low)) },
        { at: at + (low + 1) * stride, weight: weight * (x - low) },
      ]);
    }
    const out = [0, 0, 0];
    for (const { at, weight } of corners) {
      if (weight > 0) for (let o = 0; o < 3; o++) out[o] = (out[o] ?? 0) + weight * sample(at + o);
    }
    return out;
  };
}

// How 0..1 stands for the connection space (sections 6.3.4 and 10.10).

const plainLab = ([l = 0, a = 0, b = 0]: readonly number[]) =>
  labToXyz([l * 100, a * 255 - 128, b * 255 - 128]);

/** lut16Type keeps version 2's Lab, where FF00 stands for 100 and 8000 for 0. */
const legacyLab = (values: readonly number[]) => plainLab(values.map((v) => (v * 65535) / 65280));

const plainXyz = ([x = 0, y = 0, z = 0]: readonly number[]): Triple => {
  const most = 1 + 32767 / 32768;
  return [x * most, y * most, z * most];
};
