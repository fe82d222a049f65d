// The eight ways to turn a picture, as EXIF numbers them. They form a group: any chain of turns is one of the eight.
import type { Orientation, Size } from "../../../schema/facts.ts";
import type { Box } from "./pixels.ts";

/** Every turn is a mirror left to right (or none), then quarter turns clockwise. */
interface Turn {
  readonly mirrored: boolean;
  readonly quarters: number;
}

const turns: Readonly<Record<Orientation, Turn>> = {
  1: { mirrored: false, quarters: 0 },
  2: { mirrored: true, quarters: 0 },
  3: { mirrored: false, quarters: 2 },
  4: { mirrored: true, quarters: 2 },
  5: { mirrored: true, quarters: 3 },
  6: { mirrored: false, quarters: 1 },
  7: { mirrored: true, quarters: 1 },
  8: { mirrored: false, quarters: 3 },
};

const straight = [1, 6, 3, 8] as const;
const mirrored = [2, 7, 4, 5] as const;

const flips = { h: 2, v: 4, hv: 3 } as const;
const rotations = { 90: 6, 180: 3, 270: 8 } as const;

/** `first`, then `second`, as one turn. */
export function thenTurn(first: Orientation, second: Orientation): Orientation {
  const a = turns[first];
  const b = turns[second];
  // A mirror reverses the sense of the quarter turns that it jumps over.
  const quarters = (b.quarters + (b.mirrored ? 4 - a.quarters : a.quarters)) & 3;
  const row = a.mirrored === b.mirrored ? straight : mirrored;
  return row[quarters] ?? 1;
}

/** The original's own orientation, then the flip and the rotation that were asked for. */
export function wholeTurn(
  own: Orientation,
  flip: keyof typeof flips | undefined,
  rotate: keyof typeof rotations | undefined,
): Orientation {
  const flipped = flip ? thenTurn(own, flips[flip]) : own;
  return rotate ? thenTurn(flipped, rotations[rotate]) : flipped;
}

/** Whether a turn swaps width and height. */
export function isSideways(turn: Orientation): boolean {
  return turns[turn].quarters % 2 === 1;
}

export function turnedSize({ width, height }: Size, turn: Orientation): Size {
  return isSideways(turn) ? { width: height, height: width } : { width, height };
}

/** Where a box of the stored picture lies in the turned one: the other way round. */
export function turnedBox(box: Box, stored: Size, turn: Orientation): Box {
  const { mirrored: isMirrored, quarters } = turns[turn];
  let turned = isMirrored ? { ...box, x: stored.width - box.x - box.width } : box;
  let { width, height } = stored;
  for (let quarter = 0; quarter < quarters; quarter++) {
    const { x, y } = turned;
    turned = { x: height - y - turned.height, y: x, width: turned.height, height: turned.width };
    [width, height] = [height, width];
  }
  return turned;
}

/** What there is to show of a picture that is stored like this, in pixels of the turned one: all of it, or what its maker left. */
export function wholeOf(stored: Size & { readonly crop?: Box | null | undefined }, turn: Orientation): Box {
  return turnedBox(stored.crop ?? { x: 0, y: 0, width: stored.width, height: stored.height }, stored, turn);
}

/** Where a box of the turned picture lies in the stored one, whose size is `stored`. */
export function storedBox(box: Box, stored: Size, turn: Orientation): Box {
  const { mirrored: isMirrored, quarters } = turns[turn];
  const upright = unturned(box, turnedSize(stored, turn), quarters);
  return isMirrored ? { ...upright, x: stored.width - upright.x - upright.width } : upright;
}

/** Takes back quarter turns clockwise, one at a time. */
function unturned(box: Box, size: Size, quarters: number): Box {
  if (quarters === 0) return box;
  const back = { x: box.y, y: size.width - box.x - box.width, width: box.height, height: box.width };
  return unturned(back, { width: size.height, height: size.width }, quarters - 1);
}
