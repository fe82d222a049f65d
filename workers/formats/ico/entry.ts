// Picks the picture of an ICO that counts, as an ICO of its own: decoders choose among many by rules that differ.

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;
const PNG_SIGNATURE = 0x89504e47;

export interface IcoEntry {
  /** An ICO with this one entry. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** What lies in it, where that is a PNG. */
  readonly png: Uint8Array<ArrayBuffer> | null;
  readonly width: number;
  readonly height: number;
}

/** The largest entry, the first of equals; null when it does not lie in the file or lies about its size. */
export function largestIcoEntry(ico: Uint8Array): IcoEntry | null {
  const view = new DataView(ico.buffer, ico.byteOffset, ico.length);
  if (ico.length < HEADER_BYTES) return null;
  const count = view.getUint16(4, true);
  if (count === 0 || ico.length < HEADER_BYTES + count * ENTRY_BYTES) return null;
  let largest = HEADER_BYTES;
  for (let at = HEADER_BYTES; at < HEADER_BYTES + count * ENTRY_BYTES; at += ENTRY_BYTES)
    if (sideAt(ico, at) * sideAt(ico, at + 1) > sideAt(ico, largest) * sideAt(ico, largest + 1)) largest = at;
  const length = view.getUint32(largest + 8, true);
  const offset = view.getUint32(largest + 12, true);
  if (length < 40 || offset + length > ico.length) return null;

  const width = sideAt(ico, largest);
  const height = sideAt(ico, largest + 1);
  const real = bitmapSize(new DataView(ico.buffer, ico.byteOffset + offset, length));
  // The attack: an icon of 16 pixels whose PNG unpacks to a gigabyte.
  if (real.width !== width || real.height !== height) return null;

  const file = new Uint8Array(HEADER_BYTES + ENTRY_BYTES + length);
  file.set([0, 0, 1, 0, 1, 0]);
  file.set(ico.subarray(largest, largest + ENTRY_BYTES), HEADER_BYTES);
  new DataView(file.buffer).setUint32(HEADER_BYTES + 12, HEADER_BYTES + ENTRY_BYTES, true);
  file.set(ico.subarray(offset, offset + length), HEADER_BYTES + ENTRY_BYTES);
  const picture = file.subarray(HEADER_BYTES + ENTRY_BYTES);
  return { file, png: isPng(picture) ? picture : null, width, height };
}

const isPng = (picture: Uint8Array) =>
  new DataView(picture.buffer, picture.byteOffset).getUint32(0) === PNG_SIGNATURE;

/** 0 stands for 256. */
const sideAt = (ico: Uint8Array, at: number): number => ico[at] || 256;

/** The size that the picture inside claims: a PNG's, or a BMP's, which counts its mask as a second height. */
function bitmapSize(picture: DataView): { readonly width: number; readonly height: number } {
  if (picture.getUint32(0) === PNG_SIGNATURE)
    return { width: picture.getUint32(16), height: picture.getUint32(20) };
  return { width: picture.getInt32(4, true), height: picture.getInt32(8, true) / 2 };
}
