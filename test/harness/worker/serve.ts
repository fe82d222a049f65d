// The Worker around an engine. One request renders one task N times, so that its cost can be told from the request's own.

import type { Engine, Rendered, Task } from "./engine.ts";
import { wasmBytesAlive } from "./wasm-memory.ts";

export interface Order {
  readonly task: Task;
  /** 0 measures the request itself. */
  readonly repeats: number;
}

interface BenchEnv {
  readonly PHOTOS: Fetcher;
}

export const serve = (render: Engine): ExportedHandler<BenchEnv> => ({
  async fetch(request, { PHOTOS }): Promise<Response> {
    if (request.method !== "POST") return new Response("ready");
    const { task, repeats }: Order = await request.json();
    const open = () => PHOTOS.fetch(`http://photos/${task.photo}`);
    try {
      const rendered = await renderRepeatedly(render, task, open, repeats);
      const { bytes, servedBytes, predictedBytes } = rendered ?? {};
      const counts = {
        "x-wasm-bytes": wasmBytesAlive(),
        "x-predicted-bytes": predictedBytes,
        "x-served-bytes": servedBytes,
      };
      const known = Object.entries(counts).filter(([, count]) => count !== undefined);
      return new Response(bytes ?? null, { headers: known.map(([name, count]) => [name, String(count)]) });
    } catch (error) {
      return new Response(error instanceof Error ? error.message : String(error), { status: 500 });
    }
  },
});

async function renderRepeatedly(
  render: Engine,
  task: Task,
  open: () => Promise<Response>,
  repeats: number,
): Promise<Rendered | undefined> {
  let rendered: Rendered | undefined;
  for (let round = 0; round < repeats; round++) rendered = await render(task, open);
  return rendered;
}
