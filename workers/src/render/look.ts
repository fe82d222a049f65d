// Looks at a picture before the plan is made for good: its borders and its most salient point are only in its pixels.

import type { Bytes } from "../../formats/bytes/source.ts";
import { wholeOf } from "../geometry/orientation.ts";
import type { Box, Pixels } from "../geometry/pixels.ts";
import { SALIENCY_SIDE } from "../plan/job.ts";
import { fitInside } from "../plan/layout.ts";
import type { RenderPlan } from "../plan/plan.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import { roundedBox } from "../plan/whole-pixels.ts";
import type { Seen } from "../plan/wish.ts";
import { codecs } from "./codecs/index.ts";
import { resizePixels, shapeFrame } from "./codecs/kernel.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { whileReading } from "./lent-file.ts";
import { enhancementOf } from "./retouch/enhance.ts";
import { salientPoint } from "./steps/salient-point.ts";
import { trimBox } from "./steps/trim-box.ts";

export async function lookAt(plan: RenderPlan, bytes: Bytes, facts: OriginalFacts): Promise<Seen> {
  const { variant, source, look } = plan;
  if (!look) return {};
  const stored = { width: facts.width, height: facts.height };
  const window = wholeOf(facts, variant.turn);
  const { content, caps } = look;
  const wanted = { stored, turn: variant.turn, window, content };
  const small = await whileReading(bytes, (lent) =>
    codecs.read[source].decode(heldToFacts(lent, facts), wanted, caps),
  );
  const scale = { x: window.width / small.width, y: window.height / small.height };

  const trimmed = look.trim === null ? undefined : trimBox(small, look.trim);
  const seenTrimmed =
    trimmed &&
    roundedBox({
      x: window.x + trimmed.x * scale.x,
      y: window.y + trimmed.y * scale.y,
      width: trimmed.width * scale.x,
      height: trimmed.height * scale.y,
    });
  const focus = look.isFocusWanted ? await focusOf(small, trimmed, variant.content) : undefined;
  const enhancement = look.isToneWanted ? enhancementOf(small) : undefined;
  return {
    ...(seenTrimmed && { trimmed: seenTrimmed }),
    ...(focus && { focus }),
    ...(enhancement && { enhancement }),
  };
}

/** The focus as fractions of the trimmed picture, for a cut of the content's aspect. */
async function focusOf(small: Pixels, trimmed: Box | undefined, aspect: { width: number; height: number }) {
  const stored = { width: small.width, height: small.height };
  const window = trimmed ?? { x: 0, y: 0, ...stored };
  const size = fitInside(window, { width: SALIENCY_SIDE, height: SALIENCY_SIDE }, false);
  const shown = trimmed
    ? await shapeFrame(small, { stored, turn: 1, window, content: size })
    : await resizePixels(small, size);
  return salientPoint(shown, fitInside(aspect, shown, true));
}
