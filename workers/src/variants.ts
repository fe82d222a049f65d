// The cached entrypoint behind the front door: it gets a plan, and answers its rendered bytes under the plan's name.
import { WorkerEntrypoint } from "cloudflare:workers";
import { errorResponse } from "../shared/api-error.ts";
import { MemoryGate } from "./admission.ts";
import { cached, cacheTag, purgeTags } from "./cache.ts";
import { bytesOf, type Original } from "./original.ts";
import { render } from "./pipeline.ts";
import { defaultLimits, type RenderPlan } from "./plan.ts";
import { refusalOf } from "./refusal.ts";
import { mimeTypes } from "./respond.ts";
import { Stopwatch } from "./stopwatch.ts";

export interface VariantProps {
  readonly original: Original;
  readonly plan: RenderPlan;
  readonly version: string;
}

/** One gate for all requests of the isolate: they share its 128 MB. */
const gate = new MemoryGate(defaultLimits.memoryBytes, 64);

export class Variants extends WorkerEntrypoint<SrcEnv, VariantProps> {
  override async fetch(request: Request): Promise<Response> {
    try {
      return await cached(this.ctx, request.url, () => this.#render());
    } catch (thrown) {
      return errorResponse(refusalOf(thrown, request.url), crypto.randomUUID());
    }
  }

  async #render(): Promise<Response> {
    const { original, plan } = this.ctx.props;
    const watch = new Stopwatch();
    const bytes = bytesOf(this.env.ORIGINALS, original);
    const file = await gate.run(plan.memoryBytes, () => render(plan, bytes, original.facts, watch));
    return new Response(file, {
      headers: {
        "Content-Type": mimeTypes[plan.variant.format],
        "Content-Length": String(file.length),
        // The name says what the bytes are for ever; how long a browser may keep them is the front door's to say.
        "Cache-Control": "public, max-age=31536000, immutable",
        "Cache-Tag": cacheTag(original.id),
        "Server-Timing": watch.header,
      },
    });
  }

  purge(ids: readonly string[]): Promise<boolean> {
    return purgeTags(this.ctx, ids.map(cacheTag));
  }
}
