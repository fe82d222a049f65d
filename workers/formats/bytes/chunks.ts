// Reads a stream in chunks of a size of ours where it lets its reader choose: R2 and fetch bodies do, and hand out 4 KB otherwise.

export interface Chunks {
  /** The stream fills our memory; otherwise chunks come in whatever size and memory it has. */
  readonly fillsOurs: boolean;
  /** At least one byte; null at the end. */
  next(): Promise<Uint8Array | null>;
  /** Gives the stream back; what was not read is not wanted. */
  cancel(reason?: unknown): Promise<void>;
  /** Gives the stream back as it is: another reader may go on. */
  release(): void;
}

/** Each in memory of its own, or all in the same: good until the next is asked for, and without garbage as long as the file. */
type Memory = "own" | "shared";

export const chunkBytes = 65_536;

export function openChunks(
  stream: ReadableStream<Uint8Array>,
  memory: Memory = "own",
  mostBytes = chunkBytes,
): Chunks {
  const filling = openFilling(stream);
  if (!filling) return asTheyCome(stream.getReader());
  let room: ArrayBuffer | null = null;
  let isOver = false;
  return {
    fillsOurs: true,
    async next() {
      // The read that finds the end keeps our memory.
      if (isOver) return null;
      const { value } = await filling.read(new Uint8Array(room ?? new ArrayBuffer(mostBytes)));
      isOver = !value || value.length === 0;
      if (!value || isOver) return null;
      if (memory === "shared") room = value.buffer;
      return value;
    },
    cancel: (reason) => filling.cancel(reason),
    release: () => filling.releaseLock(),
  };
}

function openFilling(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    // A stream made by script without `type: "bytes"` decides by itself; that is the only way to find out.
    return null;
  }
}

function asTheyCome(reader: ReadableStreamDefaultReader<Uint8Array>): Chunks {
  return {
    fillsOurs: false,
    async next() {
      for (;;) {
        const { value } = await reader.read();
        if (!value || value.length > 0) return value ?? null;
      }
    },
    cancel: (reason) => reader.cancel(reason),
    release: () => reader.releaseLock(),
  };
}
