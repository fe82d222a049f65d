// PNGs that unfold, lie or never end.

import { constants, crc32, deflateRawSync, deflateSync } from "node:zlib";
import { ascii, big16, big32, bytes, join, repeat } from "./bytes.ts";

export function chunk(type: string, body: Uint8Array): Uint8Array {
  const named = join(ascii(type), body);
  return join(big32(body.length), named, big32(crc32(named)));
}

const signature = bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
const end = chunk("IEND", bytes());

export interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA. */
  readonly colour?: number;
  readonly isInterlaced?: boolean;
}

export const header = ({ width, height, depth = 8, colour = 0, isInterlaced = false }: Header) =>
  chunk("IHDR", join(big32(width), big32(height), bytes(depth, colour, 0, 0, isInterlaced ? 1 : 0)));

const ZEROS_BYTES = 10_000_000;

/** `total` zeros deflated: one block of many again and again, which looks back at nothing but zeros. */
export function zeros(total: number): Uint8Array {
  const packed = (length: number, finishFlush: number) =>
    deflateRawSync(Buffer.alloc(length), { level: constants.Z_BEST_SPEED, finishFlush });
  const blocks = repeat(packed(ZEROS_BYTES, constants.Z_SYNC_FLUSH), Math.floor(total / ZEROS_BYTES));
  // Adler-32: each zero adds the 1 that the first sum began with to the second.
  const checksum = join(big16(total % 65_521), big16(1));
  return join(bytes(0x78, 1), blocks, packed(total % ZEROS_BYTES, constants.Z_FINISH), checksum);
}

const channels = [1, 0, 3, 1, 2, 0, 4];
const rowBytes = ({ width, depth = 8, colour = 0 }: Header) =>
  1 + Math.ceil((width * depth * (channels[colour] ?? 1)) / 8);

/** Chunks between the header and the data. */
export function zerosPng(facts: Header, ...between: readonly Uint8Array[]): Uint8Array {
  // Interlaced rows have a few bytes more in all.
  const total = rowBytes(facts) * facts.height + (facts.isInterlaced ? facts.height * 8 + 64 : 0);
  return join(signature, header(facts), ...between, chunk("IDAT", zeros(total)), end);
}

const small: Header = { width: 64, height: 64 };
const smallData = chunk("IDAT", deflateSync(Buffer.alloc(65 * 64)));

/** A healthy grey picture of 64 x 64 with `between` behind its header. */
export const carrying = (...between: readonly Uint8Array[]) =>
  join(signature, header(small), ...between, smallData, end);

/** Says one size and brings the data of 64 x 64. */
export const saying = (facts: Header) => join(signature, header(facts), smallData, end);

/** The data of 64 x 64, and far more behind it in the same stream. */
export const longData = (total: number) => join(signature, header(small), chunk("IDAT", zeros(total)), end);

/** Each byte of the data in a chunk of its own, with as many empty chunks between. */
export function crumbs(side: number, emptyBetween: number): Uint8Array {
  const data = deflateSync(Buffer.alloc((side + 1) * side), { level: 0 });
  const empty = repeat(chunk("IDAT", bytes()), emptyBetween);
  const pieces = Array.from(data, (byte) => join(chunk("IDAT", bytes(byte)), empty));
  return join(signature, header({ width: side, height: side }), ...pieces, end);
}

export const profile = (total: number) => chunk("iCCP", join(ascii("bomb\0\0"), zeros(total)));

export const compressedText = (total: number) => chunk("zTXt", join(ascii("Comment\0\0"), zeros(total)));

export const internationalText = (total: number) =>
  chunk("iTXt", join(ascii("XML:com.adobe.xmp\0"), bytes(1, 0, 0, 0), zeros(total)));

/** A chunk whose length field says another number. */
export const lyingChunk = (type: string, length: number) =>
  join(big32(length), ascii(type), bytes(0, 0, 0, 0));

export const animation = (frames: number) => chunk("acTL", join(big32(frames), big32(0)));

export const frameControl = (sequence: number, side: number) =>
  chunk(
    "fcTL",
    join(big32(sequence), big32(side), big32(side), big32(0), big32(0), big16(1), big16(10), bytes(0, 0)),
  );

/** An animation of so many frames, each `side` a side on a canvas of 64. */
export function framesPng(frames: number, side: number): Uint8Array {
  const data = deflateSync(Buffer.alloc((side + 1) * side));
  const later = Array.from({ length: frames - 1 }, (_, index) =>
    join(frameControl(index * 2 + 1, side), chunk("fdAT", join(big32(index * 2 + 2), data))),
  );
  return join(signature, header(small), animation(frames), frameControl(0, 64), smallData, ...later, end);
}

/** Every row says a filter that there is none of. */
export const oddFilters = () =>
  join(signature, header(small), chunk("IDAT", deflateSync(Buffer.alloc(65 * 64, 0xff))), end);

/** Two headers: of 64 a side, then of `side`. */
export const twoHeaders = (side: number) =>
  join(signature, header(small), header({ width: side, height: side }), smallData, end);
