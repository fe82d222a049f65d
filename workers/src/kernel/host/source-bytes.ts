// A stream in pieces of up to 64 KB that all share one buffer: what keeps a 53 MB file from leaving 35 MB
// of garbage behind. Streams that can't fill a caller's buffer are read as they come.

const pieceBytes = 64 << 10;

export interface SourceBytes {
  /** The next bytes, good until the next call; undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  /** Gives the stream back; what was not read is not wanted. */
  close(): Promise<void>;
}

export function openSourceBytes(stream: ReadableStream<Uint8Array>): SourceBytes {
  const own = byobReader(stream);
  if (!own) return readAsItComes(stream.getReader());
  let buffer = new ArrayBuffer(pieceBytes);
  return {
    async read() {
      const { value } = await own.read(new Uint8Array(buffer, 0, pieceBytes));
      if (!value || value.byteLength === 0) return undefined;
      buffer = value.buffer;
      return value;
    },
    close: () => own.cancel().catch(() => undefined),
  };
}

function byobReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    // A TypeError: not a byte stream (made from strings, a transform, a test).
    return undefined;
  }
}

function readAsItComes(reader: ReadableStreamDefaultReader<Uint8Array>): SourceBytes {
  return {
    async read() {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        if (value.byteLength > 0) return value;
      }
    },
    close: () => reader.cancel().catch(() => undefined),
  };
}
