// AVIF and HEIC: passes the picture's bytes, blanks all others where they stand, and ends with the last that the picture needs.
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { blank, copy, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { freeName, readHead } from "./boxes.ts";
import { maxMetaBytes } from "./facts.ts";
import { blankMeta, blankNotes, type Parts, partsOf, replacementFor } from "./strip-items.ts";

/** A file that is of one of these first of all is shown as a film; readers take others for their primary item. */
const filmBrands: ReadonlySet<string> = new Set(["avis", "msf1", "hevc", "hevx"]);
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
  while ((yield* reader.peek(8)).length === 8) {
    const start = reader.position;
    // What a camera or a phone has appended: a film, a trailer, another picture.
    if (parts && isDescribed && !isFilm && start >= endOf(parts)) return;
    const { bytes: head, type, length } = yield* readHead(reader);
    if (type === "ftyp" && start > 0 && isFilm) return;
    const end = start + length;
    const isEndless = end === Number.POSITIVE_INFINITY;
    const isFileType = type === "ftyp" && start === 0;
    const isPassed = isFileType || type === "mdat" || type === "meta" || (type === "moov" && isFilm);
    if (!isPassed) head.set(freeName, 4);
    emit(head);
    const bodyStart = reader.position;
    if (isFileType) {
      if (length > maxFileTypeBytes) throw new Damage("its ftyp box is too large");
      const brands = yield* reader.keep(end - bodyStart);
      isFilm = filmBrands.has(ascii(brands, 0, 4));
      emit(brands);
    } else if (type === "meta" || (type === "moov" && isFilm)) {
      if (end - bodyStart > maxMetaBytes) throw new Damage(`its ${type} box is too large`);
      const body = yield* reader.keep(end - bodyStart);
      if (type === "meta") {
        isDescribed = true;
        parts ??= partsOf(body);
        emit(blankMeta(body, bodyStart, parts, kept));
      } else emit(blankNotes(body));
    } else if (type === "mdat") {
      if (!parts) throw new Damage("its data stands before its description, and cannot be read twice");
      yield* passData(reader, emit, end, parts, kept, isFilm);
      if (isEndless) return;
    } else {
      // One of length 0 reaches to the end of the file, and may as well be empty.
      if (isEndless) return;
      yield* blank(reader, emit, end - bodyStart);
    }
  }
}

/** Where the last byte lies that is the picture's, or that readers look for. */
function endOf({ picture, metadata }: Parts): number {
  const ends = [...picture, ...metadata].filter(({ isInMeta }) => !isInMeta);
  return ends.reduce((last, { offset, length }) => Math.max(last, offset + length), 0);
}

/** Up to `end`: metadata is replaced, the picture's bytes pass, and what lies between them is blanked; a film's samples lie there. */
function* passData(
  reader: ByteReader,
  emit: Emit,
  end: number,
  { picture, metadata }: Parts,
  kept: MetadataKept,
  isFilm: boolean,
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
      const old = yield* reader.take(Math.min(maxMetaBytes, end - at, secret.offset + secret.length - at));
      emit(replacementFor(isWhole ? secret : { ...secret, kind: "other" }, old, kept));
    } else if (isFilm) {
      if (untilSecret === Number.POSITIVE_INFINITY) return yield* copyRest(reader, emit);
      yield* copy(reader, emit, untilSecret - at);
    } else if (piece && piece.offset <= at) {
      yield* copy(reader, emit, Math.min(untilSecret, piece.offset + piece.length) - at);
    } else {
      const until = Math.min(untilSecret, piece?.offset ?? untilSecret);
      if (until === Number.POSITIVE_INFINITY) return;
      yield* blank(reader, emit, until - at);
    }
  }
}

const isPast = (extent: { readonly offset: number; readonly length: number } | undefined, at: number) =>
  extent !== undefined && extent.offset + extent.length <= at;

function* copyRest(reader: ByteReader, emit: Emit): Reading<void> {
  for (let bytes = yield* reader.rest(); bytes !== null; bytes = yield* reader.rest()) emit(bytes);
}
