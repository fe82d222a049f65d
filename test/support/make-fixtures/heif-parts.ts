// Takes an AVIF or HEIC apart into its items, and puts them together in another way: what a writer of the world might have made of them.
import {
  type Box,
  boxesIn,
  readItems,
  readLocations,
  readPrimaryItem,
  readReferences,
} from "../../../workers/formats/heif/boxes.ts";
import { metaOf } from "../../../workers/formats/heif/coded.ts";
import { readProperties } from "../../../workers/formats/heif/properties.ts";
import { box, fullBox, uint16, uint32 } from "./heif-file.ts";

export interface HeifPart {
  readonly id: number;
  readonly type: string;
  readonly payload: Uint8Array;
  /** Whole boxes, in the order in which they apply. */
  readonly properties: readonly Uint8Array[];
}

export interface HeifParts {
  readonly brand: string;
  /** Null leaves the box out. */
  readonly primary: number | null;
  readonly items: readonly HeifPart[];
  readonly references: readonly {
    readonly type: string;
    readonly from: number;
    readonly to: readonly number[];
  }[];
  readonly order?: "description first" | "data first";
  /** Items are kept in `idat`, inside the description. */
  readonly isInMeta?: boolean;
  /** Each item is told in so many pieces. */
  readonly extents?: number;
}

export function takeApart(file: Buffer): HeifParts {
  const meta = Buffer.from(metaOf(file));
  const boxes = boxesIn(meta, 4, meta.length);
  const find = (type: string): Box | undefined => boxes.find((one) => one.type === type);
  const need = (type: string): Box => {
    const found = find(type);
    if (!found) throw new Error(`it has no ${type}`);
    return found;
  };
  const { of } = readProperties(meta, need("iprp"));
  const types = new Map(readItems(meta, need("iinf")).map(({ id, type }) => [id, type]));
  const stored = find("idat");
  const items = readLocations(meta, need("iloc")).map(({ id, method, extents }) => ({
    id,
    type: types.get(id) ?? "",
    payload: Buffer.concat(
      extents.map(({ offset, length }) =>
        method === 1
          ? meta.subarray((stored?.start ?? 0) + offset, (stored?.start ?? 0) + offset + length)
          : file.subarray(offset, offset + length),
      ),
    ),
    properties: of(id).map(({ start, end }) => meta.subarray(start - 8, end)),
  }));
  const relations = find("iref");
  return {
    brand: file.toString("latin1", 8, 12),
    primary: readPrimaryItem(meta, need("pitm")),
    items,
    references: relations ? readReferences(meta, relations) : [],
  };
}

export function putTogether(parts: HeifParts): Buffer {
  const { brand, items, order } = parts;
  const fileType = box("ftyp", Buffer.from(`${brand}\0\0\0\0mif1${brand}miaf`, "latin1"));
  const media = parts.isInMeta ? Buffer.alloc(0) : box("mdat", ...items.map(({ payload }) => payload));
  const isDataFirst = order === "data first";
  const metaLength = metaBox(parts, 0).length;
  const start = parts.isInMeta ? 0 : fileType.length + (isDataFirst ? 0 : metaLength) + 8;
  const meta = metaBox(parts, start);
  return Buffer.concat(isDataFirst ? [fileType, media, meta] : [fileType, meta, media]);
}

function metaBox({ primary, items, references, isInMeta, extents = 1 }: HeifParts, start: number): Buffer {
  let offset = start;
  const locations = items.map(({ id, payload }) => {
    const piece = Math.ceil(payload.length / extents);
    const places = Array.from({ length: extents }, (_, at) => {
      const length = Math.min(piece, payload.length - at * piece);
      return Buffer.concat([uint32(offset + at * piece), uint32(length)]);
    });
    offset += payload.length;
    return Buffer.concat([uint16(id), uint16(isInMeta ? 1 : 0), uint16(0), uint16(extents), ...places]);
  });
  const infos = items.map(({ id, type }) =>
    fullBox("infe", 2, 0, uint16(id), uint16(0), Buffer.from(`${type}\0`, "latin1")),
  );
  const properties = items.flatMap((item) => item.properties);
  let place = 0;
  const associated = items
    .filter((item) => item.properties.length > 0)
    .map((item) => {
      const places = item.properties.map((property) => ++place | (isEssential(property) ? 0x80 : 0));
      return Buffer.concat([uint16(item.id), Buffer.from([places.length, ...places])]);
    });
  const relations = references.map(({ type, from, to }) =>
    box(type, uint16(from), uint16(to.length), ...to.map(uint16)),
  );
  return fullBox(
    "meta",
    0,
    0,
    fullBox("hdlr", 0, 0, uint32(0), Buffer.from("pict", "latin1"), Buffer.alloc(13)),
    ...(primary === null ? [] : [fullBox("pitm", 0, 0, uint16(primary))]),
    fullBox("iloc", 1, 0, Uint8Array.of(0x44, 0), uint16(items.length), ...locations),
    fullBox("iinf", 0, 0, uint16(items.length), ...infos),
    ...(relations.length > 0 ? [fullBox("iref", 0, 0, ...relations)] : []),
    box("iprp", box("ipco", ...properties), fullBox("ipma", 0, 0, uint32(associated.length), ...associated)),
    ...(isInMeta ? [box("idat", ...items.map(({ payload }) => payload))] : []),
  );
}

export const nameOf = (property: Uint8Array): string => Buffer.from(property).toString("latin1", 4, 8);

const essential: ReadonlySet<string> = new Set(["av1C", "hvcC", "irot", "imir", "clap"]);
const isEssential = (property: Uint8Array) => essential.has(nameOf(property));

type Fraction = readonly [over: number, under: number];

/** A clean aperture: its size, and how far its middle lies from the picture's (ISO/IEC 14496-12, section 12.1.4). */
export const cleanAperture = (width: Fraction, height: Fraction, right: Fraction, down: Fraction): Buffer =>
  box("clap", ...[...width, ...height, ...right, ...down].map(uint32));

/** The same by the corner of a box in a picture of `size`. */
export function apertureAt(
  size: { width: number; height: number },
  at: { x: number; y: number; width: number; height: number },
): Buffer {
  const offset = (side: number, start: number, length: number): Fraction => [2 * start + length - side, 2];
  return cleanAperture(
    [at.width, 1],
    [at.height, 1],
    offset(size.width, at.x, at.width),
    offset(size.height, at.y, at.height),
  );
}

/** The parts with some of their properties taken away, others put in. */
export function withProperties(
  parts: HeifParts,
  id: number,
  change: (before: readonly Uint8Array[]) => readonly Uint8Array[],
): HeifParts {
  return {
    ...parts,
    items: parts.items.map((item) =>
      item.id === id ? { ...item, properties: change(item.properties) } : item,
    ),
  };
}
