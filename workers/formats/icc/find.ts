// The ICC profile that a whole file carries. Only the kernel's own decoders meet theirs on the way; the other codecs hand
// over numbers as they stand, and a wide-gamut picture shown as sRGB looks washed out.
import { Damage } from "../damage.ts";
import { heifProfile } from "../heif/icc.ts";
import { tiffProfile } from "../tiff/icc.ts";
import { webpProfile } from "../webp/icc.ts";

const readers = { webp: webpProfile, avif: heifProfile, heic: heifProfile, tiff: tiffProfile } as const;
export type ProfiledFormat = keyof typeof readers;

/** Undefined where there is none, or none that can be found: the picture is then taken for sRGB. */
export function iccProfileOf(format: ProfiledFormat, file: Uint8Array): Uint8Array | undefined {
  try {
    return readers[format](file);
  } catch (error) {
    // Whether the picture itself can be read is its decoder's to say.
    if (error instanceof Damage || error instanceof RangeError) return undefined;
    throw error;
  }
}
