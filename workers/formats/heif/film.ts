// The samples of an AVIF or HEIC that moves: which tracks are shown, and where in the file their bytes lie. Sound, subtitles, a
// second camera are nobody's business.
import { ascii } from "../bytes/ascii.ts";
import { Damage } from "../damage.ts";
import { type Box, boxesIn, type Extent } from "./boxes.ts";

/** A file that is of one of these first of all is shown as a film; readers take others for their primary item. */
const filmBrands: ReadonlySet<string> = new Set(["avis", "msf1", "hevc", "hevx"]);

export const isFilmBrand = (brand: string): boolean => filmBrands.has(brand);

export interface Track {
  /** The `trak` box in its `moov`. */
  readonly box: Box;
  readonly isShown: boolean;
}

/** `moov` is the box's body. The first track of pictures is shown, and what names it as its transparency (or another layer). */
export function tracksOf(moov: Uint8Array): Track[] {
  const tracks = boxesIn(moov, 0, moov.length)
    .filter(({ type }) => type === "trak")
    .map((box) => ({ box, id: idOf(moov, box), kind: kindOf(moov, box), helps: helpedBy(moov, box) }));
  const main = tracks.find(({ kind, helps }) => pictureKinds.has(kind) && helps.length === 0);
  return tracks.map((track) => ({
    box: track.box,
    isShown: main !== undefined && (track === main || track.helps.includes(main.id)),
  }));
}

/** Where the shown tracks' bytes lie in the file. */
export function samplesOf(moov: Uint8Array): Extent[] {
  return tracksOf(moov).flatMap(({ box, isShown }) => (isShown ? chunksOf(moov, box) : []));
}

const pictureKinds: ReadonlySet<string> = new Set(["pict", "vide"]);

function within(bytes: Uint8Array, box: Box, ...path: readonly string[]): Box | undefined {
  let found: Box | undefined = box;
  for (const type of path)
    found = found && boxesIn(bytes, found.start, found.end).find((one) => one.type === type);
  return found;
}

/** Numbers of a box, at a distance from its body's start. */
function fieldsOf(bytes: Uint8Array, { start, end }: Box) {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const inside = (at: number, size: number) => {
    if (at + size > end - start) throw new Damage("a box is too short for its fields");
    return at;
  };
  return {
    length: end - start,
    u8: (at: number) => view.getUint8(inside(at, 1)),
    u16: (at: number) => view.getUint16(inside(at, 2)),
    u32: (at: number) => view.getUint32(inside(at, 4)),
    u64: (at: number) => Number(view.getBigUint64(inside(at, 8))),
  };
}

/** ISO/IEC 14496-12, section 8.3.2: behind two times, of 4 or of 8 bytes each. */
function idOf(moov: Uint8Array, track: Box): number {
  const header = within(moov, track, "tkhd");
  if (!header) return 0;
  const fields = fieldsOf(moov, header);
  return fields.u32(fields.u8(0) === 1 ? 20 : 12);
}

/** Section 8.4.3: `pict`, `vide`, `auxv`, `soun`. */
function kindOf(moov: Uint8Array, track: Box): string {
  const handler = within(moov, track, "mdia", "hdlr");
  return handler && handler.end - handler.start >= 12
    ? ascii(moov, handler.start + 8, handler.start + 12)
    : "";
}

/** The tracks that this one is a helper of: section 8.3.3, `auxl`. */
function helpedBy(moov: Uint8Array, track: Box): number[] {
  const reference = within(moov, track, "tref", "auxl");
  if (!reference) return [];
  const { u32, length } = fieldsOf(moov, reference);
  return Array.from({ length: Math.floor(length / 4) }, (_, at) => u32(at * 4));
}

/** Sections 8.7.3 to 8.7.5: samples have sizes, chunks have places, and runs of chunks hold so many samples each. */
function chunksOf(moov: Uint8Array, track: Box): Extent[] {
  const table = within(moov, track, "mdia", "minf", "stbl");
  const part = (type: string) => table && within(moov, table, type);
  const [runs, sizes] = [part("stsc"), part("stsz")];
  const [short, long] = [part("stco"), part("co64")];
  const places = short ?? long;
  if (!runs || !sizes || !places) return [];
  const place = fieldsOf(moov, places);
  const takeBytes = sampleSizes(moov, sizes);
  const samplesIn = runsOf(moov, runs);
  const extents: Extent[] = [];
  const count = place.u32(4);
  for (let chunk = 0; chunk < count; chunk++) {
    const offset = short ? place.u32(8 + chunk * 4) : place.u64(8 + chunk * 8);
    const length = takeBytes(samplesIn(chunk));
    if (length > 0) extents.push({ offset, length });
  }
  return extents;
}

/** Answers how many bytes the next so many samples are. */
function sampleSizes(moov: Uint8Array, box: Box): (samples: number) => number {
  const { u32 } = fieldsOf(moov, box);
  const [each, count] = [u32(4), u32(8)];
  let at = 0;
  return (samples) => {
    const end = Math.min(count, at + samples);
    if (each > 0) {
      const bytes = (end - at) * each;
      at = end;
      return bytes;
    }
    let bytes = 0;
    for (; at < end; at++) bytes += u32(12 + at * 4);
    return bytes;
  };
}

/** Answers how many samples a chunk holds; chunks are asked for in order, from 0. */
function runsOf(moov: Uint8Array, box: Box): (chunk: number) => number {
  const { u32 } = fieldsOf(moov, box);
  const count = u32(4);
  let run = 0;
  return (chunk) => {
    // Runs begin at chunks that are numbered from 1.
    while (run + 1 < count && u32(8 + (run + 1) * 12) <= chunk + 1) run++;
    return count === 0 ? 0 : u32(8 + run * 12 + 4);
  };
}
