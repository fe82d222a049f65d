// What stands for a picture until it has loaded: a ThumbHash and one colour, from a small decode.
import { rgbaToThumbHash } from "thumbhash";
import type { Bytes } from "../../formats/bytes/source.ts";
import type { Placeholder } from "../../shared/looked.ts";
import type { Job } from "../door/admission.ts";
import { wholeOf } from "../geometry/orientation.ts";
import { leftoversOf } from "../plan/claims.ts";
import { lookFor } from "../plan/job.ts";
import { fitInside } from "../plan/layout.ts";
import { defaultLimits, fitsWithin } from "../plan/plan.ts";
import type { JobSource } from "../plan/price.ts";
import { codecs } from "./codecs/index.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { whileReading } from "./lent-file.ts";
import { dominantColour } from "./steps/dominant-colour.ts";

/** What the pixels say. */
export interface SeenPixels extends Placeholder {
  readonly hasAlpha: boolean;
  /** The file is broken, and was read as far as it goes. */
  readonly isDamaged: boolean;
}

/** ThumbHash takes no larger pictures. */
const SIDE = 100;

/** What looking takes; undefined where that does not fit within the limits of a job. */
export function lookAtAll(source: JobSource): ReturnType<typeof lookFor> | undefined {
  const { facts } = source;
  const cost = lookFor(source, facts.orientation, wholeOf(facts, facts.orientation), null, true);
  return fitsWithin(defaultLimits, cost) ? cost : undefined;
}

/** Throws a `Damage` for what can't be decoded. `cost` is from `lookAtAll`; `admit` waits until its turn comes. */
export async function placeholderOf(
  source: JobSource,
  bytes: Bytes,
  cost: ReturnType<typeof lookFor>,
  admit: <Result>(cost: Job, job: () => Promise<Result>) => Promise<Result>,
): Promise<SeenPixels> {
  const { facts } = source;
  const turn = facts.orientation;
  const window = wholeOf(facts, turn);

  const stored = { width: facts.width, height: facts.height };
  const content = fitInside(window, { width: SIDE, height: SIDE }, false);
  const read = codecs.read[source.format];
  const wanted = { stored, turn, window, content };
  const job = { ...cost, ...leftoversOf(cost, source.format, null, source.bytes) };
  const pixels = await admit(job, () =>
    whileReading(bytes, (lent) => read.decode(heldToFacts(lent, facts), wanted, cost.caps)),
  );
  return {
    thumbhash: rgbaToThumbHash(pixels.width, pixels.height, pixels.data).toBase64(),
    color: dominantColour(pixels),
    // Not the header: many files have an alpha channel and nothing clear in it.
    hasAlpha: pixels.data.some((value, at) => at % 4 === 3 && value < 250),
    isDamaged: pixels.isDamaged ?? false,
  };
}
