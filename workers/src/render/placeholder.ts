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
import { resizePixels } from "./codecs/kernel.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { flatnessOf, isDrawing } from "./is-drawing.ts";
import { whileReading } from "./lent-file.ts";
import { dominantColour } from "./steps/dominant-colour.ts";

/** What the pixels say. */
export interface SeenPixels extends Placeholder {
  readonly hasAlpha: boolean;
  /** Text, charts, logos, screens. Told of a close look alone. */
  readonly isDrawing: boolean;
  /** The file is broken, and was read as far as it goes. */
  readonly isDamaged: boolean;
}

/** ThumbHash takes no larger pictures. */
const SIDE = 100;
/** In a smaller picture letters and lines are blurred into each other. */
const CLOSE_SIDE = 512;
/** Of a look for the point of interest. */
const CLOSE_SHARE = 4;

type LookCost = ReturnType<typeof lookFor>;

/** What looking takes, `isClose` as it takes to tell a drawing; undefined where that does not fit within the limits of a job. */
export function lookAtAll(source: JobSource, isClose = false): LookCost | undefined {
  const { facts } = source;
  const whole = wholeOf(facts, facts.orientation);
  const cost = lookFor(source, facts.orientation, whole, null, true, isClose ? CLOSE_SHARE : 1);
  return fitsWithin(defaultLimits, cost) ? cost : undefined;
}

/** Throws a `Damage` for what can't be decoded. `cost` is from `lookAtAll`; `admit` waits until its turn comes. */
export async function placeholderOf(
  source: JobSource,
  bytes: Bytes,
  cost: LookCost,
  admit: <Result>(cost: Job, job: () => Promise<Result>) => Promise<Result>,
): Promise<SeenPixels> {
  const job = { ...cost, ...leftoversOf(cost, source.format, null, source.bytes) };
  return admit(job, () => lookWithin(source, bytes, cost));
}

/** The same within a job that has been let in. */
export async function lookWithin(
  { format, facts }: JobSource,
  bytes: Bytes,
  cost: LookCost,
): Promise<SeenPixels> {
  const turn = facts.orientation;
  const window = wholeOf(facts, turn);
  const stored = { width: facts.width, height: facts.height };
  const isClose = Math.max(cost.content.width, cost.content.height) > CLOSE_SIDE / 2;
  const side = isClose ? CLOSE_SIDE : SIDE;
  const content = fitInside(window, { width: side, height: side }, false);
  const wanted = { stored, turn, window, content };
  const pixels = await whileReading(bytes, (lent) =>
    codecs.read[format].decode(heldToFacts(lent, facts), wanted, cost.caps),
  );
  const small = isClose
    ? await resizePixels(pixels, fitInside(window, { width: SIDE, height: SIDE }, false))
    : pixels;
  return {
    thumbhash: rgbaToThumbHash(small.width, small.height, small.data).toBase64(),
    color: dominantColour(small),
    // Not the header: many files have an alpha channel and nothing clear in it.
    hasAlpha: small.data.some((value, at) => at % 4 === 3 && value < 250),
    isDrawing: isClose && isDrawing(flatnessOf(pixels)),
    isDamaged: pixels.isDamaged ?? false,
  };
}
