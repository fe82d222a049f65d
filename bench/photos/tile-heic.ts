// A phone-sized HEIC out of a small one: its tiles, laid out again and again in a larger grid. Nothing on npm writes HEVC.

/** ISO/IEC 14496-12: length, type, body. */
function box(type: string, ...body: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(body);
  return Buffer.concat([uint32(content.length + 8), Buffer.from(type, "latin1"), content]);
}
const fullBox = (type: string, version: number, flags: number, ...body: readonly Uint8Array[]) =>
  box(type, Uint8Array.of(version, 0, 0, flags), ...body);

const uint16 = (value: number) => Uint8Array.of(value >> 8, value & 255);
const uint32 = (value: number) =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

/** The first box of this type, wherever it is: enough for a file of our own making. */
function find(file: Buffer, type: string, from = 0): Buffer {
  const at = file.indexOf(type, from, "latin1") - 4;
  if (at < 0) throw new Error(`the HEIC has no ${type}`);
  return file.subarray(at, at + file.readUInt32BE(at));
}

interface Extent {
  readonly id: number;
  readonly data: Buffer;
}

/** Version 0 with offsets and lengths of four bytes, one extent an item. */
function extentsOf(file: Buffer): Extent[] {
  const iloc = find(file, "iloc");
  return Array.from({ length: iloc.readUInt16BE(14) }, (_, index) => {
    const at = 16 + index * 14;
    const offset = iloc.readUInt32BE(at + 6);
    return { id: iloc.readUInt16BE(at), data: file.subarray(offset, offset + iloc.readUInt32BE(at + 10)) };
  });
}

const tileSide = 512;
const gridItem = 1;

/** `small` is a grid itself: item 1 is the grid and items 2 to 7 are its tiles of 512 x 512, in `hvc1`. */
export function tileHeic(small: Buffer, width: number, height: number): Buffer {
  const sources = extentsOf(small).filter(({ id }) => id >= 2 && id <= 7);
  const columns = Math.ceil(width / tileSide);
  const rows = Math.ceil(height / tileSide);
  const tiles = Array.from({ length: columns * rows }, (_, at) => {
    // A step of five over six tiles, so that neighbours differ and so do rows.
    const source = sources[(at * 5 + Math.floor(at / columns)) % sources.length];
    if (!source) throw new Error("the HEIC has no tiles");
    return { id: gridItem + 1 + at, data: source.data };
  });
  const grid = Buffer.concat([Uint8Array.of(0, 0, rows - 1, columns - 1), uint16(width), uint16(height)]);
  const items = [{ id: gridItem, data: grid }, ...tiles];
  const head = box("ftyp", Buffer.from("heic\0\0\0\0mif1heic", "latin1"));
  const metaLength = describe(items, small, width, height, 0).length;
  const meta = describe(items, small, width, height, head.length + metaLength + 8);
  return Buffer.concat([head, meta, box("mdat", ...items.map(({ data }) => data))]);
}

/** The `meta` box, for items that lie one after the other from `start` on. */
function describe(
  items: readonly Extent[],
  small: Buffer,
  width: number,
  height: number,
  start: number,
): Buffer {
  const entries = items.map(({ id }) =>
    fullBox(
      "infe",
      2,
      id === gridItem ? 0 : 1,
      uint16(id),
      uint16(0),
      Buffer.from(id === gridItem ? "grid\0" : "hvc1\0", "latin1"),
    ),
  );
  let offset = start;
  const places = items.map(({ id, data }) => {
    const place = Buffer.concat([uint16(id), uint16(0), uint16(1), uint32(offset), uint32(data.length)]);
    offset += data.length;
    return place;
  });
  const tiles = items.slice(1).map(({ id }) => uint16(id));
  const size = (...sides: readonly number[]) => fullBox("ispe", 0, 0, ...sides.map(uint32));
  const properties = box("ipco", size(width, height), size(tileSide, tileSide), find(small, "hvcC"));
  // Which properties an item has; the high bit says that they must be understood.
  const uses = items.map(({ id }) =>
    Buffer.concat([uint16(id), id === gridItem ? Uint8Array.of(1, 1) : Uint8Array.of(2, 2, 0x83)]),
  );
  return fullBox(
    "meta",
    0,
    0,
    find(small, "hdlr"),
    fullBox("pitm", 0, 0, uint16(gridItem)),
    fullBox("iloc", 0, 0, Uint8Array.of(0x44, 0), uint16(items.length), ...places),
    fullBox("iinf", 0, 0, uint16(items.length), ...entries),
    fullBox("iref", 0, 0, box("dimg", uint16(gridItem), uint16(tiles.length), ...tiles)),
    box("iprp", properties, fullBox("ipma", 0, 0, uint32(items.length), ...uses)),
  );
}
