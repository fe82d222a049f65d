// The visible list of steps, and the way from an original's bytes to an answer's.

import type { Bytes } from "./codecs/codec.ts";
import { codecs } from "./codecs/index.ts";
import { transcode } from "./codecs/transcode.ts";
import type { RenderPlan } from "./plan.ts";
import { flatten } from "./steps/flatten.ts";
import { pad } from "./steps/pad.ts";
import type { Step } from "./steps/step.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { OriginalFacts } from "./stored-facts.ts";

/** After the decoder has turned, cut and resized. Order matters: what is padded must not be blurred with its padding. */
export const steps: readonly Step[] = [flatten, pad];

export async function render(
  plan: RenderPlan,
  bytes: Bytes,
  facts: OriginalFacts,
  watch: Stopwatch,
): Promise<Uint8Array<ArrayBuffer>> {
  const { variant, source, inRows } = plan;
  const { turn, window, content, format } = variant;
  const wanted = { stored: { width: facts.width, height: facts.height }, turn, window, content };
  if (inRows) return watch.time("rows", () => transcode(source, format, bytes, wanted, variant));

  const decoded = await watch.time("decode", () => codecs.read[source].decode(bytes, wanted));
  const done = await watch.time("steps", async () =>
    steps.reduce((pixels, step) => step(pixels, variant), decoded),
  );
  return watch.time("encode", () => codecs.write[format].encode(done, variant));
}
