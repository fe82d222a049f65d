// What the plain URL of an original serves: browsers can't show every format, so some are converted.
import type { OutputFormat, SourceFormat } from "../../schema/facts.ts";

const converted: Partial<Record<SourceFormat, OutputFormat>> = { heic: "jpg", tiff: "jpg" };

/** The format that its object names, and its URL's extension. */
export function shownAs(format: SourceFormat): SourceFormat | OutputFormat {
  return converted[format] ?? format;
}

/** Whether browsers show the file itself. */
export function isShownAsItIs(format: SourceFormat): boolean {
  return converted[format] === undefined;
}

/**
 * Whether the file itself may be served where we can't render it: one that browsers show, and that holds nothing which its maker cut away.
 * What may not is of no use then.
 */
export function isServedAsItIs({ format, crop }: { format: SourceFormat; crop?: unknown }): boolean {
  return isShownAsItIs(format) && !crop;
}
