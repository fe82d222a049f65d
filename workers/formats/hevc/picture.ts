// An HEVC image item: walks its NAL units for the size that the decoder will believe (ISO/IEC 14496-15, section 8.3.3).
import type { CodedPicture } from "../av1/picture.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { readSequenceParameters, type SequenceParameters } from "./sequence-parameters.ts";

const sequenceParameters = 33;
/** Types of coded slices. */
const lastSlice = 31;
const parameterBytes = 4_096;
/** A slice for each row of blocks, in a picture of 65,000 rows. */
const maxUnits = 8_192;
/** An item is one picture. */
const maxPictures = 4;

/** `configuration` is the body of its `hvcC`. Units in front of the picture count as much as those in it: decoders take both. */
export function* readHevcPicture(
  reader: ByteReader,
  length: number,
  configuration: Uint8Array,
): Reading<CodedPicture> {
  const end = reader.position + length;
  const found = configuredUnits(configuration)
    .filter((unit) => typeOf(unit[0]) === sequenceParameters)
    .map(readSequenceParameters);
  const lengthBytes = ((configuration[21] ?? 3) & 3) + 1;
  let pictures = 0;
  for (let count = 0; reader.position + lengthBytes <= end; count++) {
    if (count >= maxUnits) throw new Damage("its picture is cut into too many pieces");
    const size = bigEndian(yield* reader.take(lengthBytes));
    if (reader.position + size > end) throw new Damage("a part of its picture reaches past the end");
    const next = reader.position + size;
    const head = yield* reader.peek(3);
    const type = typeOf(head[0]);
    if (type === sequenceParameters && size > 2)
      found.push(readSequenceParameters(yield* reader.take(Math.min(size, parameterBytes))));
    // A slice's first bit behind the header of two bytes says that a picture begins.
    else if (type <= lastSlice && size > 2 && (head[2] ?? 0) >= 128) pictures++;
    yield* reader.skip(next - reader.position);
  }
  yield* reader.skip(end - reader.position);
  if (found.length === 0) throw new Damage("its picture has no sequence parameters");
  if (pictures > maxPictures) throw new Damage("it holds more pictures than a still may");
  const most = (value: (one: SequenceParameters) => number) => Math.max(...found.map(value));
  return {
    width: most(({ width }) => width),
    height: most(({ height }) => height),
    bitDepth: most(({ bitDepth }) => bitDepth),
    samplesPerPixel: most(({ samplesPerPixel }) => samplesPerPixel),
    pictures: Math.max(1, pictures),
  };
}

const typeOf = (first: number | undefined) => ((first ?? 0) >> 1) & 63;

const bigEndian = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

/** The parameter sets that stand in `hvcC`: arrays of units, each behind its length. */
function configuredUnits(configuration: Uint8Array): Uint8Array[] {
  const view = new DataView(configuration.buffer, configuration.byteOffset, configuration.length);
  const units: Uint8Array[] = [];
  let at = 22;
  const has = (count: number) => {
    if (at + count > configuration.length) throw new Damage("its hvcC is cut off");
    return true;
  };
  has(1);
  for (let arrays = view.getUint8(at++); arrays > 0; arrays--) {
    has(3);
    const count = view.getUint16(at + 1);
    at += 3;
    for (let index = 0; index < count && has(2); index++) {
      const size = view.getUint16(at);
      at += 2;
      has(size);
      units.push(configuration.subarray(at, at + size));
      at += size;
    }
  }
  return units;
}
