// Assembles HEIF containers (HEIC and AVIF) from coded items, so that tests can place any property and any box order.

export interface HeifItem {
  readonly type: "hvc1" | "av01" | "grid" | "iovl" | "iden" | "tmap" | "Exif" | "mime";
  readonly payload: Uint8Array;
  readonly name?: string;
  /** Positions in `properties`, counted from 1, in the order in which they apply. */
  readonly properties?: readonly number[];
  /** In the description itself rather than in the data behind it. */
  readonly isInMeta?: boolean;
  /** Cut into so many parts. */
  readonly parts?: number;
}

export interface HeifFile {
  readonly brand: "heic" | "avif" | "mif1";
  readonly items: readonly HeifItem[];
  readonly properties: readonly Uint8Array[];
  /** Items are numbered from 1 in their order; the first is the primary one. */
  readonly references?: readonly {
    readonly type: string;
    readonly from: number;
    readonly to: readonly number[];
  }[];
  /** The name of the program that handles it. */
  readonly handler?: string;
  readonly mediaFirst?: boolean;
  /** The widest fields that each box may have. */
  readonly isWide?: boolean;
  /** How the length of the data is told: in 64 bits, or not at all. */
  readonly media?: "long" | "endless";
}

export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([uint32(length), Buffer.from(type, "latin1"), ...parts]);
}

export const fullBox = (type: string, version: number, flags: number, ...parts: readonly Uint8Array[]) =>
  box(type, uint32((version << 24) | flags), ...parts);

export const imageSize = (width: number, height: number) =>
  fullBox("ispe", 0, 0, uint32(width), uint32(height));
/** Quarter turns, anti-clockwise. */
export const rotation = (quarterTurns: number) => box("irot", Uint8Array.of(quarterTurns));
/** 0 swaps top and bottom, 1 swaps left and right. */
export const mirror = (axis: number) => box("imir", Uint8Array.of(axis));

export function buildHeif(file: HeifFile): Buffer {
  const fileType = box("ftyp", Buffer.from(`${file.brand}\0\0\0\0mif1${file.brand}miaf`, "latin1"));
  const media = mediaBox(file);
  const metaLength = metaBox(file, 0).length;
  const headBytes = file.media === "long" ? 16 : 8;
  const mediaStart = fileType.length + (file.mediaFirst ? 0 : metaLength) + headBytes;
  const meta = metaBox(file, mediaStart);
  return Buffer.concat(file.mediaFirst ? [fileType, media, meta] : [fileType, meta, media]);
}

function mediaBox({ items, media }: HeifFile): Buffer {
  const plain = box("mdat", ...items.filter(({ isInMeta }) => !isInMeta).map(({ payload }) => payload));
  if (media === undefined) return plain;
  const length = media === "endless" ? [uint32(0)] : [uint32(1)];
  const long = media === "endless" ? [] : [uint32(0), uint32(plain.length + 8)];
  return Buffer.concat([...length, plain.subarray(4, 8), ...long, plain.subarray(8)]);
}

/** The description of a picture cut into equal tiles, row by row. */
export function gridPayload(rows: number, columns: number, width: number, height: number): Buffer {
  return Buffer.concat([Uint8Array.of(0, 0, rows - 1, columns - 1), uint16(width), uint16(height)]);
}

function metaBox(file: HeifFile, mediaStart: number): Buffer {
  const { items, isWide = false } = file;
  const version = isWide ? 1 : 0;
  const id = isWide ? uint32 : uint16;
  const infos = items.map(({ type, name = "" }, index) =>
    fullBox(
      "infe",
      isWide ? 3 : 2,
      type === "Exif" || type === "mime" ? 1 : 0,
      id(index + 1),
      uint16(0),
      Buffer.from(`${type}${name}\0${type === "mime" ? "application/rdf+xml\0" : ""}`, "latin1"),
    ),
  );
  const associated = items.flatMap(({ properties = [] }, index) => {
    const places = properties.map((place) => (isWide ? uint16(place | 0x8000) : Uint8Array.of(place | 0x80)));
    return places.length > 0 ? [Buffer.concat([id(index + 1), Uint8Array.of(places.length), ...places])] : [];
  });
  const references = (file.references ?? []).map(({ type, from, to }) =>
    box(type, id(from), uint16(to.length), ...to.map(id)),
  );
  const stored = items.filter(({ isInMeta }) => isInMeta).map(({ payload }) => payload);
  return fullBox(
    "meta",
    0,
    0,
    fullBox(
      "hdlr",
      0,
      0,
      uint32(0),
      Buffer.from("pict", "latin1"),
      Buffer.alloc(12),
      Buffer.from(`${file.handler ?? ""}\0`, "latin1"),
    ),
    fullBox("pitm", version, 0, id(1)),
    locationBox(file, mediaStart),
    fullBox("iinf", version, 0, id(items.length), ...infos),
    ...(references.length ? [fullBox("iref", version, 0, ...references)] : []),
    ...(stored.length ? [box("idat", ...stored)] : []),
    box(
      "iprp",
      box("ipco", ...file.properties),
      fullBox("ipma", version, version, uint32(associated.length), ...associated),
    ),
  );
}

/** Offsets and lengths of four bytes; a wide one has a base of eight and an index of four, which say nothing. */
function locationBox({ items, isWide = false }: HeifFile, mediaStart: number): Buffer {
  const id = isWide ? uint32 : uint16;
  const hasMethod = isWide || items.some(({ isInMeta }) => isInMeta);
  let [inFile, inMeta] = [mediaStart, 0];
  const entries = items.map(({ payload, isInMeta = false, parts = 1 }, index) => {
    const start = isInMeta ? inMeta : inFile;
    if (isInMeta) inMeta += payload.length;
    else inFile += payload.length;
    const each = Math.ceil(payload.length / parts);
    const extents = Array.from({ length: parts }, (_, part) => [
      ...(isWide ? [uint32(part)] : []),
      uint32(start + part * each),
      uint32(Math.min(each, payload.length - part * each)),
    ]);
    return Buffer.concat([
      id(index + 1),
      ...(hasMethod ? [uint16(isInMeta ? 1 : 0)] : []),
      uint16(0),
      ...(isWide ? [Buffer.alloc(8)] : []),
      uint16(parts),
      ...extents.flat(),
    ]);
  });
  const sizes = Uint8Array.of(0x44, isWide ? 0x84 : 0);
  return fullBox("iloc", isWide ? 2 : hasMethod ? 1 : 0, 0, sizes, id(items.length), ...entries);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
