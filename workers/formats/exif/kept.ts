// An EXIF block written anew with what an uploader allowed: no second picture, no maker's secrets, and a place only where they said so.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { viewOf } from "../bytes/numbers.ts";
import { entriesIn, headerBytes, headerIn, tableAt, tags, types } from "../tiff/directory.ts";
import { directoryPlaces, longEntry, type NewEntry, shortEntry, writeTiff } from "../tiff/write.ts";
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

const CAMERA_DIRECTORY = 0x8769;
const PLACE_DIRECTORY = 0x8825;

/** No text of a camera or a person is longer; a picture would be. */
const MAX_VALUE_BYTES = 4_096;

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
  const header = headerIn(view);
  if (!header) return null;
  const { little } = header;
  const first = entriesAt(view, header.first, little);
  const inside = (tag: number) => {
    const pointer = first.find((entry) => entry.tag === tag && entry.type === types.long)?.value;
    if (!pointer) return [];
    return entriesAt(view, viewOf(pointer).getUint32(0, little), little);
  };
  const image = allowed(first, imageTags).map((entry) =>
    entry.tag === tags.orientation && orientation !== undefined
      ? shortEntry(tags.orientation, orientation, little)
      : entry,
  );
  const camera = allowed(inside(CAMERA_DIRECTORY), cameraTags);
  const place = kept === "keep_with_location" ? allowed(inside(PLACE_DIRECTORY), placeTags) : [];
  const written = write(little, image, camera, place);
  // Values that lie over each other would come out longer than they were.
  return image.length + camera.length + place.length > 0 && written.length <= view.byteLength
    ? written
    : null;
}

function entriesAt(view: DataView, offset: number, little: boolean): readonly NewEntry[] {
  if (offset < headerBytes) return [];
  const entries = new Map<number, NewEntry>();
  const table = tableAt(view, offset, little);
  for (const { tag, type, count, unit = 0, pointer, inline } of entriesIn(table, little)) {
    const length = unit * count;
    const from = length > 4 ? pointer : table.byteOffset - view.byteOffset + inline;
    if (length === 0 || length > MAX_VALUE_BYTES || from + length > view.byteLength) continue;
    if (entries.has(tag)) continue;
    entries.set(tag, {
      tag,
      type,
      count,
      value: new Uint8Array(view.buffer, view.byteOffset + from, length),
    });
  }
  return [...entries.values()].toSorted((one, other) => one.tag - other.tag);
}

/** Whether a tag of a picture's own directory tells no place. */
export const isImageTag = (tag: number) => isAmong(imageTags, tag);

const isAmong = (tags: Tags, tag: number) =>
  tags.some((one) => (typeof one === "number" ? one === tag : one[0] <= tag && tag <= one[1]));

function allowed(entries: readonly NewEntry[], tags: Tags): readonly NewEntry[] {
  return entries.filter(({ tag }) => isAmong(tags, tag));
}

/** Three directories: the picture's own, and those it points to where they say something. */
function write(
  little: boolean,
  image: readonly NewEntry[],
  camera: readonly NewEntry[],
  place: readonly NewEntry[],
): Uint8Array {
  const inner = [
    { tag: CAMERA_DIRECTORY, entries: camera },
    { tag: PLACE_DIRECTORY, entries: place },
  ].filter(({ entries }) => entries.length > 0);
  const counts = [image.length + inner.length, ...inner.map(({ entries }) => entries.length)];
  const [, ...places] = directoryPlaces(counts);
  const links = inner.map(({ tag }, index) => longEntry(tag, places[index] ?? 0, little));
  const outer = [...image, ...links].toSorted((one, other) => one.tag - other.tag);
  return writeTiff([outer, ...inner.map(({ entries }) => entries)], { little, align: 2 });
}
