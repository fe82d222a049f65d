// IPTC-IIM inside Photoshop's resources, written anew with what an uploader allowed.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";

const SIGNATURE = "Photoshop 3.0\0";
const IPTC_RESOURCE = 0x0404;
const DATASET_MARK = 0x1c;

/** The text's encoding (1:90), and of the second record what describes a picture; from 200 on stands a preview of it. */
const ENVELOPE_RECORD = 1;
const ENCODING = 90;
const PICTURE_RECORD = 2;
const LAST_DESCRIPTION = 135;
/** Code and name of the content's place, city, part of it, state, country's code and name. */
const places: ReadonlySet<number> = new Set([26, 27, 90, 92, 95, 100, 101]);
const MAX_VALUE_BYTES = 4_096;

/** The body of an APP13 segment; null where nothing of it may stay. */
export function keptIptc(body: Uint8Array, kept: MetadataKept): Uint8Array | null {
  if (kept === "none" || kept === "copyright" || ascii(body, 0, SIGNATURE.length) !== SIGNATURE) return null;
  const old = iptcIn(body);
  const sets = old ? datasetsOf(old).filter((set) => isAllowed(set, kept === "keep_with_location")) : [];
  if (!sets.some(({ record }) => record === PICTURE_RECORD)) return null;
  const length = sets.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const resourceAt = SIGNATURE.length;
  const written = new Uint8Array(resourceAt + 12 + length + (length & 1));
  written.set(body.subarray(0, resourceAt));
  written.set([0x38, 0x42, 0x49, 0x4d, IPTC_RESOURCE >> 8, IPTC_RESOURCE & 255, 0, 0], resourceAt);
  new DataView(written.buffer).setUint32(resourceAt + 8, length);
  let at = resourceAt + 12;
  for (const { bytes } of sets) {
    written.set(bytes, at);
    at += bytes.length;
  }
  return written;
}

/** Photoshop File Formats, "Image resource blocks": mark, id, name, length, data; each padded to an even length. */
function iptcIn(body: Uint8Array): Uint8Array | null {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let at = SIGNATURE.length; at + 12 <= body.length && ascii(body, at, at + 4) === "8BIM"; ) {
    const nameBytes = 1 + (body[at + 6] ?? 0);
    const sizeAt = at + 6 + nameBytes + (nameBytes & 1);
    if (sizeAt + 4 > body.length) return null;
    const length = view.getUint32(sizeAt);
    const end = sizeAt + 4 + length;
    if (end > body.length) return null;
    if (view.getUint16(at + 4) === IPTC_RESOURCE) return body.subarray(sizeAt + 4, end);
    at = end + (length & 1);
  }
  return null;
}

interface Dataset {
  readonly record: number;
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** IIM 4.2, section 1.6: a mark, record, number, a length of two bytes. Extended lengths end the walk. */
function datasetsOf(data: Uint8Array): readonly Dataset[] {
  const sets: Dataset[] = [];
  for (let at = 0; at + 5 <= data.length && data[at] === DATASET_MARK; ) {
    const length = ((data[at + 3] ?? 0) << 8) | (data[at + 4] ?? 0);
    const end = at + 5 + length;
    if (end > data.length || length > MAX_VALUE_BYTES) break;
    sets.push({ record: data[at + 1] ?? 0, number: data[at + 2] ?? 0, bytes: data.subarray(at, end) });
    at = end;
  }
  return sets;
}

function isAllowed({ record, number }: Dataset, isPlaceAllowed: boolean): boolean {
  if (record === ENVELOPE_RECORD) return number === ENCODING;
  return record === PICTURE_RECORD && number <= LAST_DESCRIPTION && (isPlaceAllowed || !places.has(number));
}
