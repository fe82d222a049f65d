// Lets a render start from the master of its original, where nobody could see it.
import type { Size } from "../../../schema/facts.ts";
import { turnedSize, wholeOf } from "../geometry/orientation.ts";
import type { Box } from "../geometry/pixels.ts";
import { jobOf } from "./auto.ts";
import { lookFor } from "./job.ts";
import { looksBringOut } from "./looks.ts";
import { factsOfMaster, type Master } from "./master.ts";
import { fitsWithin, type Limits, type Plan, type PlannedOriginal, type RenderPlan } from "./plan.ts";
import { bringsOut } from "./retouch.ts";
import type { OriginalFacts } from "./stored-facts.ts";

/**
 * How many pixels of a JPEG at quality 95 must come together in one of the answer, along a side, so that it is as good as one that starts from the
 * original: SSIM 0.9952 to 0.9982 at this scale, and more the smaller the answer, of photographs with as much noise as phones leave.
 */
const LEAST_SCALE = 1.75;

/** They bring out the smallest differences: sharpened, the same pictures come to 0.972, at twice the contrast to 0.9950. */
const MOST_CONTRAST = 1.5;

/** The plan as it was made from the original, or the same picture from its master. */
export function fromMaster(plan: Plan, original: PlannedOriginal, master: Master, limits: Limits): Plan {
  if (plan.kind !== "render" || !maySee(plan, original.facts, master)) return plan;
  const facts = factsOfMaster(master, original.facts);
  const { turn } = plan.variant;
  const variant = { ...plan.variant, window: scaled(plan.variant.window, original.facts, facts, turn) };
  const source = { format: master.format, facts, bytes: master.bytes };
  const job = jobOf(variant, source);
  const look = plan.look && lookFor(source, turn, wholeOf(facts, turn), null, plan.look.isFocusWanted);
  const cpuMs = job.cpuMs + (look?.cpuMs ?? 0);
  const isCheaper = cpuMs < plan.cpuMs + (plan.look?.cpuMs ?? 0);
  const fits = fitsWithin(limits, { ...job, cpuMs }) && (!look || fitsWithin(limits, look));
  if (!isCheaper || !fits) return plan;
  return Object.freeze({ ...plan, ...job, look, source: master.format, master });
}

function maySee({ variant }: RenderPlan, facts: OriginalFacts, master: Master): boolean {
  // Borders end at a pixel, which a loss moves; and what is to be exact starts from what is.
  const mustBeExact = variant.format === "webp" && variant.quality === null;
  if (variant.trim !== null || variant.isAnimated || mustBeExact) return false;
  const { window, content, turn, effects, retouch, looks } = variant;
  if ((retouch && bringsOut(retouch)) || (looks && looksBringOut(looks))) return false;
  if (effects.sharpen !== null || (effects.contrast ?? 1) > MOST_CONTRAST) return false;
  const stored = { width: facts.width, height: facts.height };
  const from = scaled(window, stored, master, turn);
  const scale = Math.min(from.width / content.width, from.height / content.height);
  const isWhole = master.width === facts.width && master.height === facts.height;
  return scale >= (master.format === "png" && isWhole ? 0 : LEAST_SCALE);
}

/** Where a box of the turned original lies in its turned master. */
function scaled(box: Box, original: Size, master: Size, turn: OriginalFacts["orientation"]): Box {
  const from = turnedSize(original, turn);
  const to = turnedSize(master, turn);
  if (from.width === to.width && from.height === to.height) return box;
  const across = to.width / from.width;
  const down = to.height / from.height;
  const x = box.x * across;
  const y = box.y * down;
  return {
    x,
    y,
    width: Math.min(box.width * across, to.width - x),
    height: Math.min(box.height * down, to.height - y),
  };
}
