// Finds the part of a picture that is left when its uniform borders are cut.
import type { Box, Pixels } from "../../geometry/pixels.ts";

/** What is left so far: columns left..right and rows top..bottom, the ends not among them. */
interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

type Side = keyof Edges;

/** Pixels in a row or a column, by their place in the picture. */
interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/**
 * Each side is held to the colour of its own outermost line, so that bars of two colours both go. `tolerance` is the
 * percentage by which a channel may differ. A picture that is all border stays whole.
 */
export function trimBox(pixels: Pixels, tolerance: number): Box {
  const { width, height } = pixels;
  const edges: Edges = { left: 0, top: 0, right: width, bottom: height };
  const paper = new Map<Side, number>();
  const sides: readonly Side[] = ["top", "bottom", "left", "right"];
  // Cutting a bar on one side may lay bare that the others are uniform, too.
  for (let isCut = true; isCut; ) {
    isCut = false;
    for (const side of sides) {
      while (edges.left < edges.right && edges.top < edges.bottom) {
        const line = outermost(edges, side, width);
        const colour = paper.get(side) ?? line.start;
        if (!isUniform(pixels, line, colour, tolerance * 2.55)) break;
        paper.set(side, colour);
        edges[side] += side === "left" || side === "top" ? 1 : -1;
        isCut = true;
      }
    }
  }
  if (edges.left === edges.right || edges.top === edges.bottom) return { x: 0, y: 0, width, height };
  return { x: edges.left, y: edges.top, width: edges.right - edges.left, height: edges.bottom - edges.top };
}

function outermost({ left, top, right, bottom }: Edges, side: Side, width: number): Line {
  const across = { step: 1, length: right - left };
  const down = { step: width, length: bottom - top };
  switch (side) {
    case "top":
      return { start: top * width + left, ...across };
    case "bottom":
      return { start: (bottom - 1) * width + left, ...across };
    case "left":
      return { start: top * width + left, ...down };
    case "right":
      return { start: top * width + right - 1, ...down };
  }
}

function isUniform({ data }: Pixels, line: Line, paper: number, limit: number): boolean {
  for (let index = 0, at = line.start * 4; index < line.length; index++, at += line.step * 4) {
    if (distance(data, at, paper * 4) > limit) return false;
  }
  return true;
}

/** The largest difference of a channel, colours weighed by their alpha: all clear pixels are alike. */
function distance(data: Uint8ClampedArray, a: number, b: number): number {
  const alphaA = data[a + 3] ?? 0;
  const alphaB = data[b + 3] ?? 0;
  let largest = Math.abs(alphaA - alphaB);
  for (let channel = 0; channel < 3; channel++) {
    const difference = ((data[a + channel] ?? 0) * alphaA - (data[b + channel] ?? 0) * alphaB) / 255;
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}
