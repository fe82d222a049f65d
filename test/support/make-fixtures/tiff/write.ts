// Writes TIFFs of every kind from numbers: cut into strips or tiles, packed, predicted, planar, classic or big.
import { pack } from "./pack.ts";

export interface TiffSpec {
  readonly width: number;
  readonly height: number;
  /** Numbers of all samples, pixel by pixel; of floats from 0 to 1. */
  readonly values: ArrayLike<number>;
  readonly samples: number;
  readonly bits: number;
  readonly photometric: number;
  readonly format?: "unsigned" | "signed" | "float";
  readonly compression?: number;
  readonly predictor?: 1 | 2 | 3;
  readonly isPlanar?: boolean;
  readonly tile?: readonly [width: number, height: number];
  readonly rowsPerStrip?: number;
  readonly isReversed?: boolean;
  readonly isBig?: boolean;
  readonly isBigEndian?: boolean;
  readonly faxOptions?: number;
  readonly extra?: readonly number[];
  /** Packed pieces that are not made from the values: JPEGs, subsampled colours. */
  readonly pieces?: readonly Uint8Array[];
  /** More entries: short numbers, or bytes of type 7. */
  readonly tags?: Readonly<Record<number, readonly number[] | Uint8Array>>;
  /** Without these. */
  readonly without?: readonly number[];
  /** Strips lie from the last to the first. */
  readonly isBackwards?: boolean;
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

export function writeTiff(spec: TiffSpec): Buffer {
  const big = spec.isBigEndian ?? false;
  const isBig = spec.isBig ?? false;
  const pieces = spec.pieces ?? piecesOf(spec);
  const header = isBig ? 16 : 8;
  let at = header;
  const places: number[] = Array.from({ length: pieces.length }, () => 0);
  const order = [...pieces.keys()];
  if (spec.isBackwards) order.reverse();
  for (const index of order) {
    places[index] = at;
    at += (pieces[index]?.length ?? 0) + ((pieces[index]?.length ?? 0) & 1);
  }
  const long = (values: readonly number[]) => numbers(values, isBig ? 8 : 4, big);
  const short = (values: readonly number[]) => numbers(values, 2, big);
  const entries: Entry[] = [];
  const add = (tag: number, type: number, count: number, bytes: Uint8Array) => {
    if (!spec.without?.includes(tag)) entries.push({ tag, type, count, bytes });
  };
  const shorts = (tag: number, values: readonly number[]) => add(tag, 3, values.length, short(values));
  const longs = (tag: number, values: readonly number[]) =>
    add(tag, isBig ? 16 : 4, values.length, long(values));
  longs(256, [spec.width]);
  longs(257, [spec.height]);
  shorts(258, Array(spec.samples).fill(spec.bits));
  shorts(259, [spec.compression ?? 1]);
  shorts(262, [spec.photometric]);
  if (spec.isReversed) shorts(266, [2]);
  shorts(277, [spec.samples]);
  shorts(284, [spec.isPlanar ? 2 : 1]);
  const lengths = pieces.map(({ length }) => length);
  if (spec.tile) {
    longs(322, [spec.tile[0]]);
    longs(323, [spec.tile[1]]);
    longs(324, places);
    longs(325, lengths);
  } else {
    longs(273, places);
    longs(278, [spec.rowsPerStrip ?? spec.height]);
    longs(279, lengths);
  }
  if (spec.faxOptions !== undefined) longs(292, [spec.faxOptions]);
  if (spec.predictor) shorts(317, [spec.predictor]);
  if (spec.extra) shorts(338, spec.extra);
  if (spec.format) shorts(339, Array(spec.samples).fill({ unsigned: 1, signed: 2, float: 3 }[spec.format]));
  for (const [tag, value] of Object.entries(spec.tags ?? {})) {
    if (value instanceof Uint8Array) add(Number(tag), 7, value.length, value);
    else shorts(Number(tag), value);
  }
  entries.sort((one, other) => one.tag - other.tag);
  return laidOut(entries, { pieces, places, end: at, isBig, big });
}

interface Layout {
  readonly pieces: readonly Uint8Array[];
  readonly places: readonly number[];
  readonly end: number;
  readonly isBig: boolean;
  readonly big: boolean;
}

function laidOut(entries: readonly Entry[], { pieces, places, end, isBig, big }: Layout): Buffer {
  const room = isBig ? 8 : 4;
  const entryBytes = isBig ? 20 : 12;
  const directory = end;
  let free = directory + (isBig ? 8 : 2) + entries.length * entryBytes + room;
  const file = Buffer.alloc(
    entries.reduce((sum, { bytes }) => sum + (bytes.length > room ? bytes.length + 1 : 0), free),
  );
  const put = (value: number, at: number, bytes: number) => file.set(numbers([value], bytes, big), at);
  file.write(big ? "MM" : "II", 0, "latin1");
  put(isBig ? 43 : 42, 2, 2);
  if (isBig) put(8, 4, 2);
  put(directory, isBig ? 8 : 4, room);
  for (const [index, piece] of pieces.entries()) file.set(piece, places[index] ?? 0);
  put(entries.length, directory, isBig ? 8 : 2);
  let at = directory + (isBig ? 8 : 2);
  for (const { tag, type, count, bytes } of entries) {
    put(tag, at, 2);
    put(type, at + 2, 2);
    put(count, at + 4, room);
    if (bytes.length > room) {
      put(free, at + 4 + room, room);
      file.set(bytes, free);
      free += bytes.length + (bytes.length & 1);
    } else file.set(bytes, at + 4 + room);
    at += entryBytes;
  }
  return file;
}

function numbers(values: readonly number[], bytes: number, big: boolean): Uint8Array {
  const out = Buffer.alloc(values.length * bytes);
  for (const [index, value] of values.entries()) {
    const at = index * bytes;
    if (bytes === 8) big ? out.writeBigUInt64BE(BigInt(value), at) : out.writeBigUInt64LE(BigInt(value), at);
    else big ? out.writeUIntBE(value, at, bytes) : out.writeUIntLE(value, at, bytes);
  }
  return out;
}

function piecesOf(spec: TiffSpec): Uint8Array[] {
  const { width, height, samples } = spec;
  const [across, down] = spec.tile ?? [width, Math.min(height, spec.rowsPerStrip ?? height)];
  const planes = spec.isPlanar
    ? Array.from({ length: samples }, (_, plane) => [plane])
    : [[...Array(samples).keys()]];
  const pieces: Uint8Array[] = [];
  for (const plane of planes) {
    for (let y = 0; y < height; y += down) {
      for (let x = 0; x < width; x += across) {
        const rows = spec.tile ? down : Math.min(down, height - y);
        const lines = Array.from({ length: rows }, (_, row) => line(spec, plane, x, y + row, across));
        const packed = pack(Buffer.concat(lines), {
          compression: spec.compression ?? 1,
          width: across,
          faxOptions: spec.faxOptions ?? 0,
        });
        pieces.push(spec.isReversed ? packed.map(reversedBits) : packed);
      }
    }
  }
  return pieces;
}

const reversedBits = (byte: number) =>
  Number.parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2);

