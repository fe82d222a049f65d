// Small ICC profiles made from numbers: RGB by matrix and curves, gray by a curve.

export type ToneCurve =
  | { readonly gamma: number }
  | { readonly samples: readonly number[] }
  | { readonly shape: number; readonly parameters: readonly number[] };

type Xyz = readonly [number, number, number];

/** D50 white, in which all profiles speak. */
const white: Xyz = [0.9642, 1, 0.8249];

export function rgbProfile(colorants: readonly [Xyz, Xyz, Xyz], curve: ToneCurve, version = 2): Buffer {
  const [red, green, blue] = colorants;
  const tone = curveTag(curve);
  return profile("RGB ", version, [
    ["wtpt", xyzTag(white)],
    ["rXYZ", xyzTag(red)],
    ["gXYZ", xyzTag(green)],
    ["bXYZ", xyzTag(blue)],
    ["rTRC", tone],
    ["gTRC", tone],
    ["bTRC", tone],
  ]);
}

export function grayProfile(curve: ToneCurve): Buffer {
  return profile("GRAY", 2, [
    ["wtpt", xyzTag(white)],
    ["kTRC", curveTag(curve)],
  ]);
}

/** How XYZ stands in tables: 1.0 as 8000 (ICC.1:2022, section 6.3.4.2). */
const xyzToTable = 32768 / 65535;

/** The same colours as a profile by matrix, told as lut16Type: input tables and a lattice of the eight corners. */
export function lut16Profile([red, green, blue]: readonly [Xyz, Xyz, Xyz], gamma: number): Buffer {
  const entries = 256;
  const header = Buffer.alloc(52);
  header.write("mft2", 0, "latin1");
  header.set([3, 3, 2], 8);
  for (const diagonal of [0, 4, 8]) header.writeInt32BE(65536, 12 + diagonal * 4);
  header.writeUInt16BE(entries, 48);
  header.writeUInt16BE(2, 50);
  const tone = Array.from({ length: entries }, (_, i) => Math.round(65535 * (i / (entries - 1)) ** gamma));
  const corners = Array.from({ length: 8 }, (_, i) =>
    [0, 1, 2].map((axis) => {
      const sum =
        (i & 4 ? axisOf(red, axis) : 0) +
        (i & 2 ? axisOf(green, axis) : 0) +
        (i & 1 ? axisOf(blue, axis) : 0);
      return Math.round(Math.max(0, sum) * xyzToTable * 65535);
    }),
  ).flat();
  const numbers = [...tone, ...tone, ...tone, ...corners, 0, 65535, 0, 65535, 0, 65535];
  const body = Buffer.alloc(numbers.length * 2);
  for (const [i, value] of numbers.entries()) body.writeUInt16BE(value, i * 2);
  return profile("RGB ", 2, [
    ["wtpt", xyzTag(white)],
    ["A2B0", Buffer.concat([header, body])],
  ]);
}

/** And as lutAToBType without a lattice: M curves, a matrix, B curves. */
export function lutAToBProfile(colorants: readonly [Xyz, Xyz, Xyz], gamma: number): Buffer {
  const straight = curveTag({ samples: [] });
  const tone = curveTag({ shape: 0, parameters: [gamma] });
  const header = Buffer.alloc(32);
  const matrix = Buffer.alloc(48);
  header.write("mAB ", 0, "latin1");
  header.set([3, 3], 8);
  const matrixAt = header.length + straight.length * 3;
  for (const [i, at] of [header.length, matrixAt, matrixAt + matrix.length].entries())
    header.writeUInt32BE(at, 12 + i * 4);
  for (const [column, colorant] of colorants.entries()) {
    for (const [row, value] of colorant.entries()) {
      matrix.writeInt32BE(Math.round(value * xyzToTable * 65536), (row * 3 + column) * 4);
    }
  }
  return profile("RGB ", 4, [
    ["wtpt", xyzTag(white)],
    ["A2B0", Buffer.concat([header, straight, straight, straight, matrix, tone, tone, tone])],
  ]);
}

const axisOf = (xyz: Xyz, axis: number) => xyz[axis] ?? 0;

function profile(space: string, version: number, tags: readonly (readonly [string, Buffer])[]): Buffer {
  // Readers want the two tags that say nothing as well.
  const text = Buffer.from("desc\0\0\0\0\0\0\0\x05test\0".padEnd(100, "\0"), "latin1");
  const all: readonly (readonly [string, Buffer])[] = [
    ["desc", text],
    ["cprt", Buffer.from("text\0\0\0\0free\0\0\0\0", "latin1")],
    ...tags,
  ];
  const header = Buffer.alloc(128 + 4 + all.length * 12);
  let at = header.length;
  header.writeUInt32BE(all.length, 128);
  for (const [i, [name, body]] of all.entries()) {
    header.write(name, 132 + i * 12, "latin1");
    header.writeUInt32BE(at, 136 + i * 12);
    header.writeUInt32BE(body.length, 140 + i * 12);
    at += body.length;
  }
  header.writeUInt32BE(at, 0);
  header[8] = version;
  header.write(`mntr${space}XYZ `, 12, "latin1");
  header.write("acsp", 36, "latin1");
  for (const [i, value] of white.entries()) header.writeInt32BE(Math.round(value * 65536), 68 + i * 4);
  return Buffer.concat([header, ...all.map(([, body]) => body)]);
}

function xyzTag(xyz: Xyz): Buffer {
  const tag = Buffer.alloc(20);
  tag.write("XYZ ", 0, "latin1");
  for (const [i, value] of xyz.entries()) tag.writeInt32BE(Math.round(value * 65536), 8 + i * 4);
  return tag;
}

function curveTag(curve: ToneCurve): Buffer {
  if ("shape" in curve) {
    const tag = Buffer.alloc(12 + curve.parameters.length * 4);
    tag.write("para", 0, "latin1");
    tag.writeUInt16BE(curve.shape, 8);
    for (const [i, value] of curve.parameters.entries())
      tag.writeInt32BE(Math.round(value * 65536), 12 + i * 4);
    return tag;
  }
  const values = "gamma" in curve ? [Math.round(curve.gamma * 256)] : curve.samples;
  const tag = Buffer.alloc((12 + values.length * 2 + 3) & ~3);
  tag.write("curv", 0, "latin1");
  tag.writeUInt32BE(values.length, 8);
  for (const [i, value] of values.entries()) tag.writeUInt16BE(value, 12 + i * 2);
  return tag;
}
