// How a picture meets the box that was asked for: window of the original -> content -> canvas. Pure arithmetic.
import type { Size } from "../../../schema/facts.ts";
import {
  MAX_OUTPUT_PIXELS,
  MAX_OUTPUT_SIDE,
  SOCIAL_SIZE,
  type Transform,
} from "../../../schema/transform.ts";
import { namedSize } from "../../shared/size.ts";
import type { Box } from "../geometry/pixels.ts";
import { onWholePixels } from "./whole-pixels.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The exact answer to "what goes where", in pixels. */
export interface Layout {
  /** What is shown of the turned original; may have fractions where it is resized. */
  readonly window: Box;
  /** The size that the window is brought to. */
  readonly content: Size;
  /** The whole answer; larger than the content where it is padded. */
  readonly canvas: Size;
}

/** Works out the layout of `source`: the turned original, or its trimmed part, with `source.x, y` its corner; on whole pixels. */
export function layOut(source: Box, transform: Transform, focus: Point): Layout {
  const { w, h, size, dpr = 1, fit = "scale-down" } = transform;
  if (w === undefined && h === undefined) {
    if (size === "social") return padded(source, SOCIAL_SIZE);
    return whole(source, size ? namedSize(source, size) : source);
  }
  const width = w && Math.min(Math.round(w * dpr), MAX_OUTPUT_SIDE);
  const height = h && Math.min(Math.round(h * dpr), MAX_OUTPUT_SIDE);
  // A box with one open side has nothing to cut, fill or squeeze.
  if (width === undefined || height === undefined) {
    return whole(source, fitInside(source, { width, height }, fit !== "scale-down"));
  }
  const box = withinLimits({ width, height });
  switch (fit) {
    case "scale-down":
    case "contain":
      return whole(source, fitInside(source, box, fit === "contain"));
    case "squeeze":
      return whole(source, box);
    case "pad":
      return padded(source, box);
    case "cover":
    case "crop": {
      const window = onWholePixels(coverWindow(source, box, focus), source, box);
      return { window, content: box, canvas: box };
    }
  }
}

function whole(source: Box, asked: Size): Layout {
  const content = { width: asked.width, height: asked.height };
  return { window: source, content, canvas: content };
}

function padded(source: Box, canvas: Size): Layout {
  return { window: source, content: fitInside(source, canvas, true), canvas };
}

/** The largest size of the source's aspect in a box of which one side may be open. The side that binds is exact. */
export function fitInside(source: Size, box: OpenBox, mayEnlarge: boolean): Size {
  const { width = Number.POSITIVE_INFINITY, height = Number.POSITIVE_INFINITY } = box;
  if (!mayEnlarge && source.width <= width && source.height <= height) {
    return { width: source.width, height: source.height };
  }
  // Compared as products: a division first would lose a pixel on some shapes.
  const widthBinds = width * source.height <= height * source.width;
  return widthBinds
    ? { width, height: atLeastOne((source.height * width) / source.width) }
    : { width: atLeastOne((source.width * height) / source.height), height };
}

interface OpenBox {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** The largest window of the box's aspect, with the focus as near to its middle as the edges allow. */
function coverWindow(source: Box, box: Size, focus: Point): Box {
  const isWide = source.width * box.height > source.height * box.width;
  const width = isWide ? (source.height * box.width) / box.height : source.width;
  const height = isWide ? source.height : (source.width * box.height) / box.width;
  return {
    x: source.x + clamp(focus.x * source.width - width / 2, source.width - width),
    y: source.y + clamp(focus.y * source.height - height / 2, source.height - height),
    width,
    height,
  };
}

/** The layout brought within the output limits; only what is rendered needs it. */
export function limited(layout: Layout): Layout {
  return shrunk(layout, shareWithinLimits(layout.canvas));
}

/** The same picture smaller: `share` of each side is left, and at least a pixel. */
export function shrunk(layout: Layout, share: number): Layout {
  const canvas = shrunkSize(layout.canvas, share);
  const isPadded = layout.content !== layout.canvas;
  return { ...layout, canvas, content: isPadded ? fitInside(layout.content, canvas, false) : canvas };
}

/** Nobody may ask for a picture that would not fit into an isolate: both limits hold, aspect kept. */
function withinLimits(size: Size): Size {
  return shrunkSize(size, shareWithinLimits(size));
}

function shareWithinLimits({ width, height }: Size): number {
  return Math.min(
    1,
    MAX_OUTPUT_SIDE / Math.max(width, height),
    Math.sqrt(MAX_OUTPUT_PIXELS / (width * height)),
  );
}

function shrunkSize({ width, height }: Size, share: number): Size {
  return { width: Math.max(1, Math.floor(width * share)), height: Math.max(1, Math.floor(height * share)) };
}

const atLeastOne = (side: number) => Math.max(1, Math.round(side));
const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);

/** The same place and size; what has no place lies at the corner. */
export function isSame(a: Size & Partial<Box>, b: Size & Partial<Box>): boolean {
  return (
    a.width === b.width && a.height === b.height && (a.x ?? 0) === (b.x ?? 0) && (a.y ?? 0) === (b.y ?? 0)
  );
}
