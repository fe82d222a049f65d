// The visible list of steps, and the way from an original's bytes to an answer's.

import type { Bytes } from "../../formats/bytes/source.ts";
import type { Stopwatch } from "../door/stopwatch.ts";
import type { Pixels } from "../geometry/pixels.ts";
import { breathe } from "../kernel/host/breath.ts";
import { defaultLimits, type RenderPlan } from "../plan/plan.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import type { Variant } from "../plan/variant.ts";
import { animate, isAnimatedFormat } from "./codecs/animations.ts";
import { codecs } from "./codecs/index.ts";
import { transcode } from "./codecs/transcode.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { adjust } from "./steps/adjust.ts";
import { blur } from "./steps/blur.ts";
import { flatten } from "./steps/flatten.ts";
import { pad } from "./steps/pad.ts";
import { sharpen } from "./steps/sharpen.ts";
import type { Step } from "./steps/step.ts";

/** After the decoder has turned, cut and resized. Order matters: padding is neither blurred nor brightened with the picture. */
export const steps: readonly Step[] = [flatten, adjust, blur, sharpen, pad];

export async function render(
  plan: RenderPlan,
  original: Bytes,
  facts: OriginalFacts,
  watch: Stopwatch,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = heldToFacts(original, facts);
  const { variant, source, inRows } = plan;
  const { turn, window, content, canvas, format, isAnimated } = variant;
  const wanted = { stored: { width: facts.width, height: facts.height }, turn, window, content };
  if (inRows) return watch.time("rows", () => transcode(source, format, bytes, wanted, variant));

  if (isAnimated && isAnimatedFormat(source) && isAnimatedFormat(format)) {
    // More frames than the header told would cost more than the plan has asked for.
    const { maxFrames, maxMegapixels } = defaultLimits.animation;
    const limits = { maxFrames: Math.min(maxFrames, facts.frames ?? maxFrames), maxMegapixels };
    const motion = { from: source, to: format, wanted, canvas, limits, options: variant };
    return watch.time("frames", () => animate(bytes, motion, (frame) => runSteps(frame, variant)));
  }

  const decoded = await watch.time("decode", () => codecs.read[source].decode(bytes, wanted));
  await breathe(Number.POSITIVE_INFINITY);
  const done = await watch.time("steps", () => runSteps(decoded, variant));
  await breathe(Number.POSITIVE_INFINITY);
  return watch.time("encode", () => codecs.write[format].encode(done, variant));
}

async function runSteps(decoded: Pixels, variant: Variant): Promise<Pixels> {
  let pixels = decoded;
  for (const step of steps) pixels = await step(pixels, variant);
  return pixels;
}
