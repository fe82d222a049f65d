// The colour space that a PNG's ancillary chunks name, strongest first: sRGB beats an ICC profile, and that beats gAMA.
import { viewOf } from "../bytes/numbers.ts";

export type PngColour =
  | { readonly space: "srgb" }
  /** Still deflated. */
  | { readonly space: "icc"; readonly deflated: Uint8Array }
  | { readonly space: "gamma"; readonly gamma: number }
  | { readonly space: "unknown" };

/** Looks at one of the colour chunks and answers what is known after it. */
export function colourAfter(known: PngColour, type: string, body: Uint8Array): PngColour {
  if (type === "sRGB") return { space: "srgb" };
  if (type === "iCCP" && known.space !== "srgb") {
    // A name of 1..79 bytes, zero, compression method 0, then a zlib stream (section 11.3.2.3).
    const end = body.indexOf(0);
    if (end < 1 || end > 79 || body[end + 1] !== 0) return known;
    return { space: "icc", deflated: body.subarray(end + 2) };
  }
  if (type === "gAMA" && known.space === "unknown" && body.length === 4) {
    const gamma = viewOf(body).getUint32(0) / 100_000;
    return gamma > 0 ? { space: "gamma", gamma } : known;
  }
  return known;
}
