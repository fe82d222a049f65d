// ISO BMFF boxes, written (ISO/IEC 14496-12, section 4.2).
import { lettersOf } from "../bytes/ascii.ts";

export const uint16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);
export const uint32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

export const lengthOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

/** One piece after another. */
export function together(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const box = (type: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  together([uint32(8 + lengthOf(parts)), lettersOf(type), ...parts]);

/** A box with a version and flags. */
export const fullBox = (type: string, version: number, flags: number, ...parts: readonly Uint8Array[]) =>
  box(type, Uint8Array.of(version, 0, 0, flags), ...parts);
