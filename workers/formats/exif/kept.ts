// An EXIF block written anew with what an uploader allowed: no second picture, no maker's secrets, and a place only where they said so.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { viewOf } from "../bytes/numbers.ts";
import { withoutPrefix } from "./block.ts";

/** Numbers of tags, single or from..to (EXIF 3.0; the names are there). */
type Tags = readonly (number | readonly [from: number, to: number])[];

/** Title, camera, orientation, resolution, program, time, author, copyright, and what Windows writes. */
const imageTags: Tags = [
  ...[0x010d, 0x010e, 0x010f, 0x0110, 0x0112, 0x011a, 0x011b, 0x0128, 0x0131, 0x0132, 0x013b, 0x0213],
  ...[0x4746, 0x4749, 0x8298],
  [0x9c9b, 0x9c9f],
];

/** Exposure, times, lens, scene, who and with what. Without MakerNote (0x927c): nobody can read what is in it. */
const cameraTags: Tags = [
  ...[0x829a, 0x829d, 0x8822, 0x8824, 0x8827],
  [0x8830, 0x8835],
  [0x9000, 0x9004],
  [0x9010, 0x9012],
  [0x9101, 0x920a],
  0x9214,
  ...[0x9286, 0x9290, 0x9291, 0x9292],
  [0x9400, 0x9405],
  ...[0xa000, 0xa001, 0xa002, 0xa003, 0xa20b],
  [0xa20e, 0xa217],
  [0xa300, 0xa302],
  [0xa401, 0xa40c],
  0xa420,
  [0xa430, 0xa43d],
  [0xa460, 0xa462],
  0xa500,
];
const placeTags: Tags = [[0x00, 0x20]];

const ORIENTATION = 0x0112;
const CAMERA_DIRECTORY = 0x8769;
const PLACE_DIRECTORY = 0x8825;

/** No text of a camera or a person is longer; a picture would be. */
const MAX_VALUE_BYTES = 4_096;
/** Bytes of one value, by type code. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8] as const;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Uint8Array;
}

/**
 * A TIFF structure without "Exif\0\0", never longer than the one given (which may have that in front); null where nothing
 * could be read. `orientation` overrides the block's own, for pictures that have been turned.
 */
export function keptExif(
  block: Uint8Array,
  kept: Extract<MetadataKept, "keep" | "keep_with_location">,
  orientation?: number,
): Uint8Array | null {
  const view = viewOf(withoutPrefix(block));
  const little = view.byteLength >= 8 && view.getUint16(0) === 0x4949;
  if (view.byteLength < 8 || view.getUint16(2, little) !== 42) return null;
  const first = entriesAt(view, view.getUint32(4, little), little);
  const inside = (tag: number) => {
    const pointer = first.find((entry) => entry.tag === tag && entry.type === LONG)?.value;
    if (!pointer) return [];
    return entriesAt(view, new DataView(pointer.buffer, pointer.byteOffset).getUint32(0, little), little);
  };
  const image = allowed(first, imageTags).map((entry) =>
    entry.tag === ORIENTATION && orientation !== undefined ? oriented(orientation, little) : entry,
  );
  const camera = allowed(inside(CAMERA_DIRECTORY), cameraTags);
  const place = kept === "keep_with_location" ? allowed(inside(PLACE_DIRECTORY), placeTags) : [];
  const written = write(little, image, camera, place);
  // Values that lie over each other would come out longer than they were.
  return image.length + camera.length + place.length > 0 && written.length <= view.byteLength
    ? written
    : null;
}

const SHORT = 3;
const LONG = 4;

function entriesAt(view: DataView, offset: number, little: boolean): readonly Entry[] {
  if (offset < 8 || offset + 2 > view.byteLength) return [];
  const count = view.getUint16(offset, little);
  const entries = new Map<number, Entry>();
  for (let at = offset + 2; at + 12 <= view.byteLength && at < offset + 2 + count * 12; at += 12) {
    const entry = { tag: view.getUint16(at, little), type: view.getUint16(at + 2, little) };
    const values = view.getUint32(at + 4, little);
    const length = (valueBytes[entry.type] ?? 0) * values;
    const from = length > 4 ? view.getUint32(at + 8, little) : at + 8;
    if (length === 0 || length > MAX_VALUE_BYTES || from + length > view.byteLength) continue;
    if (entries.has(entry.tag)) continue;
    const value = new Uint8Array(view.buffer, view.byteOffset + from, length);
    entries.set(entry.tag, { ...entry, count: values, value });
  }
  return [...entries.values()].toSorted((one, other) => one.tag - other.tag);
}

/** Whether a tag of a picture's own directory tells no place. */
export const isImageTag = (tag: number) => isAmong(imageTags, tag);

const isAmong = (tags: Tags, tag: number) =>
  tags.some((one) => (typeof one === "number" ? one === tag : one[0] <= tag && tag <= one[1]));

function allowed(entries: readonly Entry[], tags: Tags): readonly Entry[] {
  return entries.filter(({ tag }) => isAmong(tags, tag));
}

function oriented(orientation: number, little: boolean): Entry {
  const value = new Uint8Array(2);
  new DataView(value.buffer).setUint16(0, orientation, little);
  return { tag: ORIENTATION, type: SHORT, count: 1, value };
}

/** Three directories one behind the other, then the values that do not fit into them. */
function write(
  little: boolean,
  image: readonly Entry[],
  camera: readonly Entry[],
  place: readonly Entry[],
): Uint8Array {
  const directoryBytes = (entries: number) => 2 + entries * 12 + 4;
  const pointers = [camera, place].filter((entries) => entries.length > 0).length;
  const cameraAt = 8 + directoryBytes(image.length + pointers);
  const placeAt = cameraAt + (camera.length > 0 ? directoryBytes(camera.length) : 0);
  let free = placeAt + (place.length > 0 ? directoryBytes(place.length) : 0);
  const spilled = [...image, ...camera, ...place].reduce(
    (sum, { value }) => sum + (value.length > 4 ? even(value.length) : 0),
    0,
  );
  const bytes = new Uint8Array(free + spilled);
  const view = new DataView(bytes.buffer);
  const pointer = (tag: number, to: number): Entry => {
    const value = new Uint8Array(4);
    new DataView(value.buffer).setUint32(0, to, little);
    return { tag, type: LONG, count: 1, value };
  };
  const directory = (at: number, entries: readonly Entry[]) => {
    view.setUint16(at, entries.length, little);
    for (const [index, { tag, type, count, value }] of entries.entries()) {
      const entry = at + 2 + index * 12;
      view.setUint16(entry, tag, little);
      view.setUint16(entry + 2, type, little);
      view.setUint32(entry + 4, count, little);
      bytes.set(value, value.length > 4 ? free : entry + 8);
      if (value.length <= 4) continue;
      view.setUint32(entry + 8, free, little);
      free += even(value.length);
    }
  };
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  const links = [
    ...(camera.length > 0 ? [pointer(CAMERA_DIRECTORY, cameraAt)] : []),
    ...(place.length > 0 ? [pointer(PLACE_DIRECTORY, placeAt)] : []),
  ];
  directory(
    8,
    [...image, ...links].toSorted((one, other) => one.tag - other.tag),
  );
  if (camera.length > 0) directory(cameraAt, camera);
  if (place.length > 0) directory(placeAt, place);
  return bytes;
}

/** Values begin at even offsets. */
const even = (length: number) => length + (length & 1);
