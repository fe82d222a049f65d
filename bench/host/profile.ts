// Where an isolate's time goes, sampled by V8 through the inspector. WASM functions show as numbers: release builds name none.

import { z } from "zod";
import { openInspector } from "../../test/harness/host/inspector.ts";

const profileSchema = z.object({
  profile: z.object({
    nodes: z.array(
      z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) }),
    ),
    samples: z.array(z.number()),
    timeDeltas: z.array(z.number()),
  }),
});

export interface HotFunction {
  readonly name: string;
  /** Of the time that the isolate was at work. */
  readonly share: number;
}

const idle = "(idle)";

/** The functions that took most of the time while `work` ran, most first. */
export async function profileWhile(inspector: string, work: () => Promise<unknown>): Promise<HotFunction[]> {
  const { call, close } = await openInspector(inspector);
  try {
    await call("Profiler.enable");
    await call("Profiler.start");
    await work();
    const { profile } = profileSchema.parse(await call("Profiler.stop"));
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)] as const));
    const spent = new Map<string, number>();
    for (const [at, node] of profile.samples.entries()) {
      const name = names.get(node) ?? idle;
      spent.set(name, (spent.get(name) ?? 0) + (profile.timeDeltas[at] ?? 0));
    }
    spent.delete(idle);
    const total = spent.values().reduce((sum, time) => sum + time, 0);
    return Array.from(spent, ([name, time]) => ({ name, share: time / total })).toSorted(
      (a, b) => b.share - a.share,
    );
  } finally {
    close();
  }
}

/** A WASM module's name is a hash; which one it is shows from the functions beside it. */
function nameOf({ functionName, url }: { readonly functionName: string; readonly url: string }): string {
  const file = url.slice(url.lastIndexOf("/") + 1);
  return `${functionName || "(anonymous)"}${file ? ` in ${file}` : ""}`;
}
