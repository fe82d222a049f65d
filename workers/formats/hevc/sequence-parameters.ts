// HEVC: what the decoder is told of a picture in its own bytes, whatever the container says (H.265, section 7.3.2.2).
import { BitReader } from "../bytes/bit-reader.ts";

export interface SequenceParameters {
  /** As decoded, before the conformance window cuts it. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** Samples coded for a pixel: 1 for gray, 1.5 for 4:2:0. */
  readonly samplesPerPixel: number;
}

/** Bits of a profile with its constraints; the level follows. */
const profileBits = 88;
const levelBits = 8;

/** `unit` is the NAL unit with its header of two bytes. Throws `Damage` where it is cut off. */
export function readSequenceParameters(unit: Uint8Array): SequenceParameters {
  const bits = new BitReader(withoutEmulation(unit.subarray(2)));
  bits.skip(4);
  const subLayers = bits.bits(3);
  bits.skip(1 + profileBits + levelBits);
  passSubLayers(bits, subLayers);
  bits.golomb();
  const chroma = bits.golomb();
  if (chroma === 3) bits.skip(1);
  const size = { width: bits.golomb(), height: bits.golomb() };
  if (bits.flag()) for (let side = 0; side < 4; side++) bits.golomb();
  const bitDepth = 8 + Math.max(bits.golomb(), bits.golomb());
  return { ...size, bitDepth, samplesPerPixel: [1, 1.5, 2, 3][chroma] ?? 3 };
}

function passSubLayers(bits: BitReader, count: number): void {
  const lengths = Array.from(
    { length: count },
    () => (bits.flag() ? profileBits : 0) + (bits.flag() ? levelBits : 0),
  );
  if (count > 0) bits.skip(2 * (8 - count));
  for (const length of lengths) bits.skip(length);
}

/** Two zeros before a byte of 0..3 are followed by a 3 that means nothing (section 7.4.2). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 3 && at >= 2 && bytes[at - 1] === 0 && bytes[at - 2] === 0));
}
