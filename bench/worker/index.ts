// The Worker under test. One request renders one task N times, so that its cost can be told from the request's own.

import { renderWithEdgepix } from "./edgepix.ts";
import type { Engine, Rendered, Task } from "./engine.ts";
import { renderWithJsquash } from "./jsquash.ts";
import { renderWithPhoton } from "./photon.ts";
import { wasmBytesAlive } from "./wasm-memory.ts";

const engines = { edgepix: renderWithEdgepix, jsquash: renderWithJsquash, photon: renderWithPhoton } as const;
export type EngineName = keyof typeof engines;

export interface Order {
  readonly engine: EngineName;
  readonly task: Task;
  /** 0 measures the request itself. */
  readonly repeats: number;
}

interface BenchEnv {
  readonly PHOTOS: Fetcher;
}

export default {
  async fetch(request, { PHOTOS }): Promise<Response> {
    if (request.method !== "POST") return new Response("ready");
    const { engine, task, repeats }: Order = await request.json();
    const open = () => PHOTOS.fetch(`http://photos/${task.photo}`);
    try {
      const rendered = await renderRepeatedly(engines[engine], task, open, repeats);
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
} satisfies ExportedHandler<BenchEnv>;

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
