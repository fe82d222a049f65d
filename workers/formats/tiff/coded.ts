// What decoding a TIFF takes, from a file that is here as a whole: depth, tiles, and the JPEGs that its strips may be.
import { viewOf } from "../bytes/numbers.ts";
import { maxPieces, PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import type { StoredFacts } from "../facts.ts";
import { frameSize } from "../jpeg/frame.ts";
import { hasLength, isFrameHeader, markers } from "../jpeg/markers.ts";
import {
  type Directory,
  entryBytes,
  headerBytes,
  headerOf,
  numbersOf,
  readEntries,
  tableAt,
  tags,
} from "./directory.ts";
import { toFacts } from "./facts.ts";

/** Old and new. */
const jpegCompressions: readonly number[] = [6, 7];
/** Nobody codes more samples a pixel. */
const maxSamples = 64;

/** Throws `Damage` where nothing can be said. */
export function tiffInFile(file: Uint8Array): StoredFacts {
  const view = viewOf(file);
  if (file.length < headerBytes) throw new Damage("the file ends too early");
  const { little, first } = headerOf(view);
  const count = first + 2 <= file.length ? view.getUint16(first, little) : 0;
  const table = tableAt(view, first, little);
  if (count === 0 || table.byteLength < count * entryBytes) throw new Damage("its directory is cut off");
  const entries = readEntries(table, little);
  const bits = entries.get(tags.bits);
  const facts = toFacts(entries, bits ? Math.max(...numbersOf(view, bits, little, maxSamples)) : 1);
  const pixels = jpegPixels(view, entries, little);
  const { coded, width, height } = facts;
  return pixels <= (coded?.pixels ?? width * height) ? facts : { ...facts, coded: { width, height, pixels } };
}

/** Of the largest JPEG among the strips or tiles. The attack: one of 65500 x 65500 in a picture of 64 x 64. */
function jpegPixels(view: DataView, entries: Directory, little: boolean): number {
  const places = entries.get(tags.stripOffsets) ?? entries.get(tags.tileOffsets);
  if (!jpegCompressions.includes(entries.get(tags.compression)?.value ?? 1) || !places) return 0;
  // What all of them share is read in front of each.
  const tables = entries.get(tags.jpegTables);
  const offsets = numbersOf(view, places, little, maxPieces).concat(tables ? [tables.value] : []);
  const count = new PieceCount();
  let pixels = 0;
  for (const offset of new Set(offsets)) pixels = Math.max(pixels, framesAt(view, offset, count));
  return pixels;
}

/** Pixels that the frame headers behind `offset` claim; 0 where there is none. Decoders pass over what is no marker. */
function framesAt(view: DataView, offset: number, count: PieceCount): number {
  let pixels = 0;
  for (let at = offset; at + 9 <= view.byteLength; ) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0;
    if (marker === 0 || marker === 0xff) {
      count.subBlock();
      at++;
      continue;
    }
    count.piece();
    if (marker === markers.startOfScan || marker === markers.endOfImage) break;
    if (isFrameHeader(marker)) {
      const { width, height } = frameSize(view, at + 4);
      pixels = Math.max(pixels, width * height);
    }
    at += 2 + (hasLength(marker) ? view.getUint16(at + 2) : 0);
  }
  return pixels;
}
