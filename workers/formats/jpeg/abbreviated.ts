// A JPEG inside another file, which tells elsewhere what its JPEGs share: tables (T.81, annex B.5), colours, profile. Put together, they
// are a JPEG like any other.
import { lettersOf } from "../bytes/ascii.ts";
import { joined } from "../bytes/byte-reader.ts";
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";
import { iccPrefix } from "./application.ts";
import { frameSize } from "./frame.ts";
import { hasLength, isFrameHeader, isMetadata, markers } from "./markers.ts";
import { maxBodyBytes, writeSegment } from "./write.ts";

export interface SharedByJpegs {
  /** From `sharedTables`. */
  readonly tables: Uint8Array | null;
  /** As Adobe's segment tells it: 0 none, 1 YCbCr; null where the components are inks. */
  readonly transform: 0 | 1 | null;
  readonly profile: Uint8Array | undefined;
}

export interface WholeJpeg {
  readonly width: number;
  readonly height: number;
  /** Before the scan, which goes on from `scanAt` of what was given. */
  readonly front: Uint8Array;
  readonly scanAt: number;
}

const startOfImage = Uint8Array.of(0xff, markers.startOfImage);

/** Four tables for quantisation and eight of codes take 1.8 KB, and each JPEG reads them again. */
const mostTableBytes = 4_096;

/** The tables of a stream without a picture. The attack: 18,000 times the same ones, before each of 8,000 tiles. */
export function sharedTables(stream: Uint8Array): Uint8Array {
  const tables = joined(...segmentsOf(stream).segments);
  if (tables.length > mostTableBytes)
    throw new Damage("the tables that its JPEGs share are too long", { code: "unsupported" });
  return tables;
}

/** `head` must reach to the first scan. What its own segments say of colours doesn't count, nor do notes in it. */
export function wholeJpeg(head: Uint8Array, { tables, transform, profile }: SharedByJpegs): WholeJpeg {
  const own = segmentsOf(head);
  if (!own.frame) throw new Damage("a part of it has no frame header");
  const parts = [
    startOfImage,
    ...(transform === null ? [] : [adobeSegment(transform)]),
    ...(profile ? profileSegments(profile) : []),
    ...(tables ? [tables] : []),
    ...own.segments,
  ];
  return { ...own.frame, front: joined(...parts), scanAt: own.end };
}

interface Segments {
  readonly segments: readonly Uint8Array[];
  readonly frame: { readonly width: number; readonly height: number } | null;
  /** Where the first scan begins, or the end. */
  readonly end: number;
}

/** All but notes, up to the first scan. */
function segmentsOf(bytes: Uint8Array): Segments {
  const view = viewOf(bytes);
  const segments: Uint8Array[] = [];
  let frame: Segments["frame"] = null;
  let at = 0;
  while (at + 4 <= bytes.length) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0;
    if (marker === markers.startOfScan || marker === markers.endOfImage) return { segments, frame, end: at };
    if (marker === 0 || marker === 0xff || !hasLength(marker)) {
      at += marker === 0 || marker === 0xff ? 1 : 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) break;
    if (isFrameHeader(marker) && end >= at + 9) frame = frameSize(view, at + 4);
    if (!isMetadata(marker)) segments.push(bytes.subarray(at, end));
    at = end;
  }
  return { segments, frame, end: bytes.length };
}

function adobeSegment(transform: number): Uint8Array {
  const body = Uint8Array.of(0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform);
  return writeSegment(markers.adobe, body);
}

const profileName = lettersOf(iccPrefix);
const mostProfileBytes = maxBodyBytes - profileName.length - 2;

/** ICC.1:2022, annex B.4: in parts, which are numbered from 1. */
function profileSegments(profile: Uint8Array): Uint8Array[] {
  const count = Math.ceil(profile.length / mostProfileBytes);
  if (count > 255) return [];
  return Array.from({ length: count }, (_, index) => {
    const part = profile.subarray(index * mostProfileBytes, (index + 1) * mostProfileBytes);
    const body = new Uint8Array(profileName.length + 2 + part.length);
    body.set(profileName);
    body.set([index + 1, count], profileName.length);
    body.set(part, profileName.length + 2);
    return writeSegment(markers.icc, body);
  });
}
