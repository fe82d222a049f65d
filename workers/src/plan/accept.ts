// Which of our formats a request says that it can show: RFC 9110, section 12.5.1.
import { mimeTypes, type OutputFormat, outputFormats } from "../../../schema/facts.ts";

/**
 * How much a format is wanted, 0 to 1; 0 = it must not come. Only a type that is written out counts: browsers send `image/*` and `*\/*` for
 * whatever there may be, and one that knows no AVIF says so, too.
 */
export function wantedBy(accept: string, format: OutputFormat): number {
  const wanted = accept
    .toLowerCase()
    .split(",")
    .map((range) => range.split(";").map((part) => part.trim()))
    .filter(([type]) => type === mimeTypes[format])
    .map(([, ...parameters]) => weightOf(parameters));
  return Math.max(0, ...wanted);
}

/** The same in few words: what it says of our formats, however much else it says. */
export function shortAccept(accept: string): string {
  const weights = outputFormats.map((format) => ({
    type: mimeTypes[format],
    weight: wantedBy(accept, format),
  }));
  return weights
    .filter(({ weight }) => weight > 0)
    .map(({ type, weight }) => `${type};q=${weight}`)
    .join(", ");
}

/** What is no weight is none. */
function weightOf(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter));
  const told = weight === undefined ? 1 : Number(weight.slice(weight.indexOf("=") + 1) || Number.NaN);
  return Number.isNaN(told) ? 1 : Math.min(1, Math.max(0, told));
}

/** What a photograph is written as; undefined where the request names neither. What moves skips AVIF, which we write still. */
export function photoFormat(
  accept: string,
  isAnimated: boolean,
  isLossless: boolean,
): OutputFormat | undefined {
  const webp = wantedBy(accept, "webp");
  const avif = isAnimated || isLossless ? 0 : wantedBy(accept, "avif");
  if (avif > 0 && avif >= webp) return "avif";
  return webp > 0 ? "webp" : undefined;
}
