// The checksum of PNG chunks and of API keys (ISO 3309), a bit at a time: both have a few KB at most.
//
// Ours, though `node:zlib` has one: that module brings streams and buffers into an isolate that starts for a picture.

export function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** The CRC so far (0 at first) carried over more bytes, for what is too long to be here as a whole. */
export type Crc = (crc: number, bytes: Uint8Array) => number;
