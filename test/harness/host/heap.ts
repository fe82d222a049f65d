// Watches an isolate from outside: its JS heap and buffers through the inspector, which knows nothing of WASM memories.

import { z } from "zod";
import { openInspector } from "./inspector.ts";

const heapUsage = z.object({
  usedSize: z.number(),
  backingStorageSize: z.number(),
  embedderHeapUsedSize: z.number(),
});

export interface HeapSample {
  readonly heapBytes: number;
  readonly bufferBytes: number;
}

export interface HeapWatch {
  readonly sample: () => Promise<HeapSample>;
  readonly close: () => void;
}

export async function watchHeap(url: string): Promise<HeapWatch> {
  const { call, close } = await openInspector(url);
  return {
    async sample() {
      const { usedSize, backingStorageSize, embedderHeapUsedSize } = heapUsage.parse(
        await call("Runtime.getHeapUsage"),
      );
      return { heapBytes: usedSize + embedderHeapUsedSize, bufferBytes: backingStorageSize };
    },
    close,
  };
}
