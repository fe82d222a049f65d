// A file on its way out: held while it is small, so that its length is told first; streamed at the reader's pace once it is not.
//
// The attack: 12,000 pixels of noise as PNG are 123 MB of file. Held, they end the isolate; cut off, a cache would keep half a picture.
// So a file of more than `mostHeldBytes` goes out piece by piece, and what fails after the first of them breaks the stream off with an
// error, which no cache stores.
import type { WriteBytes } from "../../formats/bytes/write.ts";

export interface OutgoingFile {
  /** Undefined where the file is streamed. */
  readonly length: number | undefined;
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}

/** The file would be longer than what it was to save. */
export class NotShorter extends Error {
  override readonly name = "NotShorter";
}

/** A reader that takes nothing for so long holds a job's memory for nothing. */
const MOST_IDLE_MS = 10_000;
/** Nor may one hold it by taking a little now and then. */
const MOST_STREAMING_MS = 55_000;

export class Output {
  readonly #mostHeldBytes: number;
  readonly #begun = Promise.withResolvers<OutgoingFile>();
  #held: Uint8Array<ArrayBuffer>[] = [];
  #heldBytes = 0;
  #stream: PacedStream | undefined;
  readonly #mostUsefulBytes: number;

  /** What comes to more than `mostUsefulBytes` before anything has gone out ends the work with `NotShorter`. */
  constructor(mostHeldBytes: number, mostUsefulBytes = Number.POSITIVE_INFINITY) {
    this.#mostHeldBytes = mostHeldBytes;
    this.#mostUsefulBytes = mostUsefulBytes;
    this.#begun.promise.catch(() => undefined);
  }

  /** The whole file, or its stream as soon as it is known to be long. Rejects with what ended the work before. */
  get begun(): Promise<OutgoingFile> {
    return this.#begun.promise;
  }

  /** Resolves when there is room for more. */
  readonly write: WriteBytes = async (piece) => {
    if (this.#stream) return this.#stream.write(piece);
    if (this.#heldBytes + piece.length > this.#mostUsefulBytes) throw new NotShorter();
    if (this.#heldBytes + piece.length <= this.#mostHeldBytes) {
      this.#held.push(piece.slice());
      this.#heldBytes += piece.length;
      return;
    }
    const stream = new PacedStream();
    this.#stream = stream;
    this.#begun.resolve({ length: undefined, body: stream.readable });
    for (const held of this.#held.splice(0)) await stream.write(held);
    await stream.write(piece);
  };

  /** Ends the file as the work that writes it ends. Never rejects: the reader of `begun` or of the stream is told. */
  async follow(work: Promise<void>): Promise<void> {
    try {
      await work;
      if (this.#stream) await this.#stream.end();
      else this.#begun.resolve({ length: this.#heldBytes, body: this.#whole() });
    } catch (cause) {
      this.#begun.reject(cause);
      await this.#stream?.fail(cause);
    }
  }

  #whole(): Uint8Array<ArrayBuffer> {
    const [only] = this.#held;
    if (only && this.#held.length === 1) return only;
    const file = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const piece of this.#held.splice(0)) {
      file.set(piece, at);
      at += piece.length;
    }
    return file;
  }
}

/**
 * A stream that is written only as fast as it is read: nothing queues up in it. The platform's own reads a piece where it lies, so that
 * one buffer carries a file of any length.
 */
class PacedStream {
  readonly #pipe = new IdentityTransformStream();
  readonly #writer = this.#pipe.writable.getWriter();
  readonly #startedAt = Date.now();

  constructor() {
    // Whoever writes sees it.
    this.#writer.closed.catch(() => undefined);
  }

  get readable(): ReadableStream<Uint8Array> {
    return this.#pipe.readable;
  }

  async write(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    const spentMs = Date.now() - this.#startedAt;
    await inTime(this.#writer.write(piece), Math.min(MOST_IDLE_MS, MOST_STREAMING_MS - spentMs));
  }

  async end(): Promise<void> {
    await inTime(this.#writer.close(), MOST_IDLE_MS);
  }

  async fail(cause: unknown): Promise<void> {
    await this.#writer.abort(cause).catch(() => undefined);
  }
}

/** Rejects where `wanted` takes longer. */
async function inTime(wanted: Promise<void>, ms: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error("The picture was not read in time.")),
    Math.max(0, ms),
  );
  try {
    await Promise.race([wanted, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
