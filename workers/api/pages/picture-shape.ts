// How a picture is laid out by its shape: most fit the window, what is long or wide is read at its own size, icons are enlarged.
import type { Image } from "../../../schema/api.ts";

/** As wide as words are read, for what is read like them, and how much of the window's height a picture may take. */
const COLUMN = "70rem";
const TALLEST = "78svh";
/** Height by width, and width by height, from which on a picture would be a thread if it were fitted. */
const LONG = 2.5;
const WIDE = 3.5;
/** A longest side in pixels that is a dot on today's screens, and what it is brought to by a whole factor. */
const TINY = 64;
const TINY_SHOWN = 256;

export type Shape = "fitted" | "long" | "wide" | "tiny" | "unknown";

export function shapeOf({ width, height, format }: Image): Shape {
  if (!width || !height) return "unknown";
  if (Math.max(width, height) <= TINY && format !== "svg") return "tiny";
  // What fits into a small window anyway needs no scrolling.
  if (height / width > LONG && height > 800) return "long";
  if (width / height > WIDE && width > 1_000) return "wide";
  return "fitted";
}

/** CSS's width of the picture; `column`: what stands for the width that there is. */
export function layoutWidth(image: Image, column = "100vw"): string {
  const { width, height, sizes } = image;
  if (!width || !height) return column;
  const ratio = (width / height).toFixed(4);
  switch (shapeOf(image)) {
    case "tiny":
      return `${width * Math.floor(TINY_SHOWN / Math.max(width, height))}px`;
    case "long":
      return `min(${column}, ${COLUMN}, ${width}px)`;
    case "wide":
      // As high as half the window and no higher than it is: the rest is scrolled to.
      return `min(${width}px, max(${column}, 50svh * ${ratio}))`;
    default:
      // In a large window as large as its large size: whoever shows more fetches the whole original.
      return `min(${column}, max(${COLUMN}, ${sizes.large?.width ?? width}px), ${TALLEST} * ${ratio}, ${width}px)`;
  }
}
