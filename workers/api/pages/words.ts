// How pages put an image into words: its title, its kind, its size, its dates.
import type { Image } from "../../../schema/api.ts";
import { isVisible } from "../../shared/visible.ts";

const LONGEST_TITLE = 80;
const formatNames: Readonly<Record<string, string>> = { jpg: "JPEG", webp: "WebP", tiff: "TIFF" };

/** A short caption is the title; a long one stands below the picture and the filename takes its place. */
export function titleOf(image: Image): string {
  return hasCaptionAsTitle(image) ? oneLine(image.caption ?? "") : image.filename;
}

export function hasCaptionAsTitle({ caption }: Image): boolean {
  return (
    caption !== null &&
    isVisible(caption) &&
    caption.length <= LONGEST_TITLE &&
    !caption.trim().includes("\n")
  );
}

/** What stands in for the picture where it can't be seen. */
export function alternativeOf(image: Image): string {
  return captionOf(image) || image.filename;
}

/** What a preview or a search engine shows below the title. */
export function descriptionOf(image: Image): string {
  return captionOf(image) || [kindOf(image), dimensionsOf(image)].filter(Boolean).join(", ");
}

/** On one line; nothing where it shows nothing. */
const captionOf = ({ caption }: Image): string => (isVisible(caption ?? "") ? oneLine(caption ?? "") : "");

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export function kindOf({ format }: Image): string {
  return formatNames[format] ?? format.toUpperCase();
}

/** `4000 × 3000`, or nothing while the size is unknown. */
export function dimensionsOf({ width, height }: Image): string | null {
  return width && height ? `${width} × ${height}` : null;
}

/** Decimal units, as the plans count: 5,912,345 is `5.9 MB`. */
export function bytesInWords(bytes: number): string {
  if (bytes >= 1_000_000_000_000)
    return inUnit(bytes / 1_000_000_000_000, { unit: "terabyte", maximumFractionDigits: 1 });
  if (bytes >= 1_000_000_000)
    return inUnit(bytes / 1_000_000_000, { unit: "gigabyte", maximumFractionDigits: 1 });
  if (bytes >= 1_000_000) return inUnit(bytes / 1_000_000, { unit: "megabyte", maximumFractionDigits: 1 });
  if (bytes >= 1_000) return inUnit(bytes / 1_000, { unit: "kilobyte", maximumFractionDigits: 0 });
  return inUnit(bytes, { unit: "byte", unitDisplay: "long" });
}

function inUnit(amount: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat("en", { style: "unit", ...options }).format(amount);
}

/** `1 May 2026`, in UTC. */
export function dateInWords(timestamp: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(timestamp));
}