/** What is beyond the picture is 0. */
function line(spec: TiffSpec, plane: readonly number[], x: number, y: number, count: number): Uint8Array {
  const { width, height, values, samples, bits, format, predictor } = spec;
  const numbersOf = Array.from({ length: count * plane.length }, (_, index) => {
    const column = x + Math.floor(index / plane.length);
    const sample = plane[index % plane.length] ?? 0;
    return column < width && y < height ? (values[(y * width + column) * samples + sample] ?? 0) : 0;
  });
  if (format === "float") return floatLine(numbersOf, spec, plane.length);
  const most = 2 ** bits;
  const wanted =
    predictor === 2
      ? numbersOf.map(
          (value, index) =>
            (value - (index < plane.length ? 0 : (numbersOf[index - plane.length] ?? 0)) + most) % most,
        )
      : numbersOf;
  if (bits % 8 === 0)
    return Buffer.concat(
      wanted.map((value) => numbers([value < 0 ? value + most : value], bits / 8, spec.isBigEndian ?? false)),
    );
  const text = wanted.map((value) => value.toString(2).padStart(bits, "0")).join("");
  return Uint8Array.from({ length: Math.ceil(text.length / 8) }, (_, byte) =>
    Number.parseInt(text.slice(byte * 8, byte * 8 + 8).padEnd(8, "0"), 2),
  );
}

/** Predictor 3: the first bytes of all, then the second ones, and each the difference from the one before (Adobe's technical note 3). */
function floatLine(
  values: readonly number[],
  { bits, predictor, isBigEndian = false }: TiffSpec,
  step: number,
): Uint8Array {
  const bytes = bits / 8;
  const row = Buffer.alloc(values.length * bytes);
  const isTurned = predictor === 3;
  const big = isBigEndian || isTurned;
  for (const [index, value] of values.entries()) {
    const at = index * bytes;
    const view = new DataView(row.buffer, row.byteOffset);
    if (bytes === 4) view.setFloat32(at, value, !big);
    else if (bytes === 8) view.setFloat64(at, value, !big);
    else view.setFloat16(at, value, !big);
  }
  if (!isTurned) return row;
  const turned = Uint8Array.from(
    row,
    (_, at) => row[(at % values.length) * bytes + Math.floor(at / values.length)] ?? 0,
  );
  return turned.map((byte, at) => byte - (at < step ? 0 : (turned[at - step] ?? 0)));
}
