// Makes a damaged PNG look whole: checksums that fit, pixels that inflate. Or the decoder behind them would never be reached.

import { crc32, deflateSync, inflateSync } from "node:zlib";

const signatureBytes = 8;

interface Chunk {
  readonly type: string;
  readonly body: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signatureBytes; at + 12 <= png.length; ) {
    const end = Math.min(at + 8 + png.readUInt32BE(at), png.length - 4);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), body: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function joined(signature: Buffer, chunks: readonly Chunk[]): Buffer {
  const parts = chunks.flatMap(({ type, body }) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
    return [uint32(body.length), named, uint32(crc32(named))];
  });
  return Buffer.concat([signature, ...parts]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** The same chunks with checksums that fit. */
export const mendChecksums = (png: Buffer): Buffer => joined(png.subarray(0, signatureBytes), chunksOf(png));

/** What inflates of a stream that may be broken: all of it, or nothing where it breaks. */
function inflated(packed: Buffer): Buffer {
  try {
    return inflateSync(packed);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Damages the rows themselves, filters and pixels, and packs them again; a file whose rows don't unpack is left with none. */
export function damageRows(png: Buffer, damage: (rows: Buffer) => Buffer): Buffer {
  const chunks = chunksOf(png);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body));
  const rows = damage(inflated(packed));
  const first = chunks.findIndex(({ type }) => type === "IDAT");
  const others = chunks.filter(({ type }) => type !== "IDAT");
  const body = deflateSync(rows, { level: 1 });
  return joined(png.subarray(0, signatureBytes), others.toSpliced(first, 0, { type: "IDAT", body }));
}
