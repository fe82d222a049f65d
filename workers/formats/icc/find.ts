// The ICC profile that a whole file carries. Only the kernel's own decoders meet theirs on the way; the other codecs hand
// over numbers as they stand, and a wide-gamut picture shown as sRGB looks washed out.
import { Damage } from "../damage.ts";
import { heifProfile } from "../heif/icc.ts";
import { webpProfile } from "../webp/icc.ts";

const readers = { webp: webpProfile, avif: heifProfile, heic: heifProfile } as const;
export type ProfiledFormat = keyof typeof readers;

/** Press profiles have some megabytes, at most; 15 MB of one are an attack. */
export const mostProfileBytes = 4_194_304;

/** Undefined where there is none, none that can be found, or one that is too long: the picture is then taken for sRGB. */
export function iccProfileOf(format: ProfiledFormat, file: Uint8Array): Uint8Array | undefined {
  try {
    const profile = readers[format](file);
    return profile && profile.length <= mostProfileBytes ? profile : undefined;
  } catch (error) {
    // Whether the picture itself can be read is its decoder's to say.
    if (error instanceof Damage || error instanceof RangeError) return undefined;
    throw error;
  }
}
