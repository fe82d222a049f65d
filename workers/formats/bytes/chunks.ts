// Reads a stream in chunks of 64 KB where it lets its reader choose (R2 and fetch bodies do; they hand out 4 KB otherwise).

export interface Chunks {
  /** null at the end. */
  next(): Promise<Uint8Array | null>;
  cancel(reason?: unknown): Promise<void>;
}

const chunkBytes = 65_536;

export function openChunks(stream: ReadableStream<Uint8Array>): Chunks {
  const chosen = openChosen(stream);
  if (chosen) {
    return {
      async next() {
        const { done, value } = await chosen.read(new Uint8Array(chunkBytes));
        return done ? null : value;
      },
      cancel: (reason) => chosen.cancel(reason),
    };
  }
  const reader = stream.getReader();
  return {
    next: async () => (await reader.read()).value ?? null,
    cancel: (reason) => reader.cancel(reason),
  };
}

function openChosen(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    // A stream made by script without `type: "bytes"` decides by itself; that is the only way to find out.
    return null;
  }
}
