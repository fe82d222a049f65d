// The size arithmetic of named sizes. The API's `sizes{}` and the bytes of src both come from here.
import type { Size } from "../../schema/facts.ts";
import { MAX_OUTPUT_SIDE } from "../../schema/transform.ts";

/** Short side in pixels of each named size. */
export const shortSides = { s: 320, m: 640, l: 1080 } as const;
export type NamedSize = keyof typeof shortSides;

/**
 * The size of a picture whose short side is brought to a named size: aspect kept, long side floored, never enlarged,
 * never under one pixel. 4000x3000 gives 426x320, 853x640, 1440x1080. A panorama whose long side would still be over
 * the output limit is brought to that limit instead; a source that is small enough already is not touched at all.
 */
export function namedSize(source: Size, name: NamedSize): Size {
  const target = shortSides[name];
  const short = Math.min(source.width, source.height);
  if (short <= target) return { width: source.width, height: source.height };
  const longest = Math.max(source.width, source.height);
  // Integers divide exactly before the floor; a float ratio would lose a pixel on some shapes.
  const long = Math.floor((longest * target) / short);
  return long <= MAX_OUTPUT_SIDE
    ? lying(source, long, target)
    : lying(source, MAX_OUTPUT_SIDE, Math.max(1, Math.floor((short * MAX_OUTPUT_SIDE) / longest)));
}

/** A size with these sides, lying or standing as the source does. */
function lying(source: Size, long: number, short: number): Size {
  return source.width >= source.height ? { width: long, height: short } : { width: short, height: long };
}
