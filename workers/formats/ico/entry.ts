// Picks the picture of an ICO that counts, as an ICO of its own: decoders choose among many by rules that differ.
import { bitmapOf } from "../bmp/header.ts";
import { viewOf } from "../bytes/numbers.ts";
import { headBytes, isPng, signatureBytes } from "../png/chunks.ts";
import { headerOf } from "../png/header.ts";
import { entriesOf, entriesTold, entryBytes, headerBytes, largestOf, writeIco } from "./directory.ts";

export interface IcoPicture {
  /** An ICO with this one entry. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** What lies in it, where that is a PNG. */
  readonly png: Uint8Array<ArrayBuffer> | null;
  readonly width: number;
  readonly height: number;
}

/** No header is shorter, and a PNG of that size tells its own. */
const leastBytes = 40;

/** The largest entry, the first of equals; null when it does not lie in the file or lies about its size. */
export function largestIcoEntry(ico: Uint8Array): IcoPicture | null {
  if (ico.length < headerBytes) return null;
  const end = headerBytes + entriesTold(viewOf(ico)) * entryBytes;
  const largest = ico.length < end ? undefined : largestOf(entriesOf(ico.subarray(headerBytes, end)));
  if (!largest) return null;
  const { width, height, offset, length } = largest;
  if (length < leastBytes || offset + length > ico.length) return null;
  const stored = ico.subarray(offset, offset + length);
  const real = sizeOf(stored);
  // The attack: an icon of 16 pixels whose PNG unpacks to a gigabyte.
  if (real.width !== width || real.height !== height) return null;
  const file = writeIco(largest, stored);
  return { file, png: isPng(stored) ? file.subarray(headerBytes + entryBytes) : null, width, height };
}

/** The size that the picture inside claims: a PNG's, or a BMP's, which counts its mask as a second height. */
function sizeOf(picture: Uint8Array): { readonly width: number; readonly height: number } {
  if (isPng(picture)) return headerOf(picture.subarray(signatureBytes + headBytes));
  const { width, height } = bitmapOf(viewOf(picture));
  return { width, height: height / 2 };
}
