// Assembles HEIF containers (HEIC and AVIF) from coded items, so that tests can place any property and any box order.

export interface HeifItem {
  readonly type: "hvc1" | "av01" | "grid" | "Exif" | "mime";
  readonly payload: Uint8Array;
  /** Positions in `properties`, counted from 1, in the order in which they apply. */
  readonly properties?: readonly number[];
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
  readonly mediaFirst?: boolean;
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
  const media = box("mdat", ...file.items.map(({ payload }) => payload));
  const metaLength = metaBox(file, 0).length;
  const mediaStart = fileType.length + (file.mediaFirst ? 0 : metaLength) + 8;
  const meta = metaBox(file, mediaStart);
  return Buffer.concat(file.mediaFirst ? [fileType, media, meta] : [fileType, meta, media]);
}

/** The description of a picture cut into equal tiles, row by row. */
export function gridPayload(rows: number, columns: number, width: number, height: number): Buffer {
  return Buffer.concat([Uint8Array.of(0, 0, rows - 1, columns - 1), uint16(width), uint16(height)]);
}

function metaBox(file: HeifFile, mediaStart: number): Buffer {
  const { items } = file;
  const infos = items.map(({ type }, index) =>
    fullBox(
      "infe",
      2,
      type === "Exif" || type === "mime" ? 1 : 0,
      uint16(index + 1),
      uint16(0),
      Buffer.from(`${type}\0${type === "mime" ? "application/rdf+xml\0" : ""}`, "latin1"),
    ),
  );
  let offset = mediaStart;
  const locations = items.map(({ payload }, index) => {
    const entry = Buffer.concat([
      uint16(index + 1),
      uint16(0),
      uint16(1),
      uint32(offset),
      uint32(payload.length),
    ]);
    offset += payload.length;
    return entry;
  });
  const associated = items.flatMap(({ properties = [] }, index) => {
    const places = Buffer.from([properties.length, ...properties.map((place) => place | 0x80)]);
    return properties.length > 0 ? [Buffer.concat([uint16(index + 1), places])] : [];
  });
  const references = (file.references ?? []).map(({ type, from, to }) =>
    box(type, uint16(from), uint16(to.length), ...to.map(uint16)),
  );
  return fullBox(
    "meta",
    0,
    0,
    fullBox("hdlr", 0, 0, uint32(0), Buffer.from("pict", "latin1"), Buffer.alloc(13)),
    fullBox("pitm", 0, 0, uint16(1)),
    fullBox("iloc", 0, 0, Uint8Array.of(0x44, 0), uint16(items.length), ...locations),
    fullBox("iinf", 0, 0, uint16(items.length), ...infos),
    ...(references.length ? [fullBox("iref", 0, 0, ...references)] : []),
    box(
      "iprp",
      box("ipco", ...file.properties),
      fullBox("ipma", 0, 0, uint32(associated.length), ...associated),
    ),
  );
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
