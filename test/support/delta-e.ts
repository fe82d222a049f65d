// How far two sRGB pictures are apart to the eye: CIE 1976 Delta E, in Lab under D65.

export function deltaE(a: Uint8Array, b: Uint8Array): { readonly mean: number; readonly max: number } {
  if (a.length !== b.length) throw new Error(`${a.length} bytes against ${b.length}`);
  let sum = 0;
  let max = 0;
  for (let i = 0; i < a.length; i += 4) {
    const [p, q] = [lab(a, i), lab(b, i)];
    const distance = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    sum += distance;
    max = Math.max(max, distance);
  }
  return { mean: (sum * 4) / a.length, max };
}

const linear = Float64Array.from({ length: 256 }, (_, sample) => {
  const v = sample / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

function lab(rgba: Uint8Array, at: number): readonly [number, number, number] {
  const light = (offset: number) => linear[rgba[at + offset] ?? 0] ?? 0;
  const [r, g, b] = [light(0), light(1), light(2)];
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
