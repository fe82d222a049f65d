// Which format a file is of, by its first bytes, and what reads its header.
import { type SourceFormat, sourceFormats } from "../../schema/facts.ts";
import { readBmp } from "../formats/bmp/facts.ts";
import { isBmp } from "../formats/bmp/header.ts";
import { ascii } from "../formats/bytes/ascii.ts";
import type { ByteReader, Reading } from "../formats/bytes/byte-reader.ts";
import type { StoredFacts } from "../formats/facts.ts";
import { isGif } from "../formats/gif/blocks.ts";
import { readGif } from "../formats/gif/facts.ts";
import { heifFormatOf, readHeif } from "../formats/heif/facts.ts";
import { isIco } from "../formats/ico/directory.ts";
import { readIco } from "../formats/ico/facts.ts";
import { readJpeg } from "../formats/jpeg/facts.ts";
import { isJpeg } from "../formats/jpeg/segments.ts";
import { isPng } from "../formats/png/chunks.ts";
import { readPng } from "../formats/png/facts.ts";
import { readSvg } from "../formats/svg/facts.ts";
import { isTiff } from "../formats/tiff/directory.ts";
import { readTiff } from "../formats/tiff/facts.ts";
import { readWebp } from "../formats/webp/facts.ts";
import { isWebp } from "../formats/webp/riff.ts";

/** As many bytes as any format needs to be told by. */
export const sniffedBytes = 64;

type Reader = (
  reader: ByteReader,
  publish: (facts: StoredFacts) => void,
  head: Uint8Array,
) => Reading<StoredFacts | null>;

interface Signature {
  /** By the first `sniffedBytes` of a file, or all that there are. */
  readonly isOf: (head: Uint8Array) => boolean;
  readonly read: Reader;
}

const heifOf = (head: Uint8Array) =>
  ascii(head, 4, 8) === "ftyp" && head.length >= 16 ? heifFormatOf(head) : null;

/** An ftyp box names AVIF or HEIC, or only that items will tell. */
const readHeifOf: Reader = function* (reader, publish, head) {
  const named = heifOf(head);
  return named && (yield* readHeif(reader, named, publish));
};

/** Asked in the order of `sourceFormats`, SVG last: whatever begins like XML. */
const signatures = {
  jpg: { isOf: isJpeg, read: readJpeg },
  png: { isOf: isPng, read: readPng },
  gif: { isOf: isGif, read: readGif },
  webp: { isOf: isWebp, read: readWebp },
  avif: { isOf: (head) => heifOf(head) === "avif", read: readHeifOf },
  heic: { isOf: (head) => heifOf(head) !== null, read: readHeifOf },
  bmp: { isOf: isBmp, read: readBmp },
  ico: { isOf: isIco, read: readIco },
  tiff: { isOf: isTiff, read: readTiff },
  svg: { isOf: mayBeXml, read: readSvg },
} as const satisfies Record<SourceFormat, Signature>;

export interface DetectedFormat {
  readonly format: SourceFormat;
  read(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts | null>;
}

/** Null where the bytes are of no format that we know. */
export function detectFormat(head: Uint8Array): DetectedFormat | null {
  for (const format of sourceFormats) {
    const { isOf, read }: Signature = signatures[format];
    if (isOf(head)) return { format, read: (reader, publish) => read(reader, publish, head) };
  }
  return null;
}

/** Looks past byte order marks and white space; UTF-16 has a zero beside every letter. */
function mayBeXml(head: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(ascii(head));
}
