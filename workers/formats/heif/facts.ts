// AVIF and HEIC: reads the `meta` box for the primary item's properties, and skips from box to box.
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import {
  type Box,
  boxesIn,
  type Extent,
  readHead,
  readItems,
  readLocations,
  readPrimaryItem,
} from "./boxes.ts";
import { type HeifCoded, Survey } from "./coded.ts";
import { isFilmBrand, samplesOf } from "./film.ts";
import { refuseOverlong } from "./overlong.ts";
import { isProfile, readProperties } from "./properties.ts";
import { shownOf } from "./transforms.ts";

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
  let isEndless = false;
  let isFilm = false;
  let hasFilm = false;
  let survey: Survey | null = null;
  const count = new PieceCount();
  let data = 0;
  // Behind the last byte that anything needs there may be whatever phones and tools append, boxes or not.
  const isOver = () => survey !== null && hasFilm === isFilm && reader.position >= dataEnd && !isEndless;
  while (!isOver() && (yield* reader.peek(8)).length > 0) {
    count.piece();
    const { type, headBytes, length: whole } = yield* readHead(reader);
    if (whole === Number.POSITIVE_INFINITY) break;
    const length = whole - headBytes;
    if (type === "ftyp" && length >= 4) isFilm = isFilmBrand(ascii(yield* reader.peek(4)));
    if (type === "mdat" && ++data > maxDataBoxes) throw new Damage("its data is cut into too many pieces");
    if (type === "meta") {
      if (facts) throw new Damage("it has two meta boxes");
      if (length > maxMetaBytes) throw new Damage("its meta box is too large");
      const body = Uint8Array.from(yield* reader.take(length));
      survey = new Survey(body);
      const found = readMeta(body, named, survey);
      facts = isFilm ? { ...found.facts, animated: true, frames: null } : found.facts;
      dataEnd = endOf(found.extents, dataEnd);
      // One of no length reaches to the end.
      isEndless = found.extents.some(({ length }) => length === 0);
      publish(facts);
    } else if (type === "moov" && isFilm && !hasFilm) {
      if (length > maxMetaBytes) throw new Damage("its moov box is too large");
      hasFilm = true;
      dataEnd = endOf(samplesOf(yield* reader.take(length)), dataEnd);
    } else {
      const end = reader.position + length;
      const needed = hasFilm === isFilm && !isEndless ? Math.min(end, dataEnd) : end;
      if (survey) yield* survey.pass(reader, needed);
      else yield* reader.skip(length);
    }
  }
  if (!facts || !survey) throw new Damage("it has no meta box");
  // A last box of length 0 reaches to the end of the file: whatever its items need must be there.
  if (dataEnd > reader.position) yield* survey.pass(reader, dataEnd);
  refuseOverlong(survey.meta, reader.position);
  return withCoded(facts, survey.coded);
}

const endOf = (extents: readonly Extent[], least = 0) =>
  extents.reduce((last, { offset, length }) => Math.max(last, offset + length), least);

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

function readMeta(
  meta: Uint8Array,
  named: HeifFormat | "by-item",
  { items: shown }: Survey,
): { facts: StoredFacts; extents: readonly Extent[] } {
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
  const format = named === "by-item" ? (isAv1 ? "avif" : "heic") : named;
  const stored = { width: view.getUint32(size.start + 4), height: view.getUint32(size.start + 8) };
  return {
    extents,
    facts: {
      ...plainStill,
      format,
      ...stored,
      ...shownOf(meta, format === "avif" ? inBrowsersOrder(properties) : properties, stored),
      alpha: shown.some(({ isAlpha }) => isAlpha),
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

/** Browsers cut, turn and mirror an AVIF, in whatever order the file asks for it; of two of a kind the first counts. */
function inBrowsersOrder(properties: readonly Box[]): readonly Box[] {
  return ["clap", "irot", "imir"].flatMap((name) => properties.find(({ type }) => type === name) ?? []);
}
