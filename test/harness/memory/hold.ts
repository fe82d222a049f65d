// Does a job of the grid in a workerd of its own, without a limit: WASM memories, and JS heap and buffers above idle.

import { edgepixWorker, send, startEngine, taskFor } from "../measure/engine-worker.ts";
import { measureMemory } from "../measure/memory.ts";
import type { Row } from "./grid.ts";
import { folder } from "./sources.ts";

const output = { width: 0, height: 0, format: "jpg", quality: 0 } as const;

export interface Held {
  readonly row: Row;
  readonly predictedBytes: number;
  readonly measuredBytes: number;
  readonly wasmBytes: number;
  readonly fileBytes: number;
}

/** Undefined where the plan refuses. */
export async function hold(row: Row): Promise<Held | undefined> {
  const path = await row.source.make();
  const task = await taskFor(path, row.query, output);
  const worker = await startEngine(edgepixWorker, { photos: folder });
  try {
    let predictedBytes = 0;
    let fileBytes = 0;
    const work = async (repeats: number) => {
      const answer = await send(worker, { repeats, task });
      predictedBytes = answer.predictedBytes ?? 0;
      fileBytes = answer.servedBytes ?? answer.bytes.length;
      return answer;
    };
    const { jobBytes, wasmBytes } = await measureMemory(worker, work, 1);
    return { row, predictedBytes, measuredBytes: jobBytes, wasmBytes, fileBytes };
  } catch (error) {
    if (error instanceof Error && /needs more memory|too long to be read/.test(error.message))
      return undefined;
    throw error;
  } finally {
    await worker.stop();
  }
}
