// A PNG is eight bytes of signature, and chunks: length, type, body, CRC (PNG 3rd edition, section 5).
import { ascii, lettersOf, startsWith } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { crc32 } from "../bytes/crc32.ts";
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";

const signature = "\x89PNG\r\n\x1a\n";
export const signatureBytes = signature.length;

export const isPng = (file: Uint8Array): boolean => startsWith(file, signature);
export const writeSignature = () => lettersOf(signature);

/** Length and type; the body and four bytes of CRC come behind it. */
export const headBytes = 8;
export const crcBytes = 4;
export const frameBytes = headBytes + crcBytes;

/** Section 7.1: four-byte integers end here. */
export const maxChunkBytes = 0x7fff_ffff;

export interface ChunkHead {
  /** As it stands in the file. */
  readonly bytes: Uint8Array;
  readonly type: string;
  /** Of the body. */
  readonly length: number;
}

export function headOf(bytes: Uint8Array): ChunkHead {
  return { bytes, type: ascii(bytes, 4, headBytes), length: viewOf(bytes).getUint32(0) };
}

/** Uses the head of the next chunk, which is valid until the next read. */
export function* readHead(reader: ByteReader): Reading<ChunkHead> {
  const head = headOf(reader.left >= headBytes ? reader.now(headBytes) : yield* reader.take(headBytes));
  if (head.length > maxChunkBytes) throw new Damage("a chunk claims an impossible length");
  return head;
}

/** Section 5.4: an upper-case first letter marks a chunk that may not be passed over. */
export const isCritical = (type: string): boolean => /^[A-Z]/.test(type);

/** A whole chunk, in `room` of exactly its size: bodies of pixels have their room, and their CRC, from the kernel. */
export function fillChunk<Room extends Uint8Array>(
  room: Room,
  type: string,
  body: Uint8Array,
  crc: (bytes: Uint8Array) => number,
): Room {
  const view = viewOf(room);
  const end = headBytes + body.length;
  view.setUint32(0, body.length);
  for (let index = 0; index < 4; index++) room[4 + index] = type.charCodeAt(index);
  room.set(body, headBytes);
  view.setUint32(end, crc(room.subarray(4, end)));
  return room;
}

/** The same in memory of its own. */
export function writeChunk(type: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  return fillChunk(new Uint8Array(frameBytes + body.length), type, body, crc32);
}
