// Numbers inside binary headers. Big-endian ones come from a DataView; past the end of little-endian ones stands 0.

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Little-endian, of two, three and four bytes. */
export const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const triple = (bytes: Uint8Array, at: number): number =>
  word(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
export const long = (bytes: Uint8Array, at: number): number =>
  (triple(bytes, at) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
