// Removes hidden metadata (places, serial numbers, thumbnails, comments) from an original while it streams by, without re-encoding.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import { stripBmp } from "../../formats/bmp/strip.ts";
import { ByteReader, type Reading } from "../../formats/bytes/byte-reader.ts";
import { type Chunks, openChunks } from "../../formats/bytes/chunks.ts";
import type { ReadRange } from "../../formats/bytes/source.ts";
import type { Emit, Stripper } from "../../formats/bytes/stripper.ts";
import { Damage } from "../../formats/damage.ts";
import { stripGif } from "../../formats/gif/strip.ts";
import { stripHeif } from "../../formats/heif/strip.ts";
import { findParts, isDescribedFirst } from "../../formats/heif/strip-ahead.ts";
import { stripIco } from "../../formats/ico/strip.ts";
import { stripJpeg } from "../../formats/jpeg/strip.ts";
import { type PngFacts, stripPng } from "../../formats/png/strip.ts";
import { findTiffPieces, stripTiff } from "../../formats/tiff/strip.ts";
import { stripWebp, type WebpFacts } from "../../formats/webp/strip.ts";
import { followRecipe, type Recipe, Recorder } from "./recipe.ts";

export interface StripOptions {
  readonly metadata: MetadataKept;
  /** Of the same original: what its header should have told. */
  readonly facts?: WebpFacts & PngFacts;
  /** Reads a part of the same original. A TIFF needs it, and an AVIF or HEIC whose description stands behind its data. */
  readonly readRange?: ReadRange;
  /** Of a JPEG without an end, whose last scan must be followed to find out where the picture ends. */
  readonly isEndless?: boolean;
  /** Told of each piece that is asked for, and of the end, however it came. */
  readonly watch?: StreamWatch;
  /** What an earlier walk through the same bytes has found: they are then not looked at again. */
  readonly recipe?: Recipe;
}

export interface StreamWatch {
  moved(): void;
  ended(): void;
}

/** How an original was stripped. */
export interface Walked {
  /** Of the answer. */
  readonly length: number;
  /** How to make it again; null where that would be too long to keep. */
  readonly recipe: Recipe | null;
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
  options: StripOptions,
): ReadableStream<Uint8Array> {
  const strip = strippers[format];
  const { watch } = options;
  if (strip === null) return original;
  const gathered = new Gathered();
  const walk = new Walk(strip, original, options);
  const emit = (bytes: Uint8Array) => gathered.add(bytes);

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        watch?.moved();
        let isOver = false;
        try {
          while (!isOver) {
            isOver = await walk.step(emit);
            if (gathered.length >= (isOver ? 1 : worthSending)) controller.enqueue(gathered.take());
            if (controller.desiredSize !== null && controller.desiredSize <= 0) break;
          }
        } catch (problem) {
          watch?.ended();
          throw problem;
        }
        if (!isOver) return;
        watch?.ended();
        controller.close();
      },
      cancel(reason) {
        watch?.ended();
        return walk.cancel(reason);
      },
    },
    { highWaterMark: 1 },
  );
}

/** What `stripMetadata` would answer: its length, and how to make it again, unless that would be too long to keep. Reads the original once. */
export async function recipeOf(
  format: SourceFormat,
  original: ReadableStream<Uint8Array>,
  originalBytes: number,
  options: StripOptions,
): Promise<Walked> {
  const strip = strippers[format];
  if (strip === null) {
    await original.cancel();
    const whole = { kind: "original", offset: 0, length: originalBytes } as const;
    return { length: originalBytes, recipe: { parts: [whole], length: originalBytes, bytes: 0 } };
  }
  const walk = new Walk(strip, original, options, "shared");
  const recorder = new Recorder(walk.reader);
  while (!(await walk.step(recorder.add)));
  const { length, recipe } = recorder;
  return { length, recipe };
}

/** Drives a format's stripper over a stream, chunk by chunk. */
class Walk {
  readonly reader = new ByteReader();
  readonly #strip: Stripper | "by range";
  readonly #isShared: boolean;
  readonly #chunks: Chunks;
  readonly #options: StripOptions;
  #stripping: Reading<void> | null = null;

  /** With `shared` memory nothing that was emitted is good beyond its step. */
  constructor(
    strip: Stripper | "by range",
    original: ReadableStream<Uint8Array>,
    options: StripOptions,
    memory: "own" | "shared" = "own",
  ) {
    this.#strip = strip;
    this.#isShared = memory === "shared";
    this.#chunks = openChunks(original, memory);
    this.#options = options;
  }

  /** Goes through one chunk; true once the picture has ended. Throws `Damage` for what breaks its format's rules. */
  async step(emit: Emit): Promise<boolean> {
    try {
      this.#stripping ??= await this.#start(emit);
      if (this.#stripping.next().done === true) {
        // Behind the picture's end nothing may pass, so nothing more is read.
        await this.#chunks.cancel();
        return true;
      }
      if (this.#isShared) this.reader.own();
      const chunk = await this.#chunks.next();
      if (chunk) this.reader.feed(chunk);
      else this.reader.end();
      return false;
    } catch (problem) {
      await this.#chunks.cancel().catch(() => undefined);
      throw problem;
    }
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#chunks.cancel(reason);
  }

  async #start(emit: Emit): Promise<Reading<void>> {
    const { metadata, facts, readRange, recipe, isEndless } = this.#options;
    const strip = this.#strip;
    if (recipe) return followRecipe(recipe, this.reader, emit);
    if (strip === "by range") {
      if (!readRange) throw new Damage("its directories may stand anywhere, and it cannot be read twice");
      return stripTiff(this.reader, emit, await findTiffPieces(readRange, metadata));
    }
    const first = await this.#chunks.next();
    if (first) this.reader.feed(first);
    const isLate = strip === stripHeif && first !== null && !isDescribedFirst(first);
    if (isLate && readRange) return stripHeif(this.reader, emit, metadata, await findParts(readRange));
    if (strip === stripJpeg) return stripJpeg(this.reader, emit, metadata, isEndless);
    if (strip === stripPng) return stripPng(this.reader, emit, metadata, facts);
    if (strip === stripWebp) return stripWebp(this.reader, emit, metadata, facts);
    return strip(this.reader, emit, metadata);
  }
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
