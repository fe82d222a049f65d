// A TIFF's rows of RGBA from the top down: a few at a time out of a strip, a tile's height at a time out of tiles.
import type { TiffPicture } from "../../../formats/tiff/picture.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { tiffBatchBytes } from "../../plan/tiff-memory.ts";
import { paintOf } from "./paint.ts";
import type { PlaneReader } from "./plane-reader.ts";
import { spreadOf } from "./samples.ts";
import { type Grouping, groupingOf, isSubsampled, unfold } from "./subsampled.ts";

/** Brings rows as they lie in planes to pixels: `count` of each of `rows` rows, to `at` and every `stride` pixels from there. */
type Pixelate = (planes: readonly Uint8Array[], rows: number, count: number, target: Target) => void;

interface Target {
  readonly pixels: Uint32Array;
  readonly at: number;
  readonly stride: number;
}

/** One reader a plane. What is handed out is used again. */
export async function* rgbaRows(
  picture: TiffPicture,
  planes: readonly PlaneReader[],
): AsyncGenerator<Uint8ClampedArray, void> {
  const { height, piece, places } = picture;
  const down = Math.ceil(height / piece.height);
  const piecesAPlane = places.length / planes.length;
  const across = piecesAPlane / down;
  const begin = async (index: number) => {
    for (const [plane, reader] of planes.entries()) {
      const place = places[plane * piecesAPlane + index];
      if (place) await reader.begin(place);
    }
  };
  const room = roomFor(picture, planes.length);
  for (let row = 0; row < down; row++) {
    const rows = Math.min(piece.height, height - row * piece.height);
    if (picture.isTiled)
      yield await tiles(picture, planes, room, rows, (column) => begin(row * across + column));
    else {
      await begin(row);
      yield* strip(picture, planes, room, rows);
    }
  }
}

/** Made once for all strips or tiles: thousands of them would leave as much garbage behind as the picture is large. */
interface Room {
  readonly pixelate: Pixelate;
  readonly grouping: Grouping;
  readonly groupBytes: number;
  /** Rows that come at a time. */
  readonly batch: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
  /** As they are unpacked, plane by plane. */
  readonly raw: readonly Uint8Array[];
}

function roomFor(picture: TiffPicture, planes: number): Room {
  const { width, isTiled, piece } = picture;
  const grouping = groupingOf(picture);
  const groupBytes = grouping.bytes(piece.width);
  const bytesOfGroup = groupBytes * planes + 4 * width * grouping.rows;
  const groups = Math.max(1, Math.floor(tiffBatchBytes / bytesOfGroup));
  const batch = isTiled ? piece.height : Math.min(piece.height, groups * grouping.rows);
  const rawBytes = Math.ceil(batch / grouping.rows) * groupBytes;
  return {
    pixelate: pixelateOf(picture),
    grouping,
    groupBytes,
    batch,
    pixels: new Uint32Array(width * Math.min(batch, picture.height)),
    raw: Array.from({ length: planes }, () => new Uint8Array(rawBytes)),
  };
}

/** As much of what is raw as so many rows take. */
const rawOf = ({ raw, grouping, groupBytes }: Room, rows: number) =>
  raw.map((bytes) => bytes.subarray(0, Math.ceil(rows / grouping.rows) * groupBytes));

async function* strip(
  { width }: TiffPicture,
  planes: readonly PlaneReader[],
  room: Room,
  rows: number,
): AsyncGenerator<Uint8ClampedArray, void> {
  const { batch, pixels, groupBytes, pixelate } = room;
  for (let left = rows; left > 0; left -= batch) {
    const now = Math.min(batch, left);
    const raw = rawOf(room, now);
    for (const [plane, bytes] of raw.entries()) await planes[plane]?.fill(bytes, groupBytes);
    pixelate(raw, now, width, { pixels, at: 0, stride: width });
    await breathe(msOf(now * width));
    yield new Uint8ClampedArray(pixels.buffer, 0, now * width * 4);
  }
}

async function tiles(
  { width, piece }: TiffPicture,
  planes: readonly PlaneReader[],
  room: Room,
  rows: number,
  begin: (column: number) => Promise<void>,
): Promise<Uint8ClampedArray> {
  const { pixels, groupBytes, pixelate } = room;
  const raw = rawOf(room, rows);
  for (let column = 0, x = 0; x < width; column++, x += piece.width) {
    await begin(column);
    for (const [plane, bytes] of raw.entries()) await planes[plane]?.fill(bytes, groupBytes);
    pixelate(raw, rows, Math.min(piece.width, width - x), { pixels, at: x, stride: width });
    await breathe(msOf(rows * piece.width));
  }
  return new Uint8ClampedArray(pixels.buffer, 0, width * rows * 4);
}

/** About what unpacking and painting take. */
const msOf = (pixels: number) => pixels / 60_000;

function pixelateOf(picture: TiffPicture): Pixelate {
  const { samples, isPlanar, bits, sampleFormat, width, piece, subsampling } = picture;
  const paint = paintOf(picture);
  const grouping = groupingOf(picture);
  const row = (planes: readonly Uint8Array[], plane: number, y: number) => {
    const bytes = grouping.bytes(isWide ? width : piece.width);
    const start = Math.floor(y / grouping.rows) * bytes;
    return (planes[plane] ?? nothing).subarray(start, start + bytes);
  };
  const isWide = !picture.isTiled;
  const values = new Uint8Array(samples * Math.max(width, piece.width));
  const isDirect = bits === 8 && sampleFormat === "unsigned" && !isPlanar;
  const spread = spreadOf(picture);
  const valuesOf = (planes: readonly Uint8Array[], y: number, count: number): Uint8Array => {
    if (isSubsampled(picture)) unfold(row(planes, 0, y), y % grouping.rows, subsampling, count, values);
    else if (isDirect) return row(planes, 0, y);
    else if (!isPlanar) spread(row(planes, 0, y), count * samples, values, 0, 1);
    else for (const plane of planes.keys()) spread(row(planes, plane, y), count, values, plane, samples);
    return values;
  };
  return (planes, rows, count, { pixels, at, stride }) => {
    for (let y = 0; y < rows; y++) paint(valuesOf(planes, y, count), count, pixels, at + y * stride);
  };
}

const nothing = new Uint8Array(0);
