// Watches an isolate from outside: JS heap and buffers through the inspector, WASM memories through the Worker's own count.

import { z } from "zod";

const target = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const reply = z.object({ id: z.number().optional(), result: z.unknown().optional() });
const heapUsage = z.object({
  usedSize: z.number(),
  backingStorageSize: z.number(),
  embedderHeapUsedSize: z.number(),
});
const evaluated = z.object({ result: z.object({ value: z.number().optional() }) });

export interface MemorySample {
  readonly heapBytes: number;
  readonly bufferBytes: number;
  readonly wasmBytes: number;
}

export const totalBytes = ({ heapBytes, bufferBytes, wasmBytes }: MemorySample) =>
  heapBytes + bufferBytes + wasmBytes;

export interface HeapWatch {
  readonly sample: () => Promise<MemorySample>;
  readonly collectGarbage: () => Promise<void>;
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
  const call = (method: string, params: object = {}): Promise<unknown> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => waiting.set(id, resolve)).finally(() => waiting.delete(id));
  };
  return {
    async sample() {
      const [heap, wasm] = await Promise.all([
        call("Runtime.getHeapUsage"),
        call("Runtime.evaluate", { expression: "globalThis.wasmBytesAlive()", returnByValue: true }),
      ]);
      const { usedSize, backingStorageSize, embedderHeapUsedSize } = heapUsage.parse(heap);
      return {
        heapBytes: usedSize + embedderHeapUsedSize,
        bufferBytes: backingStorageSize,
        wasmBytes: evaluated.parse(wasm).result.value ?? 0,
      };
    },
    async collectGarbage() {
      await call("HeapProfiler.collectGarbage");
    },
    close: () => socket.close(),
  };
}
