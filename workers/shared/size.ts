// The size arithmetic of named sizes. The API's `sizes{}` and the bytes of src both come from here.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Short side in pixels of each named size. */
export const shortSides = { s: 320, m: 640, l: 1080 } as const;
export type NamedSize = keyof typeof shortSides;

/**
 * The size of a picture whose short side is brought to a named size: aspect kept, long side floored, never enlarged,
 * never under one pixel. 4000x3000 gives 426x320, 853x640, 1440x1080.
 */
export function namedSize(source: Size, name: NamedSize): Size {
  const target = shortSides[name];
  const short = Math.min(source.width, source.height);
  if (short <= target) return { width: source.width, height: source.height };
  // Integers divide exactly before the floor; a float ratio would lose a pixel on some shapes.
  const long = Math.floor((Math.max(source.width, source.height) * target) / short);
  return source.width >= source.height ? { width: long, height: target } : { width: target, height: long };
}
