// AVIF and HEIC: blanks the EXIF, XMP and other non-picture items where they stand. Offsets and sizes stay as they are.
import { ascii } from "../bytes/ascii.ts";
import { type ByteReader, Damage, type Reading } from "../bytes/byte-reader.ts";
import { blank as blankBytes, copy, type Emit, type MetadataKept } from "../bytes/stripper.ts";
import { maxMetaBytes } from "./facts.ts";
import { blankWithin, type HiddenExtent, hiddenExtents, replacementFor } from "./strip-items.ts";

/** Boxes that hold no picture: vendors' own, room left free, and a film's user notes. */
const hiddenBoxes: ReadonlySet<string> = new Set(["uuid", "free", "skip", "udta"]);

/** `known` lists what to blank where the `meta` box comes behind the data; otherwise it is found on the way. */
export function* stripHeif(
  reader: ByteReader,
  emit: Emit,
  kept: MetadataKept,
  known: readonly HiddenExtent[] | null = null,
): Reading<void> {
  let hidden = known;
  while ((yield* reader.peek(1)).length > 0) {
    const start = reader.position;
    const head = Uint8Array.from(yield* reader.take(8));
    const type = ascii(head, 4, 8);
    const short = new DataView(head.buffer).getUint32(0);
    const large = short === 1 ? Uint8Array.from(yield* reader.take(8)) : new Uint8Array(0);
    const length = short === 1 ? Number(new DataView(large.buffer).getBigUint64(0)) : short;
    const end = short === 0 ? Number.POSITIVE_INFINITY : start + length;
    if (end < reader.position) throw new Damage("a box is shorter than its header");
    if (type === "mdat" && !hidden)
      throw new Damage("its data stands before its description, and cannot be read twice");
    if (hiddenBoxes.has(type)) head.set([0x66, 0x72, 0x65, 0x65], 4);
    emit(head);
    emit(large);
    if (hiddenBoxes.has(type)) {
      // One of length 0 reaches to the end of the file, and may as well be empty.
      if (short === 0) return;
      yield* blankBytes(reader, emit, end - reader.position);
    } else if (type === "meta" || type === "moov") {
      if (end - reader.position > maxMetaBytes) throw new Damage(`its ${type} box is too large`);
      const bodyStart = reader.position;
      const body = Uint8Array.from(yield* reader.take(end - bodyStart));
      if (type === "meta") hidden ??= hiddenExtents(body);
      emit(blankWithin(type, body, bodyStart, hidden ?? [], kept));
    } else yield* copyAround(reader, emit, end, hidden ?? [], kept);
  }
}

/** Hands on everything up to `end`, with replacements in the place of hidden extents. */
function* copyAround(
  reader: ByteReader,
  emit: Emit,
  end: number,
  hidden: readonly HiddenExtent[],
  kept: MetadataKept,
): Reading<void> {
  for (;;) {
    const next = hidden.find(
      ({ offset, length }) => offset + length > reader.position && offset < end && length > 0,
    );
    const until = Math.min(end, next ? Math.max(next.offset, reader.position) : end);
    if (until === Number.POSITIVE_INFINITY) return yield* copyRest(reader, emit);
    yield* copy(reader, emit, until - reader.position);
    if (!next || until === end) return;
    const isWhole = reader.position === next.offset;
    const stop = Math.min(end, next.offset + next.length);
    const old = yield* reader.take(Math.min(maxMetaBytes, stop - reader.position));
    emit(replacementFor(isWhole ? next : { ...next, kind: "other" }, old, kept));
  }
}

function* copyRest(reader: ByteReader, emit: Emit): Reading<void> {
  for (;;) {
    const bytes = yield* reader.rest();
    if (bytes === null) return;
    emit(bytes);
  }
}
