// What stands for a picture until it has loaded: a ThumbHash and one colour, from a small decode.
import { rgbaToThumbHash } from "thumbhash";
import type { Bytes } from "../../formats/bytes/source.ts";
import type { Original } from "../door/original.ts";
import type { Cost } from "../door/queue.ts";
import { turnedSize } from "../geometry/orientation.ts";
import { lookFor } from "../plan/job.ts";
import { fitInside } from "../plan/layout.ts";
import { defaultLimits } from "../plan/plan.ts";
import { isReadable } from "../plan/traits.ts";
import { codecs } from "./codecs/index.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { dominantColour } from "./steps/dominant-colour.ts";

export interface Placeholder {
  /** Base64. */
  readonly thumbhash: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly hasAlpha: boolean;
}

/** ThumbHash takes no larger pictures. */
const SIDE = 100;

/** Null where the original can't be decoded within the limits of a job. `admit` waits until its turn comes. */
export async function placeholderOf(
  { facts, transformable, bytes: size }: Pick<Original, "facts" | "transformable" | "bytes">,
  bytes: Bytes,
  admit: <Result>(cost: Cost, job: () => Promise<Result>) => Promise<Result>,
): Promise<Placeholder | null> {
  if (!transformable || !isReadable(facts.format)) return null;
  const source = { format: facts.format, facts, bytes: size };
  const turn = facts.orientation;
  const window = { x: 0, y: 0, ...turnedSize(facts, turn) };
  const cost = lookFor(source, turn, window, null, true);
  const { memoryBytes, cpuMilliseconds } = defaultLimits;
  if (cost.memoryBytes > memoryBytes || cost.cpuMs > cpuMilliseconds) return null;

  const stored = { width: facts.width, height: facts.height };
  const content = fitInside(window, { width: SIDE, height: SIDE }, false);
  const read = codecs.read[facts.format];
  const wanted = { stored, turn, window, content };
  const pixels = await admit(cost, () => read.decode(heldToFacts(bytes, facts), wanted, cost.caps));
  return {
    thumbhash: rgbaToThumbHash(pixels.width, pixels.height, pixels.data).toBase64(),
    color: dominantColour(pixels),
    // Not the header: many files have an alpha channel and nothing clear in it.
    hasAlpha: pixels.data.some((value, at) => at % 4 === 3 && value < 250),
  };
}
