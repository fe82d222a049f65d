// The pieces of a file that say their own length: boxes, chunks, segments, blocks, fields.

export interface Unit {
  readonly at: number;
  readonly end: number;
  /** Where its length is written, if it is. */
  readonly length?: { readonly at: number; readonly bytes: 2 | 4; readonly isLittle: boolean };
}

const MOST_UNITS = 2_000;

/** Of a file of this format, as far as they are sound; none where it has no structure that we know. */
export function unitsOf(file: Buffer, format: string): readonly Unit[] {
  switch (format) {
    case "png":
      return walk(8, file.length, (at) => pngChunk(file, at));
    case "jpg":
      return walk(2, file.length, (at) => jpegSegment(file, at));
    case "webp":
      return walk(12, file.length, (at) => riffChunk(file, at));
    case "avif":
    case "heic":
      return boxes(file, 0, file.length);
    case "gif":
      return walk(13, file.length, (at) => gifBlock(file, at));
    case "tiff":
      return tiffFields(file);
    default:
      return [];
  }
}

function walk(from: number, to: number, unitAt: (at: number) => Unit | undefined): Unit[] {
  const units: Unit[] = [];
  for (let at = from; at < to && units.length < MOST_UNITS; ) {
    const unit = unitAt(at);
    if (!unit || unit.end <= at || unit.end > to) break;
    units.push(unit);
    at = unit.end;
  }
  return units;
}

function pngChunk(file: Buffer, at: number): Unit | undefined {
  if (at + 12 > file.length) return undefined;
  return { at, end: at + 12 + file.readUInt32BE(at), length: { at, bytes: 4, isLittle: false } };
}

/** Padded to an even length. */
function riffChunk(file: Buffer, at: number): Unit | undefined {
  if (at + 8 > file.length) return undefined;
  const length = file.readUInt32LE(at + 4);
  return { at, end: at + 8 + length + (length % 2), length: { at: at + 4, bytes: 4, isLittle: true } };
}

/** The scan and all behind it are one. */
function jpegSegment(file: Buffer, at: number): Unit | undefined {
  if (at + 4 > file.length || file[at] !== 0xff) return undefined;
  if (file[at + 1] === 0xda) return { at, end: file.length };
  return { at, end: at + 2 + file.readUInt16BE(at + 2), length: { at: at + 2, bytes: 2, isLittle: false } };
}

/** What their own fields take before the boxes in them begin. */
const containers: Readonly<Record<string, number>> = {
  meta: 12,
  iref: 12,
  iinf: 14,
  ...{ iprp: 8, ipco: 8, moov: 8, trak: 8, mdia: 8, minf: 8, stbl: 8, dinf: 8 },
};

function boxes(file: Buffer, from: number, to: number): Unit[] {
  const units = walk(from, to, (at) => {
    if (at + 8 > to) return undefined;
    const length = file.readUInt32BE(at);
    return { at, end: length === 0 ? to : at + length, length: { at, bytes: 4, isLittle: false } };
  });
  const inner = units.flatMap(({ at, end }) => {
    const header = containers[file.toString("latin1", at + 4, at + 8)];
    return header === undefined ? [] : boxes(file, at + header, end);
  });
  return [...units, ...inner];
}

function gifBlock(file: Buffer, at: number): Unit | undefined {
  const tableBytes = (flags = 0) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  // The colours of all frames stand right behind the screen.
  const shared = tableBytes(file[10]);
  if (at === 13 && shared > 0) return { at, end: at + shared };
  const isExtension = file[at] === 0x21;
  if (!isExtension && file[at] !== 0x2c) return undefined;
  let end = isExtension ? at + 2 : at + 11 + tableBytes(file[at + 9]);
  while (end < file.length && file[end] !== 0) end += 1 + (file[end] ?? 0);
  return { at, end: end + 1 };
}

/** The entries of the first directory; their count stands where others have a length. */
function tiffFields(file: Buffer): readonly Unit[] {
  if (file.length < 16) return [];
  const isLittle = file[0] === 0x49;
  const directory = isLittle ? file.readUInt32LE(4) : file.readUInt32BE(4);
  if (directory + 2 > file.length) return [];
  const count = isLittle ? file.readUInt16LE(directory) : file.readUInt16BE(directory);
  return Array.from({ length: count }, (_, index): Unit => {
    const at = directory + 2 + 12 * index;
    return { at, end: at + 12, length: { at: at + 4, bytes: 4, isLittle } };
  }).filter(({ end }) => end <= file.length);
}
