// The most memory that an isolate held while it did a job: JS heap and buffers by the inspector, WASM by the Worker's count.

import { type HeapSample, watchHeap } from "../host/heap.ts";
import type { RunningWorker } from "../host/workerd.ts";
import type { Answer } from "./bench-worker.ts";

export interface MemoryUse extends HeapSample {
  readonly wasmBytes: number;
  /** Heap and buffers before the first job: the code itself, whatever it does. */
  readonly idleBytes: number;
  /** What the job added: heap and buffers above idle, and all WASM. */
  readonly jobBytes: number;
}

const sizeOf = ({ heapBytes, bufferBytes }: HeapSample) => heapBytes + bufferBytes;

/** WASM memories never shrink, so what is alive at the end of the job is their peak; it is added to the heap's own. */
export async function memoryWhile(worker: RunningWorker, work: () => Promise<Answer>): Promise<MemoryUse> {
  const watch = await watchHeap(worker.inspector);
  try {
    const idle = await watch.sample();
    let isDone = false;
    const done = work().finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    let peak = idle;
    // The isolate answers between two of its own steps, so a busy one is asked as often as it can be.
    while (!isDone) {
      const sample = await watch.sample();
      if (sizeOf(sample) > sizeOf(peak)) peak = sample;
    }
    const { wasmBytes } = await done;
    const idleBytes = sizeOf(idle);
    return { ...peak, wasmBytes, idleBytes, jobBytes: sizeOf(peak) - idleBytes + wasmBytes };
  } finally {
    watch.close();
  }
}
