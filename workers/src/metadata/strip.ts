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
  /** `litterBytes`: what the last piece has left behind for the collector. */
  moved(litterBytes?: number): void;
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

/** Resolves when the piece has been read: its memory is used again. */
export type WritePiece = (bytes: Uint8Array) => Promise<void>;

/** Small pieces go out together, in so much memory. */
const GATHERED_BYTES = 65_536;
/** What is longer goes out from where it lies. */
const SMALL_BYTES = 16_384;

/**
 * Writes the same picture, pixel for pixel, with its ICC profile and orientation. PNG, JPEG and GIF get shorter; WebP, AVIF, HEIC and
 * TIFF keep their length (the metadata is overwritten), except for what stands behind a WebP's end. A file of any length is read into one
 * chunk's memory and written from there: eight clients that read 15 MB each left 58 MB behind for the collector, faster than it came.
 * Ends the original, however it ends itself. Throws `Damage` for what breaks its format's rules.
 */
export async function stripInto(
  format: SourceFormat,
  original: ReadableStream<Uint8Array>,
  options: StripOptions,
  write: WritePiece,
): Promise<void> {
  const { watch } = options;
  const strip = strippers[format];
  if (strip === null) throw new Error("It passes unchanged.");
  const walk = new Walk(strip, original, options);
  const out = new Gathered(write);
  const emitted: Uint8Array[] = [];
  const emit = (bytes: Uint8Array) => emitted.push(bytes);
  try {
    for (let isOver = false; !isOver; ) {
      isOver = await walk.step(emit);
      watch?.moved();
      for (const bytes of emitted.splice(0)) await out.add(bytes);
    }
    await out.flush();
  } catch (problem) {
    await walk.cancel(problem).catch(() => undefined);
    throw problem;
  } finally {
    watch?.ended();
  }
}

/** Whether a format's files are served as they are stored. */
export const passesUnchanged = (format: SourceFormat): boolean => strippers[format] === null;

/** What `stripInto` would write: its length, and how to make it again, unless that would be too long to keep. Reads the original once. */
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
  const walk = new Walk(strip, original, options);
  const recorder = new Recorder(walk.reader);
  while (!(await walk.step(recorder.add)));
  const { length, recipe } = recorder;
  return { length, recipe };
}

/** Drives a format's stripper over a stream, chunk by chunk. */
class Walk {
  readonly reader = new ByteReader();
  readonly #strip: Stripper | "by range";
  readonly #chunks: Chunks;
  readonly #options: StripOptions;
  #stripping: Reading<void> | null = null;

  constructor(strip: Stripper | "by range", original: ReadableStream<Uint8Array>, options: StripOptions) {
    this.#strip = strip;
    this.#chunks = openChunks(original, "shared");
    this.#options = options;
  }

  /** Goes through one chunk, into whose memory the next step reads its own: what was emitted is good until then; true once the picture has ended. Throws `Damage` for what breaks its format's rules. */
  async step(emit: Emit): Promise<boolean> {
    try {
      if (this.#stripping) await this.#feed();
      else this.#stripping = await this.#start(emit);
      if (this.#stripping.next().done !== true) return false;
      // Behind the picture's end nothing may pass, so nothing more is read.
      await this.#chunks.cancel();
      return true;
    } catch (problem) {
      await this.#chunks.cancel().catch(() => undefined);
      throw problem;
    }
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#chunks.cancel(reason);
  }

  async #feed(): Promise<void> {
    this.reader.own();
    const chunk = await this.#chunks.next();
    if (chunk) this.reader.feed(chunk);
    else this.reader.end();
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
  readonly #write: WritePiece;
  #room: Uint8Array | undefined;
  #length = 0;

  constructor(write: WritePiece) {
    this.#write = write;
  }

  async add(bytes: Uint8Array): Promise<void> {
    if (this.#length + bytes.length > GATHERED_BYTES || bytes.length > SMALL_BYTES) await this.flush();
    if (bytes.length > SMALL_BYTES) return this.#write(bytes);
    this.#room ??= new Uint8Array(GATHERED_BYTES);
    this.#room.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  async flush(): Promise<void> {
    if (this.#room && this.#length > 0) await this.#write(this.#room.subarray(0, this.#length));
    this.#length = 0;
  }
}
