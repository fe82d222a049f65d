// The body of a request as it arrives: not for ever, and not in crumbs.
import { openChunks } from "../../formats/bytes/chunks.ts";
import { ApiError } from "../../shared/api-error.ts";

export interface Patience {
  /** How long a sender may say nothing. */
  readonly idleMilliseconds: number;
  /** How long a body may take in all. */
  readonly totalMilliseconds: number;
}

/** A chunk of one byte takes hundreds to keep; so few bytes are kept until more have come. */
const CRUMB_BYTES = 512;
/** Of a body at a time: each upload under way keeps a buffer of it. */
const READ_BYTES = 32 * 1024;

/**
 * The body's chunks, read no faster than they are used, all into one buffer: each is valid until the next is asked for.
 * Chunks of their own are garbage at once, and V8 lets 64 MB of that stand before it looks. Leaving the loop early leaves
 * the rest to who holds the body. Throws a 400 for a sender who hangs up (no failure of ours), falls silent or takes too long. `onChunk` is called with each sign of life.
 */
export async function* arriving(
  body: ReadableStream<Uint8Array> | null,
  { idleMilliseconds, totalMilliseconds }: Patience,
  onChunk: () => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const until = Date.now() + totalMilliseconds;
  const chunks = openChunks(body, "shared", READ_BYTES);
  let isOver = false;
  try {
    for (;;) {
      const left = until - Date.now();
      const chunk = await within(Math.min(idleMilliseconds, Math.max(0, left)), chunks.next());
      if (chunk === "late") {
        isOver = true;
        // Not awaited: a body that hangs need not end when it is told to.
        chunks.cancel().catch(() => undefined);
        throw left > idleMilliseconds ? fellSilent(idleMilliseconds) : tookTooLong(totalMilliseconds);
      }
      if (chunk === null) return;
      onChunk();
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    isOver = true;
    chunks.cancel().catch(() => undefined);
    throw new ApiError("bad_request", { message: "The body ended before it was complete.", cause });
  } finally {
    // Of a body that hangs or broke off there is no rest to wait for: locked, it is left alone, and its memory goes.
    if (!isOver) chunks.release();
  }
}

/** The chunks of another server's answer, as `arriving` has them. Leaving the loop early cancels the rest. */
export async function* answered(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const chunks = openChunks(body, "shared", READ_BYTES);
  try {
    for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) yield chunk;
  } finally {
    chunks.cancel().catch(() => undefined);
  }
}

/** The same bytes, in chunks of some length wherever the sender's were tiny. Each is valid until the next is asked for. */
export async function* withoutCrumbs(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const held = new Uint8Array(CRUMB_BYTES);
  let filled = 0;
  for await (const chunk of chunks) {
    if (filled + chunk.length < CRUMB_BYTES) {
      held.set(chunk, filled);
      filled += chunk.length;
      continue;
    }
    if (filled > 0) yield held.subarray(0, filled);
    filled = 0;
    yield chunk;
  }
  if (filled > 0) yield held.subarray(0, filled);
}

export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | "late"> {
  const clock = Promise.withResolvers<"late">();
  const timer = setTimeout(() => clock.resolve("late"), milliseconds);
  try {
    return await Promise.race([work, clock.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function fellSilent(milliseconds: number): ApiError {
  const message = `Nothing came for ${milliseconds / 1_000} seconds, so the request was ended. Nothing was kept; try again.`;
  return new ApiError("bad_request", { message });
}

function tookTooLong(milliseconds: number): ApiError {
  const message = `The body took longer than ${milliseconds / 60_000} minutes and was ended. Nothing was kept.`;
  return new ApiError("bad_request", { message });
}
