// Pumps a PNG's pixel bytes through the platform's inflate: feeds it and empties it at the same time.

import { errorOf, type KernelError } from "../errors.ts";
import type { PngPieces } from "./pieces.ts";

/** What inflated bytes are pushed into, and the work that they make possible. */
export interface InflatedSink {
  /** How many bytes fit now. */
  room(): number;
  /** At most that many, copied. */
  push(bytes: Uint8Array): void;
  /** Works off what was pushed. */
  work(): Promise<RowsAnswer> | RowsAnswer;
}

/** `enough` ends the work before the file's end; `done` still has the file's end checked. */
export type RowsAnswer = "more" | "enough" | "done" | KernelError;

/** Every crossing into the inflater or WASM costs a few microseconds: cross with this much. */
const batchBytes = 64 << 10;
const viewBytes = 128 << 10;

interface Progress {
  answer: RowsAnswer;
}

/** Answers what went wrong, if anything. Rejects only when reading the file or the sink's work does. */
export async function inflatePieces(
  pieces: PngPieces,
  first: Uint8Array,
  sink: InflatedSink,
): Promise<KernelError | undefined> {
  const inflate = new DecompressionStream("deflate");
  const progress: Progress = { answer: "more" };
  const inflated = openInflated(inflate.readable);
  const taking = takeAll(inflated, sink, progress);
  let fed: KernelError | undefined;
  try {
    const input: Input = { writer: inflate.writable.getWriter(), keepsBytes: inflated.keepsBytes };
    fed = await feed(input, pieces, first, progress, taking);
  } finally {
    // Whatever stopped the feeding, nobody may still be using the sink when this function ends.
    await taking;
  }
  if (progress.answer === "enough") return undefined;
  // What the file itself says is wrong explains the rest.
  if (fed) return fed;
  return typeof progress.answer === "object" ? progress.answer : undefined;
}

interface Input {
  readonly writer: WritableStreamDefaultWriter<BufferSource>;
  /** The inflater may still read bytes after the write has resolved. */
  readonly keepsBytes: boolean;
}

async function feed(
  { writer, keepsBytes }: Input,
  pieces: PngPieces,
  first: Uint8Array,
  progress: Progress,
  taking: Promise<void>,
): Promise<KernelError | undefined> {
  // Refusals by the inflater are seen, and judged, at its readable end. The race: a write would wait
  // for ever once nobody reads.
  const settle = (writing: Promise<void>) => Promise.race([writing.catch(() => undefined), taking]);
  const batch = new Uint8Array(batchBytes);
  let length = 0;
  const flush = async () => {
    const bytes = batch.subarray(0, length);
    await settle(writer.write(keepsBytes ? bytes.slice() : bytes));
    length = 0;
  };
  const add = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length && progress.answer === "more"; ) {
      const part = bytes.subarray(at, at + batchBytes - length);
      batch.set(part, length);
      length += part.length;
      at += part.length;
      if (length === batchBytes) await flush();
    }
  };
  try {
    await add(first);
    // After the last row the rest of the file is still read: its CRCs and its end count.
    while (progress.answer === "more" || progress.answer === "done") {
      const piece = pieces.next();
      if (!piece) await pieces.fetch();
      else if (piece.kind === "broken") return piece.error;
      else if (piece.kind === "end") return undefined;
      else if (piece.kind === "pixels" && progress.answer === "more") {
        // Only a full batch is worth waiting for.
        if (length + piece.bytes.length < batchBytes) {
          batch.set(piece.bytes, length);
          length += piece.bytes.length;
        } else await add(piece.bytes);
      }
    }
    return undefined;
  } finally {
    if (length > 0) await flush();
    await settle(writer.close());
  }
}

async function takeAll(inflated: Inflated, sink: InflatedSink, progress: Progress): Promise<void> {
  let waiting = 0;
  try {
    while (progress.answer === "more") {
      const next = await inflated.read();
      const bytes = next.bytes ?? new Uint8Array(0);
      let at = 0;
      do {
        const part = bytes.subarray(at, at + sink.room());
        sink.push(part);
        at += part.length;
        waiting += part.length;
        if (waiting < batchBytes && at === bytes.length && next.bytes) continue;
        waiting = 0;
        progress.answer = await sink.work();
        // Whoever works takes all there is; without room nothing could ever move again.
        if (progress.answer === "more" && sink.room() === 0) progress.answer = errorOf(-5);
      } while (at < bytes.length && progress.answer === "more");
      if (progress.answer !== "more") return;
      if (next.failed) progress.answer = damaged("Its pixels don't inflate.");
      else if (!next.bytes) progress.answer = damaged("Its pixels end too early.");
    }
  } catch (cause) {
    progress.answer = damaged("The work on its rows failed.");
    throw cause;
  } finally {
    await inflated.cancel();
  }
}

interface Inflated {
  readonly keepsBytes: boolean;
  /** No bytes: the end, or a failure. */
  read(): Promise<{ readonly bytes?: Uint8Array; readonly failed?: boolean }>;
  cancel(): Promise<void>;
}

/**
 * Workers read the stream in large pieces into one buffer of ours, and are done with written bytes when the
 * write resolves, so 64 KB carry a file of any length. Node, where it is no byte stream, takes neither.
 */
function openInflated(readable: ReadableStream<Uint8Array>): Inflated {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = readable.getReader({ mode: "byob" });
  } catch {
    return openByDefault(readable);
  }
  let view = new Uint8Array(viewBytes);
  return {
    keepsBytes: false,
    async read() {
      const next = await reader.read(view).catch(() => undefined);
      if (!next) return { failed: true };
      if (next.done) return {};
      view = new Uint8Array(next.value.buffer);
      return { bytes: next.value };
    },
    cancel: () => reader.cancel().catch(() => undefined),
  };
}

function openByDefault(readable: ReadableStream<Uint8Array>): Inflated {
  const reader = readable.getReader();
  return {
    keepsBytes: true,
    async read() {
      const next = await reader.read().catch(() => undefined);
      if (!next) return { failed: true };
      return next.done ? {} : { bytes: next.value };
    },
    cancel: () => reader.cancel().catch(() => undefined),
  };
}

const damaged = (why: string): KernelError => ({ code: "damaged", reason: `The PNG is damaged. ${why}` });
