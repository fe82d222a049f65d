// Removes hidden metadata (places, serial numbers, thumbnails, comments) from an original while it streams by, without re-encoding.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { stripBmp } from "../../formats/bmp/strip.ts";
import { ByteReader, Damage, type Reading } from "../../formats/bytes/byte-reader.ts";
import { openChunks } from "../../formats/bytes/chunks.ts";
import type { Stripper } from "../../formats/bytes/stripper.ts";
import { stripGif } from "../../formats/gif/strip.ts";
import { stripHeif } from "../../formats/heif/strip.ts";
import { findParts, isDescribedFirst, type ReadRange } from "../../formats/heif/strip-ahead.ts";
import { stripIco } from "../../formats/ico/strip.ts";
import { stripJpeg } from "../../formats/jpeg/strip.ts";
import { stripPng } from "../../formats/png/strip.ts";
import { findTiffPieces, stripTiff } from "../../formats/tiff/strip.ts";
import { stripWebp } from "../../formats/webp/strip.ts";

export interface StripOptions {
  readonly metadata: MetadataKept;
  /** Reads a part of the same original. A TIFF needs it, and an AVIF or HEIC whose description stands behind its data. */
  readonly readRange?: ReadRange;
}

/** The only error that the returned stream ends with when the original breaks its format's rules. */
export class MetadataStripError extends Error {
  override readonly name = "MetadataStripError";
}

/** null: it was made safe when it was stored, and passes unchanged. */
const strippers = {
  jpg: stripJpeg,
  png: stripPng,
  gif: stripGif,
  webp: stripWebp,
  avif: stripHeif,
  heic: stripHeif,
  bmp: stripBmp,
  ico: stripIco,
  tiff: "by range",
  svg: null,
} as const satisfies Record<SourceFormat, Stripper | "by range" | null>;

/** Pieces are gathered until they are worth a trip through the stream. */
const worthSending = 16_384;

/**
 * The same picture, pixel for pixel, with its ICC profile and orientation. PNG, JPEG and GIF get shorter; WebP, AVIF, HEIC and
 * TIFF keep their length (the metadata is overwritten), except for what stands behind a WebP's end. Holds a few chunks, whatever the file.
 */
export function stripMetadata(
  format: SourceFormat,
  original: ReadableStream<Uint8Array>,
  { metadata, readRange }: StripOptions,
): ReadableStream<Uint8Array> {
  if (strippers[format] === null) return original;
  const chunks = openChunks(original);
  const reader = new ByteReader();
  const gathered = new Gathered();
  const emit = (bytes: Uint8Array) => gathered.add(bytes);
  let stripping: Reading<void> | null = null;

  async function start(): Promise<Reading<void>> {
    const strip = strippers[format];
    if (strip === null) throw new Error(`there is no way to strip ${format}`);
    if (strip === "by range") {
      if (!readRange) throw new Damage("its directories may stand anywhere, and it cannot be read twice");
      return stripTiff(reader, emit, await findTiffPieces(readRange, metadata));
    }
    const first = await chunks.next();
    if (first) reader.feed(first);
    const isLate = strip === stripHeif && first !== null && !isDescribedFirst(first);
    if (isLate && readRange) return stripHeif(reader, emit, metadata, await findParts(readRange));
    return strip(reader, emit, metadata);
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    stripping ??= await start();
    for (;;) {
      const isOver = stripping.next().done === true;
      if (gathered.length >= (isOver ? 1 : worthSending)) controller.enqueue(gathered.take());
      if (isOver) {
        controller.close();
        // Behind the picture's end nothing may pass, so nothing more is read.
        return chunks.cancel();
      }
      const chunk = await chunks.next();
      if (chunk) reader.feed(chunk);
      else reader.end();
      if (controller.desiredSize !== null && controller.desiredSize <= 0) return;
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          await pull(controller);
        } catch (problem) {
          await chunks.cancel().catch(() => undefined);
          if (!(problem instanceof Damage)) throw problem;
          throw new MetadataStripError(`The ${format} is damaged: ${problem.message}`, { cause: problem });
        }
      },
      cancel: (reason) => chunks.cancel(reason),
    },
    { highWaterMark: 1 },
  );
}

/** Small pieces on their way to one large one. */
class Gathered {
  #pieces: Uint8Array[] = [];
  length = 0;

  add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#pieces.push(bytes);
    this.length += bytes.length;
  }

  /** A single piece leaves as it is, a view of the chunk that it came in. */
  take(): Uint8Array {
    const [only] = this.#pieces;
    const isAlone = only !== undefined && this.#pieces.length === 1;
    const bytes = isAlone ? only : this.#joined();
    this.#pieces = [];
    this.length = 0;
    return bytes;
  }

  #joined(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}
