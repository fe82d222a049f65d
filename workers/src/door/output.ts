// A file on its way out: held while it is small, so that its length is told first; streamed at the reader's pace once it is not.
//
// The attack: 12,000 pixels of noise as PNG are 123 MB of file. Held, they end the isolate; cut off, a cache would keep half a picture.
// So a file of more than `mostHeldBytes` goes out piece by piece, and what fails after the first of them breaks the stream off with an
// error, which no cache stores.
import type { WriteBytes } from "../../formats/bytes/write.ts";

export interface OutgoingFile {
  /** Undefined where the file is streamed. */
  readonly length: number | undefined;
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
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

  constructor(mostHeldBytes: number) {
    this.#mostHeldBytes = mostHeldBytes;
    this.#begun.promise.catch(() => undefined);
  }

  /** The whole file, or its stream as soon as it is known to be long. Rejects with what ended the work before. */
  get begun(): Promise<OutgoingFile> {
    return this.#begun.promise;
  }

  /** Resolves when there is room for more. The piece is this one's to keep. */
  readonly write: WriteBytes = async (piece) => {
    if (this.#stream) return this.#stream.write(piece);
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    if (this.#heldBytes <= this.#mostHeldBytes) return;
    const stream = new PacedStream();
    this.#stream = stream;
    this.#begun.resolve({ length: undefined, body: stream.readable });
    for (const held of this.#held.splice(0)) await stream.write(held);
  };

  /** Ends the file as the work that writes it ends. Never rejects: the reader of `begun` or of the stream is told. */
  async follow(work: Promise<void>): Promise<void> {
    try {
      await work;
      if (this.#stream) this.#stream.end();
      else this.#begun.resolve({ length: this.#heldBytes, body: this.#whole() });
    } catch (cause) {
      this.#begun.reject(cause);
      this.#stream?.fail(cause);
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

/** A stream that is written only as fast as it is read: nothing queues up in it. */
class PacedStream {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #startedAt = Date.now();
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #wanted = Promise.withResolvers<void>();

  constructor() {
    this.readable = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#wanted.resolve(),
        cancel: () => this.#wanted.reject(new Error("Nobody reads the picture any more.")),
      },
      { highWaterMark: 0 },
    );
    this.#wanted.promise.catch(() => undefined);
  }

  async write(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    await inTime(
      this.#wanted.promise,
      Math.min(MOST_IDLE_MS, this.#startedAt + MOST_STREAMING_MS - Date.now()),
    );
    this.#wanted = Promise.withResolvers();
    this.#wanted.promise.catch(() => undefined);
    this.#controller?.enqueue(piece);
  }

  end(): void {
    this.#controller?.close();
  }

  fail(cause: unknown): void {
    this.#controller?.error(cause);
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
