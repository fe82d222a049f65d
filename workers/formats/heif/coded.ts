// The sizes that an AVIF's or HEIC's own bitstreams and grids claim: what a decoder allocates, whatever `ispe` says.
import { type CodedPicture, readAv1Picture } from "../av1/picture.ts";
import { ByteReader, type Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import type { CodedSize } from "../facts.ts";
import { readHevcPicture } from "../hevc/picture.ts";
import { boxesIn, type Extent, headAt } from "./boxes.ts";
import { refuseOverlong } from "./overlong.ts";
import { type PictureItem, pictureItems } from "./pictures.ts";

/** What is coded of the primary picture, all its tiles and its alpha together. */
export interface HeifCoded extends CodedSize {
  readonly bitDepth: number;
  readonly samplesPerPixel: number;
}

/** Reads one item's bytes: null for an item that has no size of its own. */
function* readItem(
  meta: Uint8Array,
  item: PictureItem,
  reader: ByteReader,
  length: number,
): Reading<CodedPicture | null> {
  switch (item.type) {
    case "av01":
      return yield* readAv1Picture(reader, length);
    case "hvc1":
    case "hev1": {
      const box = item.properties.find(({ type }) => type === "hvcC");
      if (!box) throw new Damage("a picture lacks its hvcC");
      return yield* readHevcPicture(reader, length, meta.subarray(box.start, box.end));
    }
    case "grid":
      return yield* readOutputSize(reader, length, 4);
    case "iovl":
      return yield* readOutputSize(reader, length, 10);
    case "iden":
      yield* reader.skip(length);
      return null;
    default:
      throw new Damage("its picture is coded in a way that is not known here");
  }
}

/** ISO/IEC 23008-12, sections 6.6.2.2 and 6.6.2.3: sizes of 16 or 32 bits behind `at` bytes. */
function* readOutputSize(reader: ByteReader, length: number, at: number): Reading<CodedPicture> {
  const body = yield* reader.take(Math.min(length, at + 8));
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const isWide = ((body[1] ?? 0) & 1) === 1;
  if (body.length < at + (isWide ? 8 : 4)) throw new Damage("a grid is too short");
  const width = isWide ? view.getUint32(at) : view.getUint16(at);
  const height = isWide ? view.getUint32(at + 4) : view.getUint16(at + 2);
  yield* reader.skip(length - body.length);
  return { width, height, bitDepth: 8, samplesPerPixel: 1, pictures: 0 };
}

/** Of a file that is here as a whole, wherever its parts lie. Throws `Damage` where nothing can be said. */
export function codedInFile(file: Uint8Array): HeifCoded {
  const meta = metaOf(file);
  refuseOverlong(meta, file.length);
  const survey = new Survey(meta);
  for (const item of survey.items) survey.note(item, readNow(meta, item, file));
  if (!survey.coded) throw new Damage("it has no picture");
  return survey.coded;
}

/** The body of its `meta` box. What stands behind that may be anything: phones append films, others trailers. */
export function metaOf(file: Uint8Array): Uint8Array {
  for (let at = 0; at < file.length; ) {
    const head = headAt(file, at);
    if (!head || head.length < head.headBytes) break;
    const end = Math.min(at + head.length, file.length);
    if (head.type === "meta") return file.subarray(at + head.headBytes, end);
    at = end;
  }
  throw new Damage("it has no meta box");
}

/** Item data may lie in several extents, in the file or in `idat`. */
export function readNow(meta: Uint8Array, item: PictureItem, file: Uint8Array): CodedPicture | null {
  const reader = new ByteReader();
  const bytes = item.method === 0 ? file : idatOf(meta, item);
  const parts = item.extents.map(({ offset, length }) =>
    bytes.subarray(offset, length === 0 ? bytes.length : offset + length),
  );
  const reading = readItem(
    meta,
    item,
    reader,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  // One at a time: fed all at once, each would be joined to all before it.
  let step = reading.next();
  for (const part of parts) {
    if (step.done) break;
    reader.feed(part);
    step = reading.next();
  }
  reader.end();
  if (!step.done) step = reading.next();
  if (!step.done) throw new Damage("a picture is cut off");
  return step.value;
}

/** What the extents of an item in the `meta` box lie in. */
export function idatOf(meta: Uint8Array, { method }: PictureItem): Uint8Array {
  const box = method === 1 ? boxesIn(meta, 4, meta.length).find(({ type }) => type === "idat") : undefined;
  if (!box) throw new Damage("a picture lies nowhere");
  return meta.subarray(box.start, box.end);
}

/** Gathers the sizes of all items, in whatever order their bytes come by. */
export class Survey {
  readonly items: readonly PictureItem[];
  readonly meta: Uint8Array;
  readonly #sizes = new Map<number, CodedPicture | null>();

  constructor(meta: Uint8Array) {
    this.meta = meta;
    refuseOverlong(meta, Number.POSITIVE_INFINITY);
    this.items = pictureItems(meta);
    for (const item of this.items) if (item.method === 1) this.note(item, readNow(meta, item, meta));
  }

  note({ id }: PictureItem, size: CodedPicture | null): void {
    this.#sizes.set(id, size);
  }

  /** Goes to `end`, and reads on the way what lies there in one piece. */
  *pass(reader: ByteReader, end: number): Reading<void> {
    for (const { item, extent } of this.#ahead(reader.position, end)) {
      if (extent.offset < reader.position) continue;
      yield* reader.skip(extent.offset - reader.position);
      this.note(item, yield* readItem(this.meta, item, reader, extent.length));
    }
    yield* reader.skip(end - reader.position);
  }

  #ahead(start: number, end: number): { item: PictureItem; extent: Extent }[] {
    return this.items
      .flatMap((item) => {
        const [extent] = item.extents;
        const isPlain = item.method === 0 && item.extents.length === 1 && !this.#sizes.has(item.id);
        return isPlain && extent && extent.length > 0 ? [{ item, extent }] : [];
      })
      .filter(({ extent }) => extent.offset >= start && extent.offset + extent.length <= end)
      .toSorted((one, other) => one.extent.offset - other.extent.offset);
  }

  /** Null until every item has come by. */
  get coded(): HeifCoded | null {
    if (this.items.length === 0 || this.items.some(({ id }) => !this.#sizes.has(id))) return null;
    let [width, height, bitDepth, samplesPerPixel] = [1, 1, 8, 1];
    const sums = { colour: 0, alpha: 0, output: 0 };
    for (const { id, isAlpha, times } of this.items) {
      const size = this.#sizes.get(id);
      if (!size) continue;
      const pixels = size.width * size.height;
      if (size.pictures === 0) sums.output = Math.max(sums.output, pixels);
      else {
        sums[isAlpha ? "alpha" : "colour"] += pixels * size.pictures * times;
        if (pixels > width * height) ({ width, height } = size);
        bitDepth = Math.max(bitDepth, size.bitDepth);
        if (!isAlpha) samplesPerPixel = Math.max(samplesPerPixel, size.samplesPerPixel);
      }
    }
    const pixels = Math.max(sums.colour, sums.alpha, sums.output);
    if (pixels === 0) throw new Damage("it has no picture");
    return {
      width,
      height,
      pixels,
      bitDepth,
      samplesPerPixel,
    };
  }
}
