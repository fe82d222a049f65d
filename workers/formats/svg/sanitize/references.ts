// Where a reference in an SVG may lead: to a place in the same file, or to a bitmap that the file carries.
import { cleanBitmap } from "./bitmap.ts";

/** Elements that draw the bitmap of a data URL. An SVG inside would be a second document that nobody has looked at. */
const bitmapElements: ReadonlySet<string> = new Set(["image", "feImage"]);
const bitmapHead = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,/i;

/** The reference as it may stay, a long one in parts that need no escape; null where it may not. */
export function safeReference(element: string, value: string): string | Iterable<string> | null {
  const target = value.trim();
  if (target.startsWith("#")) return value;
  const head = bitmapElements.has(element) ? bitmapHead.exec(target) : null;
  return head && cleanBitmap(target.slice(head[0].length));
}
