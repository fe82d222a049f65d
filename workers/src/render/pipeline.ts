// The visible list of steps, and the way from an original's bytes to an answer's.

import type { Bytes } from "../../formats/bytes/source.ts";
import type { Stopwatch } from "../door/stopwatch.ts";
import { type Pixels, release } from "../geometry/pixels.ts";
import { breathe } from "../kernel/host/breath.ts";
import { defaultLimits, type RenderPlan } from "../plan/plan.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import { givesRows, takesRows } from "../plan/traits.ts";
import type { Variant } from "../plan/variant.ts";
import { animate, isAnimatedFormat } from "./codecs/animations.ts";
import { codecs } from "./codecs/index.ts";
import { enlarge, transcode } from "./codecs/transcode.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { whileReading } from "./lent-file.ts";
import { MemoryError, namedCause } from "./memory-error.ts";
import { adjust } from "./steps/adjust.ts";
import { blur } from "./steps/blur.ts";
import { clarity } from "./steps/clarity.ts";
import { dehaze } from "./steps/dehaze.ts";
import { denoise } from "./steps/denoise.ts";
import { flatten } from "./steps/flatten.ts";
import { frame } from "./steps/frame.ts";
import { grain } from "./steps/grain.ts";
import { looks } from "./steps/looks.ts";
import { pad } from "./steps/pad.ts";
import { lightAndColour } from "./steps/retouch.ts";
import { sharpen } from "./steps/sharpen.ts";
import type { Step } from "./steps/step.ts";
import { texture } from "./steps/texture.ts";
import { vignette } from "./steps/vignette.ts";
import { zones } from "./steps/zones.ts";
import { triesOf } from "./tries.ts";
import { type OpenFile, writeChosen } from "./write-chosen.ts";

/** After the decoder has turned, cut and resized. Order matters: padding is neither blurred nor brightened with the picture. */
export const steps: readonly Step[] = [
  flatten,
  // Light, then colour.
  adjust,
  zones,
  lightAndColour,
  // Detail.
  denoise,
  dehaze,
  clarity,
  texture,
  blur,
  sharpen,
  // Looks, which have an order of their own.
  looks,
  // What lies over all of it.
  vignette,
  grain,
  // Composition.
  frame,
  pad,
];

/**
 * Writes the answer's bytes as they are made into what `open` gives, which is told their format and says when it has room for more. What
 * outgrows its plan (noise in motion, a codec's odd case) is made once more, smaller, in the memory of that plan: a smaller picture is worth
 * more than none. `pay` is asked before, with the milliseconds that it will take, and refuses by throwing; more than one job may take is not
 * spent on all of them together.
 */
export async function render(
  plan: RenderPlan,
  original: Bytes,
  facts: OriginalFacts,
  watch: Stopwatch,
  open: OpenFile,
  pay: (cpuMs: number) => Promise<void>,
): Promise<void> {
  let hasBegun = false;
  const begin: OpenFile = (format) => {
    const write = open(format);
    return (piece) => {
      hasBegun = true;
      return write(piece);
    };
  };
  let spentMs = 0;
  let failure: unknown;
  for (const { plan: tried, cpuMs } of triesOf(plan, facts)) {
    const isFirst = spentMs === 0;
    if (!isFirst && spentMs + cpuMs > defaultLimits.cpuMilliseconds) continue;
    if (!isFirst) await pay(cpuMs);
    spentMs += cpuMs;
    try {
      return await whileReading(original, (lent) => renderOnce(tried, lent, facts, watch, begin));
    } catch (thrown) {
      failure = namedCause(thrown);
      if (!(failure instanceof MemoryError) || hasBegun) throw failure;
    }
  }
  throw failure;
}

async function renderOnce(
  plan: RenderPlan,
  original: Bytes,
  facts: OriginalFacts,
  watch: Stopwatch,
  open: OpenFile,
): Promise<void> {
  const bytes = heldToFacts(original, facts);
  const { variant, source, inRows, caps } = plan;
  const { turn, window, content, canvas, format, isAnimated } = variant;
  const wanted = { stored: { width: facts.width, height: facts.height }, turn, window, content };
  if (inRows && givesRows(source) && takesRows(format)) {
    return watch.time("rows", () => transcode(source, format, bytes, wanted, variant, open(format), caps));
  }

  if (inRows && takesRows(format)) {
    const { stored } = wanted;
    const whole = { stored, turn: 1, window: { x: 0, y: 0, ...stored }, content: stored } as const;
    const frame = await watch.time("decode", () => codecs.read[source].decode(bytes, whole, caps));
    await breathe(Number.POSITIVE_INFINITY);
    const opaque = await flatten(frame, variant);
    return watch.time("rows", () => enlarge(opaque, format, wanted, variant, open(format), caps));
  }

  if (isAnimated && isAnimatedFormat(source) && isAnimatedFormat(format)) {
    // More frames than the header told would cost more than the plan has asked for.
    const { maxFrames, maxMegapixels } = defaultLimits.animation;
    const limits = { maxFrames: Math.min(maxFrames, facts.frames ?? maxFrames), maxMegapixels };
    const motion = { from: source, to: format, wanted, canvas, limits, options: variant, caps };
    const step = (frame: Pixels) => runSteps(frame, variant);
    return watch.time("frames", () => animate(bytes, motion, step, open(format)));
  }

  const decoded = await watch.time("decode", () => codecs.read[source].decode(bytes, wanted, caps));
  await breathe(Number.POSITIVE_INFINITY);
  const done = await watch.time("steps", () => runSteps(decoded, variant));
  await breathe(Number.POSITIVE_INFINITY);
  try {
    await watch.time("encode", () => writeChosen(done, variant, open, caps.writer));
  } finally {
    release(done);
  }
}

async function runSteps(decoded: Pixels, variant: Variant): Promise<Pixels> {
  let pixels = decoded;
  for (const step of steps) pixels = await step(pixels, variant);
  return pixels;
}
