// A window lies on whole pixels where a fraction would only make the picture soft: one-pixel lines would come out grey.
import type { Size } from "../../../schema/facts.ts";
import type { Box } from "../geometry/pixels.ts";

interface Span {
  readonly start: number;
  readonly length: number;
}

/** The window that is brought to `content`, of a source that lies on whole pixels itself. */
export function onWholePixels(window: Box, source: Box, content: Size): Box {
  const across = settled(
    { start: window.x, length: window.width },
    { start: source.x, length: source.width },
    content.width,
  );
  const down = settled(
    { start: window.y, length: window.height },
    { start: source.y, length: source.height },
    content.height,
  );
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

function settled(window: Span, source: Span, target: number): Span {
  const leftOver = source.length - window.length;
  // Nothing is cut where nobody would see it: less than a pixel, before and after.
  if (leftOver * Math.max(1, target / window.length) < 1) return source;
  // At scale 1 each pixel is copied. Halves go up, as sharp rounds them.
  return window.length === target ? { start: Math.round(window.start), length: target } : window;
}

/** A box that was measured in a smaller picture, on whole pixels. */
export function roundedBox({ x, y, width, height }: Box): Box {
  const left = Math.round(x);
  const top = Math.round(y);
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.round(x + width) - left),
    height: Math.max(1, Math.round(y + height) - top),
  };
}
