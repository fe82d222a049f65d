// Three by three.
export type Vector = readonly [number, number, number];
/** By rows. */
export type Matrix = readonly [Vector, Vector, Vector];

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const transformed = (m: Matrix, v: Vector): Vector => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];
const columns = ([a, b, c]: Matrix): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];
export function product(a: Matrix, b: Matrix): Matrix {
  const by = columns(b);
  const row = (v: Vector): Vector => [dot(v, by[0]), dot(v, by[1]), dot(v, by[2])];
  return [row(a[0]), row(a[1]), row(a[2])];
}
export const scaled = (m: Matrix, by: number): Matrix => {
  const row = (v: Vector): Vector => [v[0] * by, v[1] * by, v[2] * by];
  return [row(m[0]), row(m[1]), row(m[2])];
};
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export function inverse([a, b, c]: Matrix): Matrix {
  const by = 1 / dot(a, cross(b, c));
  return scaled(columns([cross(b, c), cross(c, a), cross(a, b)]), by);
}
