// Watches an isolate from outside: its JS heap and buffers through the inspector, which knows nothing of WASM memories.

import { z } from "zod";

const target = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const reply = z.object({ id: z.number().optional(), result: z.unknown().optional() });
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

export async function watchHeap(inspector: string): Promise<HeapWatch> {
  const [worker] = target.parse(await (await fetch(`${inspector}/json`)).json());
  const socket = new WebSocket(worker?.webSocketDebuggerUrl ?? "");
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = reply.parse(JSON.parse(String(data)));
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let last = 0;
  const call = (method: string): Promise<unknown> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method }));
    return new Promise((resolve) => waiting.set(id, resolve)).finally(() => waiting.delete(id));
  };
  return {
    async sample() {
      const { usedSize, backingStorageSize, embedderHeapUsedSize } = heapUsage.parse(
        await call("Runtime.getHeapUsage"),
      );
      return { heapBytes: usedSize + embedderHeapUsedSize, bufferBytes: backingStorageSize };
    },
    close: () => socket.close(),
  };
}
