// Bytes in both orders, and pieces repeated: what hostile files are built of.

import { seededRandom } from "../../seeded-random.ts";

export const bytes = (...values: readonly number[]) => Uint8Array.from(values);
export const ascii = (text: string) => Buffer.from(text, "latin1");
export const big16 = (value: number) => bytes((value >> 8) & 255, value & 255);
export const little16 = (value: number) => big16(value).toReversed();
export const big32 = (value: number) =>
  bytes((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
export const little32 = (value: number) => big32(value).toReversed();
export const join = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** `piece`, so many times over. */
export const repeat = (piece: Uint8Array, times: number): Uint8Array =>
  Buffer.alloc(piece.length * times, piece);

/** A copy of `file` with `patch` written over it at `offset`. */
export function patched(file: Uint8Array, offset: number, patch: Uint8Array): Uint8Array {
  if (offset < 0) throw new Error("there is no such place in the file");
  const copy = Uint8Array.from(file);
  copy.set(patch, offset);
  return copy;
}

/** Where `mark` begins; throws when it is not there. */
export function find(file: Uint8Array, mark: Uint8Array | string): number {
  const at = Buffer.from(file).indexOf(typeof mark === "string" ? ascii(mark) : mark);
  if (at < 0) throw new Error("the mark is not in the file");
  return at;
}

/** Noise that no codec can make smaller, the same in every run. */
export function noise(length: number, seed = 1): Buffer {
  const out = Buffer.alloc(length);
  const random = seededRandom(seed);
  for (let at = 0; at < length; at++) out[at] = random() * 256;
  return out;
}
