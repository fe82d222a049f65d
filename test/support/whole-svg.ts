// A whole SVG made safe at once, or cut: what an upload does with the text of one.
import { SvgRefusal, SvgSanitizer } from "../../workers/formats/svg/sanitize.ts";

export type SanitizedSvg =
  | { readonly ok: true; readonly svg: string }
  | { readonly ok: false; readonly reason: string };

/** The safe text, or why there is none. `pieces` are the file's text in order. */
export function sanitizeSvg(...pieces: readonly string[]): SanitizedSvg {
  const sanitizer = new SvgSanitizer();
  let svg = "";
  try {
    for (const piece of pieces) for (const safe of sanitizer.write(piece)) svg += safe;
    for (const safe of sanitizer.end()) svg += safe;
    return { ok: true, svg };
  } catch (error) {
    if (error instanceof SvgRefusal) return { ok: false, reason: error.message };
    throw error;
  }
}
