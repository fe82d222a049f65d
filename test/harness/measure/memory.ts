// The most memory that an isolate held while it did a job: JS heap and buffers by the inspector, WASM by the Worker's count.

import { type HeapSample, type HeapWatch, watchHeap } from "../host/heap.ts";
import type { RunningWorker } from "../host/workerd.ts";
import type { Answer } from "./engine-worker.ts";

export interface MemoryUse {
  /** Heap and buffers before the first job: the code itself, whatever it does. */
  readonly idleBytes: number;
  /** What one job added: heap and buffers above idle, and all WASM. */
  readonly jobBytes: number;
  /** The WASM in it. */
  readonly wasmBytes: number;
  /** The same after many jobs in a row, with the garbage that the collector had not come to. */
  readonly rowBytes: number;
}

/** `work` does the job so many times in one request. */
export async function measureMemory(
  worker: RunningWorker,
  work: (repeats: number) => Promise<Answer>,
  jobsInARow: number,
): Promise<MemoryUse> {
  const watch = await watchHeap(worker.inspector);
  try {
    const idleBytes = sizeOf(await watch.sample());
    const single = await peakWhile(watch, work(1));
    const row = jobsInARow > 1 ? await peakWhile(watch, work(jobsInARow)) : single;
    return {
      idleBytes,
      jobBytes: single.heapBytes - idleBytes + single.wasmBytes,
      wasmBytes: single.wasmBytes,
      rowBytes: row.heapBytes - idleBytes + row.wasmBytes,
    };
  } finally {
    watch.close();
  }
}

const sizeOf = ({ heapBytes, bufferBytes }: HeapSample) => heapBytes + bufferBytes;

/** WASM memories never shrink, so what is alive at the end is their peak; it goes with the heap's own. */
async function peakWhile(
  watch: HeapWatch,
  work: Promise<Answer>,
): Promise<{ heapBytes: number; wasmBytes: number }> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  let heapBytes = 0;
  // The isolate answers between two of its own steps, so a busy one is asked as often as it can be.
  while (!isDone) heapBytes = Math.max(heapBytes, sizeOf(await watch.sample()));
  const { wasmBytes } = await done;
  return { heapBytes, wasmBytes };
}
