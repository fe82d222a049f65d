// AVIF and HEIC: passes the picture's bytes, blanks all others where they stand, and ends with the last that the picture needs.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { blankUpTo, copyUpTo, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { type Extent, freeName, readHead } from "./boxes.ts";
import { maxDataBoxes, maxMetaBytes } from "./facts.ts";
import { isFilmBrand, samplesOf } from "./film.ts";
import { blankMeta, blankNotes, type Parts, partsOf, replacementFor, withSamples } from "./strip-items.ts";

const maxFileTypeBytes = 4_096;

/** `known` lists what to pass and what to blank where the `meta` box comes behind the data; otherwise it is found on the way. */
export function* stripHeif(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  known: Parts | null = null,
): Reading<void> {
  let parts = known;
  let isDescribed = false;
  let isFilm = false;
  let hasFilm = false;
  let data = 0;
  let samples: readonly Extent[] = [];
  const count = new PieceCount();
  while ((yield* reader.peek(8)).length === 8) {
    const start = reader.position;
    count.piece();
    // What a camera or a phone has appended: a film, a trailer, another picture.
    if (parts && isDescribed && !isFilm && start >= endOf(parts)) return;
    const { bytes: head, type, length } = yield* readHead(reader);
    if (type === "ftyp" && start > 0 && isFilm) return;
    const end = start + length;
    const isEndless = end === Number.POSITIVE_INFINITY;
    const isFileType = type === "ftyp" && start === 0;
    const isPassed =
      isFileType || type === "mdat" || type === "meta" || (type === "moov" && isFilm && !hasFilm);
    if (!isPassed) head.set(freeName, 4);
    emit(head);
    const bodyStart = reader.position;
    if (isFileType) {
      if (length > maxFileTypeBytes) throw new Damage("its ftyp box is too large");
      const brands = yield* reader.keep(end - bodyStart);
      isFilm = isFilmBrand(ascii(brands, 0, 4));
      emit(brands);
    } else if (type === "meta" || (isPassed && type === "moov")) {
      if (end - bodyStart > maxMetaBytes) throw new Damage(`its ${type} box is too large`);
      const body = yield* reader.keep(end - bodyStart);
      if (type === "meta") {
        isDescribed = true;
        parts ??= withSamples(partsOf(body), samples);
        emit(blankMeta(body, bodyStart, parts, kept));
      } else {
        hasFilm = true;
        if (!known) samples = samplesOf(body);
        if (parts) parts = withSamples(parts, samples);
        emit(blankNotes(body));
      }
    } else if (type === "mdat") {
      if (!parts || (isFilm && !hasFilm && !known))
        throw new Damage("its data stands before its description, and cannot be read twice");
      if (++data > maxDataBoxes) throw new Damage("its data is cut into too many pieces");
      yield* passData(reader, emit, end, parts, kept);
      if (isEndless) return;
    } else if (parts) {
      // Readers look for a picture by its place, whatever the box is called that it lies in.
      yield* passData(reader, emit, isEndless ? endOf(parts) : end, parts, kept);
      if (isEndless) return;
    } else {
      // One of length 0 reaches to the end of the file, and may as well be empty.
      if (isEndless) return;
      yield* blankUpTo(reader, emit, end);
    }
  }
}

/** Where the last byte lies that is the picture's, or that readers look for. */
function endOf({ picture, metadata }: Parts): number {
  const ends = [...picture, ...metadata].filter(({ isInMeta }) => !isInMeta);
  return ends.reduce((last, { offset, length }) => Math.max(last, offset + length), 0);
}

/** Up to `end`, or to the file's: metadata is replaced, the picture's bytes pass, and what lies between them is blanked. */
function* passData(
  reader: ByteReader,
  emit: Emit,
  end: number,
  { picture, metadata }: Parts,
  kept: MetadataKept,
): Reading<void> {
  const shown = picture.filter(({ isInMeta }) => !isInMeta);
  const hidden = metadata.filter(({ isInMeta }) => !isInMeta);
  for (let nextShown = 0, nextHidden = 0; reader.position < end; ) {
    const at = reader.position;
    while (isPast(shown[nextShown], at)) nextShown++;
    while (isPast(hidden[nextHidden], at)) nextHidden++;
    const [piece, secret] = [shown[nextShown], hidden[nextHidden]];
    const untilSecret = Math.min(end, secret?.offset ?? end);
    if (secret && secret.offset <= at) {
      const isWhole = at === secret.offset;
      const old = yield* reader.takeUpTo(
        Math.min(maxMetaBytes, end - at, secret.offset + secret.length - at),
      );
      emit(replacementFor(isWhole ? secret : { ...secret, kind: "other" }, old, kept));
    } else if (piece && piece.offset <= at) {
      yield* copyUpTo(reader, emit, Math.min(untilSecret, piece.offset + piece.length));
    } else {
      const until = Math.min(untilSecret, piece?.offset ?? untilSecret);
      if (until === Number.POSITIVE_INFINITY) return;
      yield* blankUpTo(reader, emit, until);
    }
    if (reader.position === at) return;
  }
}

const isPast = (extent: { readonly offset: number; readonly length: number } | undefined, at: number) =>
  extent !== undefined && extent.offset + extent.length <= at;
