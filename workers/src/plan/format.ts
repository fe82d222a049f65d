// Which format answers: what was asked for, or another one where the picture is too large for it, as an AVIF is above 2.1 megapixels.
// How large each may be stands in traits.ts.
import type { Size } from "../../../schema/facts.ts";
import { type OutputFormat, outputFormats } from "../../../schema/facts.ts";
import { photoFormat } from "./accept.ts";
import { writers } from "./traits.ts";

export interface FormatQuestion {
  /** The `format` parameter. */
  readonly asked: OutputFormat | "auto" | undefined;
  /** The URL's extension; what is no output format leaves the picture in its own. */
  readonly extension: string | null;
  /** The format of the plain URL. */
  readonly own: string;
  /** The request's `Accept` header. */
  readonly accept: string;
  readonly isAnimated: boolean;
  readonly hasAlpha: boolean;
  /** Nothing may be lost: the `lossless` parameter. */
  readonly isLossless: boolean;
}

/** The format that the URL means, before any limit. */
export function meantFormat({
  asked,
  extension,
  own,
  accept,
  isAnimated,
  hasAlpha,
  isLossless,
}: FormatQuestion): OutputFormat {
  const plain = outputFormat(own) ?? (hasAlpha ? "png" : "jpg");
  if (asked === "auto") return photoFormat(accept, isAnimated, isLossless) ?? plain;
  return asked ?? outputFormat(extension) ?? plain;
}

const outputFormat = (name: string | null) => outputFormats.find((format) => format === name);

/** What stands in for a format that can't be written at this size or in this memory, nearest first. */
function standIns(meant: OutputFormat, mustBeExact: boolean): readonly OutputFormat[] {
  const plainest = mustBeExact ? "png" : "jpg";
  switch (meant) {
    case "avif":
      return ["avif", "webp", plainest];
    case "webp":
      return ["webp", plainest];
    case "gif":
      return ["gif", "webp", "png"];
    case "jpg":
    case "png":
      return [meant];
  }
}

/** The formats that may answer at this size, the one that was meant first; exact = with its alpha, or without any loss. */
export function writableFormats(
  meant: OutputFormat,
  mustBeExact: boolean,
  size: Size,
): readonly OutputFormat[] {
  return standIns(meant, mustBeExact).filter((format) => {
    const { maxSide, maxPixels } = writers[format];
    return Math.max(size.width, size.height) <= maxSide && size.width * size.height <= maxPixels;
  });
}
