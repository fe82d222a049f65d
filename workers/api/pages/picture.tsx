// The picture itself: the browser picks the size it needs, and its room is kept while it loads.
import type { Image } from "../../../schema/api.ts";
import { alternativeOf } from "./words.ts";

/** The widest that the page's column gets, and how much of the window's height a tall picture may take. */
const COLUMN = "70rem";
const TALLEST = "78svh";

export function Picture({ image }: { readonly image: Image }) {
  const { width, height } = image;
  const candidates = candidatesOf(image);
  return (
    <a class="picture" href={image.url}>
      <img
        src={image.sizes.large?.url ?? image.url}
        {...(image.format !== "jpg" && { class: "see-through" })}
        alt={alternativeOf(image)}
        {...(candidates.length > 1 && { srcset: candidates.join(", "), sizes: layoutWidth(image) })}
        {...(width && height && { width, height })}
        fetchpriority="high"
      />
    </a>
  );
}

/** Each size once: those of a small original are all the original itself. */
function candidatesOf(image: Image): readonly string[] {
  const { small, medium, large } = image.sizes;
  const original = image.width && image.transformable ? [{ url: image.url, width: image.width }] : [];
  const byWidth = new Map<number, string>();
  for (const size of [...original, large, medium, small]) {
    if (size && !byWidth.has(size.width)) byWidth.set(size.width, size.url);
  }
  return [...byWidth].reverse().map(([width, url]) => `${url} ${width}w`);
}

/** How wide the picture is laid out: never wider than its column or its own pixels, never taller than the window. */
function layoutWidth({ width, height }: Image, column = "100vw"): string {
  if (!width || !height) return column;
  return `min(${column}, ${COLUMN}, ${TALLEST} * ${(width / height).toFixed(4)}, ${width}px)`;
}

/** The rules that depend on the image; the page's only inline style. */
export function pictureCss(image: Image): string {
  const { width, height, placeholder } = image;
  const room =
    width && height
      ? `width:${layoutWidth(image, "100%")};aspect-ratio:${width}/${height};`
      : "max-width:100%;";
  const colour = placeholder && isOpaque(placeholder.thumbhash) ? `background:${placeholder.color};` : "";
  return `.picture img{${room}${colour}}`;
}

/** Behind a see-through picture the placeholder colour would stay visible. ThumbHash keeps "has alpha" in bit 23. */
function isOpaque(thumbhash: string): boolean {
  return (atob(thumbhash).charCodeAt(2) & 0x80) === 0;
}
