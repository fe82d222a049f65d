// Rows of a stored picture put where they belong in the upright one.

import type { Orientation } from "../../../../schema/facts.ts";
import { storedBox, turnedSize } from "../../geometry/orientation.ts";
import type { Pixels } from "../../geometry/pixels.ts";

interface StoredSize {
  readonly width: number;
  readonly height: number;
}

export interface TurnedRows {
  /** Takes whole rows of RGBA, top to bottom as stored. */
  take(rows: Uint8Array): void;
  readonly pixels: Pixels;
}

export function openTurnedRows(stored: StoredSize, turn: Orientation): TurnedRows {
  const upright = turnedSize(stored, turn);
  const target = new Uint32Array(upright.width * upright.height);
  const bytes = new Uint8ClampedArray(target.buffer);
  // Where stored pixel (x, y) goes: an origin and two steps, found by asking where three upright pixels come from.
  const from = (x: number, y: number) => storedBox({ x, y, width: 1, height: 1 }, stored, turn);
  const origin = from(0, 0);
  const right = from(1, 0);
  const down = from(0, 1);
  const stepX = right.x - origin.x + (down.x - origin.x) * upright.width;
  const stepY = right.y - origin.y + (down.y - origin.y) * upright.width;
  const first = -(origin.x * stepX + origin.y * stepY);
  let y = 0;

  function take(rows: Uint8Array): void {
    if (turn === 1) {
      bytes.set(rows, y * stored.width * 4);
      y += rows.length / (stored.width * 4);
      return;
    }
    const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length >> 2);
    for (let at = 0; at < words.length; y++) {
      for (let x = 0, to = first + y * stepY; x < stored.width; x++, to += stepX)
        target[to] = words[at++] ?? 0;
    }
  }

  return { take, pixels: { ...upright, data: bytes } };
}
