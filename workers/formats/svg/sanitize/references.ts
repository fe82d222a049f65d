// Where a reference in an SVG may lead: to a place in the same file, or to a bitmap that the file carries.

/** Elements that draw the bitmap of a data URL. An SVG inside would be a second document that nobody has looked at. */
const bitmapElements: ReadonlySet<string> = new Set(["image", "feImage"]);
const bitmapHead = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,/i;

export function isSafeReference(element: string, value: string): boolean {
  const target = value.trim();
  if (target.startsWith("#")) return true;
  const head = bitmapElements.has(element) ? bitmapHead.exec(target) : null;
  return head !== null && !/[^A-Za-z0-9+/=\s]/.test(target.slice(head[0].length));
}
