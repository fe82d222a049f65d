// The checksum of PNG chunks and of API keys (ISO 3309), a byte at a time.
//
// Ours, though `node:zlib` has one: that module brings streams and buffers into an isolate that starts for a picture.

let table: Uint32Array | undefined;

/** What each byte does to the rest; made when it is first asked for. */
function tableOf(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    return crc;
  });
}

/** Of all bytes, or carried on from `before`, the checksum of those in front of them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  table ??= tableOf();
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0);
  return ~crc >>> 0;
}

/** The CRC so far (0 at first) carried over more bytes, for what is too long to be here as a whole. */
export type Crc = (crc: number, bytes: Uint8Array) => number;
