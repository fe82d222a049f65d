// AV1: what the decoder is told of a picture in its own bytes, whatever the container says (AV1 specification, section 5.5).
import { BitReader } from "../bytes/bit-reader.ts";

export interface SequenceHeader {
  /** No frame may be larger. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 10 | 12;
  /** Samples coded for a pixel: 1 for gray, 1.5 for 4:2:0. */
  readonly samplesPerPixel: 1 | 1.5 | 2 | 3;
  /** ISO/IEC 23091-2; 2 is not said. */
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly isFullRange: boolean;
}

/** `body` is the OBU behind its header and size. Throws `Damage` where it is cut off. */
export function readSequenceHeader(body: Uint8Array): SequenceHeader {
  const bits = new BitReader(body);
  const profile = bits.bits(3);
  bits.skip(1);
  const isReduced = bits.flag();
  if (isReduced) bits.skip(5);
  else passOperatingPoints(bits);
  const widthBits = bits.bits(4) + 1;
  const heightBits = bits.bits(4) + 1;
  const size = { width: bits.bits(widthBits) + 1, height: bits.bits(heightBits) + 1 };
  if (!isReduced && bits.flag()) bits.skip(7);
  // The size of superblocks, and two intra tools.
  bits.skip(3);
  if (!isReduced) passInterTools(bits);
  // Super-resolution, the directional filter, restoration.
  bits.skip(3);
  return { ...size, ...readColour(bits, profile) };
}

function passOperatingPoints(bits: BitReader): void {
  let delayBits = 0;
  let hasModel = false;
  if (bits.flag()) {
    bits.skip(64);
    if (bits.flag()) bits.golomb();
    hasModel = bits.flag();
    if (hasModel) {
      delayBits = bits.bits(5) + 1;
      bits.skip(32 + 10);
    }
  }
  const hasDisplayDelay = bits.flag();
  const count = bits.bits(5) + 1;
  for (let point = 0; point < count; point++) {
    bits.skip(12);
    if (bits.bits(5) > 7) bits.skip(1);
    if (hasModel && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasDisplayDelay && bits.flag()) bits.skip(4);
  }
}

function passInterTools(bits: BitReader): void {
  bits.skip(4);
  const hasOrderHint = bits.flag();
  if (hasOrderHint) bits.skip(2);
  const isScreenContentChosen = bits.flag();
  const screenContent = isScreenContentChosen || bits.flag();
  if (screenContent && !bits.flag()) bits.skip(1);
  if (hasOrderHint) bits.skip(3);
}

/** Section 5.5.2. */
function readColour(bits: BitReader, profile: number) {
  const isDeep = bits.flag();
  const isTwelve = profile === 2 && isDeep && bits.flag();
  const bitDepth = isTwelve ? 12 : isDeep ? 10 : 8;
  const isGray = profile !== 1 && bits.flag();
  const isDescribed = bits.flag();
  const primaries = isDescribed ? bits.bits(8) : 2;
  const transfer = isDescribed ? bits.bits(8) : 2;
  const matrix = isDescribed ? bits.bits(8) : 2;
  const isPlainRgb = !isGray && primaries === 1 && transfer === 13 && matrix === 0;
  const isFullRange = isPlainRgb || bits.flag();
  const colour = { bitDepth, primaries, transfer, matrix, isFullRange } as const;
  if (isGray) return { ...colour, samplesPerPixel: 1 } as const;
  if (isPlainRgb || profile === 1) return { ...colour, samplesPerPixel: 3 } as const;
  if (profile === 0) return { ...colour, samplesPerPixel: 1.5 } as const;
  if (bitDepth < 12) return { ...colour, samplesPerPixel: 2 } as const;
  const isHalfAcross = bits.flag();
  return { ...colour, samplesPerPixel: isHalfAcross ? (bits.flag() ? 1.5 : 2) : 3 } as const;
}
