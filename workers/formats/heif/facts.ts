// AVIF and HEIC: reads the `meta` box for the primary item's properties, and skips from box to box.
import type { Orientation } from "../../../schema/facts.ts";
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import { type Box, boxesIn, readHead, readItems, readLocations, readPrimaryItem } from "./boxes.ts";
import { type HeifCoded, Survey } from "./coded.ts";
import { refuseOverlong } from "./overlong.ts";
import { isAlphaType, isProfile, readProperties } from "./properties.ts";

/** A phone's grid of 48 tiles needs about 8 KB. */
export const maxMetaBytes = 1_048_576;
/** One holds all, or one each part of a film: each is laid beside the whole list of what is shown. */
export const maxDataBoxes = 1_000;

const brands = {
  avif: ["avif", "avis"],
  heic: ["heic", "heix", "hevc", "hevx", "heim", "heis"],
} as const;

export type HeifFormat = keyof typeof brands;

/** Says which of the two a file is by the brands in its `ftyp` box; null for MP4 and its kin. */
export function heifFormatOf(fileType: Uint8Array): HeifFormat | "by-item" | null {
  const length = Math.min(new DataView(fileType.buffer, fileType.byteOffset).getUint32(0), fileType.length);
  const names = [ascii(fileType, 8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) names.push(ascii(fileType, at, at + 4));
  for (const format of ["avif", "heic"] as const)
    if (brands[format].some((brand) => names.includes(brand))) return format;
  return names.includes("mif1") || names.includes("msf1") ? "by-item" : null;
}

export function* readHeif(
  reader: ByteReader,
  named: HeifFormat | "by-item",
  publish: (facts: StoredFacts) => void,
): Reading<StoredFacts> {
  let facts: StoredFacts | null = null;
  let dataEnd = 0;
  let isSequence = false;
  let survey: Survey | null = null;
  const count = new PieceCount();
  let data = 0;
  while ((yield* reader.peek(8)).length > 0) {
    count.piece();
    const { type, headBytes, length: whole } = yield* readHead(reader);
    if (whole === Number.POSITIVE_INFINITY) break;
    const length = whole - headBytes;
    if (type === "ftyp" && length >= 4) {
      isSequence = ["avis", "msf1", "hevc", "hevx"].includes(ascii(yield* reader.peek(4)));
    }
    if (type === "mdat" && ++data > maxDataBoxes) throw new Damage("its data is cut into too many pieces");
    if (type === "meta") {
      if (facts) throw new Damage("it has two meta boxes");
      if (length > maxMetaBytes) throw new Damage("its meta box is too large");
      const body = yield* reader.take(length);
      const found = readMeta(body, named);
      facts = isSequence ? { ...found.facts, animated: true, frames: null } : found.facts;
      dataEnd = found.dataEnd;
      survey = new Survey(Uint8Array.from(body));
      publish(facts);
    } else if (survey) yield* survey.pass(reader, reader.position + length);
    else yield* reader.skip(length);
  }
  if (!facts || !survey) throw new Damage("it has no meta box");
  // A last box of length 0 reaches to the end of the file: whatever its items need must be there.
  if (dataEnd > reader.position) yield* survey.pass(reader, dataEnd);
  refuseOverlong(survey.meta, reader.position);
  return withCoded(facts, survey.coded);
}

/** The bitstreams' own word, which decoders take over the properties'. */
export function withCoded(facts: StoredFacts, coded: HeifCoded | null): StoredFacts {
  if (!coded) return facts;
  const { bitDepth, samplesPerPixel, ...size } = coded;
  return {
    ...facts,
    coded: size,
    bitDepth: Math.max(bitDepth, facts.bitDepth ?? 8),
    samplesPerPixel: Math.max(samplesPerPixel, facts.samplesPerPixel),
  };
}

function readMeta(meta: Uint8Array, named: HeifFormat | "by-item"): { facts: StoredFacts; dataEnd: number } {
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (list: readonly Box[], type: string) => {
    const box = list.find((one) => one.type === type);
    if (!box) throw new Damage(`its meta box lacks ${type}`);
    return box;
  };
  const primary = readPrimaryItem(meta, find(boxes, "pitm"));
  const items = readItems(meta, find(boxes, "iinf"));
  const { all, of } = readProperties(meta, find(boxes, "iprp"));
  const properties = of(primary);
  const size = find(properties, "ispe");
  const extents = readLocations(meta, find(boxes, "iloc"))
    .filter(({ method }) => method === 0)
    .flatMap((location) => location.extents);
  const ofAny = (type: string) => all.find((box) => box.type === type);
  const isAv1 = items.some(({ type }) => type === "av01");
  const view = new DataView(meta.buffer, meta.byteOffset, meta.length);
  if (size.end - size.start < 12) throw new Damage("its size property is too short");
  return {
    dataEnd: Math.max(0, ...extents.map(({ offset, length }) => offset + length)),
    facts: {
      ...plainStill,
      format: named === "by-item" ? (isAv1 ? "avif" : "heic") : named,
      width: view.getUint32(size.start + 4),
      height: view.getUint32(size.start + 8),
      orientation: orientationOf(meta, properties),
      alpha: all.some((box) => isAlphaType(meta, box)),
      hasIcc: all.some((box) => isProfile(meta, box)),
      ...codingOf(meta, ofAny("av1C"), ofAny("hvcC")),
    },
  };
}

/** AV1 codec configuration, section 2.3.3; HEVC decoder configuration, ISO/IEC 14496-15 section 8.3.3. */
function codingOf(meta: Uint8Array, av1: Box | undefined, hevc: Box | undefined): Partial<StoredFacts> {
  if (av1 && av1.end - av1.start >= 4) {
    const flags = meta[av1.start + 2] ?? 0;
    const bitDepth = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8;
    if (flags & 0x10) return { bitDepth, colour: "gray", samplesPerPixel: 1 };
    return { bitDepth, samplesPerPixel: flags & 0x08 ? (flags & 0x04 ? 1.5 : 2) : 3 };
  }
  if (hevc && hevc.end - hevc.start >= 19) {
    const chroma = (meta[hevc.start + 16] ?? 0) & 3;
    const bitDepth = 8 + ((meta[hevc.start + 17] ?? 0) & 7);
    return { bitDepth, colour: chroma === 0 ? "gray" : "rgb", samplesPerPixel: [1, 1.5, 2, 3][chroma] ?? 3 };
  }
  return {};
}

/** A turn of the stored picture: mirrored left to right first (or not), then quarter turns clockwise. */
const turns: readonly (readonly [orientation: Orientation, mirrored: boolean, quarters: number])[] = [
  [1, false, 0],
  [2, true, 0],
  [3, false, 2],
  [4, true, 2],
  [5, true, 3],
  [6, false, 1],
  [7, true, 1],
  [8, false, 3],
];

/** `irot` turns anti-clockwise; `imir` 0 swaps top and bottom, 1 left and right; they apply in the order given. */
function orientationOf(meta: Uint8Array, properties: readonly Box[]): Orientation {
  let mirrored = false;
  let quarters = 0;
  for (const { type, start, end } of properties) {
    const value = start < end ? (meta[start] ?? 0) : 0;
    if (type === "irot") quarters = (quarters + 4 - (value & 3)) % 4;
    if (type !== "imir") continue;
    mirrored = !mirrored;
    quarters = ((value & 1 ? 0 : 2) + 4 - quarters) % 4;
  }
  return turns.find(([, flipped, turned]) => flipped === mirrored && turned === quarters)?.[0] ?? 1;
}
