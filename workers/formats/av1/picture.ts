// An AV1 image item: walks its OBUs for the size that the decoder will believe (AV1 specification, section 5.3).
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { readSequenceHeader, type SequenceHeader } from "./sequence-header.ts";

/** A picture as its bitstream tells it. */
export interface CodedPicture {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly samplesPerPixel: number;
  /** How many are coded one after another; decoders keep each as a reference. */
  readonly pictures: number;
  /** AV1 only. */
  readonly headers?: readonly SequenceHeader[];
}

type Told = Omit<CodedPicture, "pictures" | "headers">;

const obuTypes = { sequenceHeader: 1, frameHeader: 3, frame: 6 } as const;
/** More than a picture of 64 x 64 tiles in groups of one. */
const maxObus = 8_192;
const headerBytes = 512;
/** An item is one picture, in up to four layers (AV1 in HEIF, section 2.1). */
const maxPictures = 4;

export function* readAv1Picture(reader: ByteReader, length: number): Reading<CodedPicture> {
  const end = reader.position + length;
  let largest: Told | null = null;
  let pictures = 0;
  const headers: SequenceHeader[] = [];
  for (let count = 0; reader.position < end; count++) {
    if (count >= maxObus) throw new Damage("its picture is cut into too many pieces");
    const head = yield* reader.byte();
    const type = (head >> 3) & 15;
    if (head & 4) yield* reader.byte();
    const size = head & 2 ? yield* readSize(reader) : end - reader.position;
    if (reader.position + size > end) throw new Damage("a part of its picture reaches past the end");
    const next = reader.position + size;
    if (type === obuTypes.sequenceHeader) {
      const header = readSequenceHeader(yield* reader.take(Math.min(size, headerBytes)));
      headers.push(header);
      const { width, height, bitDepth, samplesPerPixel } = header;
      const told = { width, height, bitDepth, samplesPerPixel };
      largest = largest ? larger(largest, told) : told;
    } else if (type === obuTypes.frame || type === obuTypes.frameHeader) pictures++;
    yield* reader.skip(next - reader.position);
  }
  if (!largest) throw new Damage("its picture has no sequence header");
  if (pictures > maxPictures) throw new Damage("it holds more pictures than a still may");
  return { ...largest, pictures: Math.max(1, pictures), headers };
}

function larger(one: Told, other: Told): Told {
  return {
    width: Math.max(one.width, other.width),
    height: Math.max(one.height, other.height),
    bitDepth: Math.max(one.bitDepth, other.bitDepth),
    samplesPerPixel: Math.max(one.samplesPerPixel, other.samplesPerPixel),
  };
}

/** Little endian, seven bits a byte: leb128, section 4.10.5. */
function* readSize(reader: ByteReader): Reading<number> {
  let size = 0;
  for (let place = 0; place < 8; place++) {
    const byte = yield* reader.byte();
    size += (byte & 127) * 2 ** (7 * place);
    if (byte < 128) return size;
  }
  throw new Damage("a part of its picture claims an impossible length");
}
