// Reads and writes PNG chunks, and turns still PNGs of one size into an animated one.

import { crc32 } from "node:zlib";

export interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function splitPng(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString("latin1", at + 4, at + 8),
      body: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

export function joinPng(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([signature, ...chunks.map(encodeChunk)]);
}

/** The same PNG with chunks put right behind IHDR. */
export function insertChunks(png: Buffer, extra: readonly Chunk[]): Buffer {
  const [header, ...rest] = splitPng(png);
  return joinPng(header ? [header, ...extra, ...rest] : rest);
}

/** Every frame covers the whole canvas; delay in hundredths of a second. */
export function animatePng(frames: readonly Buffer[], delay: number, plays: number): Buffer {
  const [first] = frames;
  const [header, ...rest] = first ? splitPng(first) : [];
  if (!header) throw new Error("an animation needs at least one frame");
  let sequence = 0;
  const control = () => {
    const body = Buffer.alloc(26);
    body.writeUInt32BE(sequence++, 0);
    Buffer.from(header.body.subarray(0, 8)).copy(body, 4);
    body.writeUInt16BE(delay, 20);
    body.writeUInt16BE(100, 22);
    return { type: "fcTL", body };
  };
  const parts = frames.flatMap((frame, index) => {
    const pixels = splitPng(frame).filter(({ type }) => type === "IDAT");
    if (index === 0) return [control(), ...pixels];
    return [control(), ...pixels.map(({ body }) => ({ type: "fdAT", body: numbered(sequence++, body) }))];
  });
  const beforePixels = rest.filter(({ type }) => type !== "IDAT" && type !== "IEND");
  const animation = { type: "acTL", body: Buffer.concat([uint32(frames.length), uint32(plays)]) };
  return joinPng([header, ...beforePixels, animation, ...parts, { type: "IEND", body: Buffer.alloc(0) }]);
}

const numbered = (sequence: number, body: Uint8Array) => Buffer.concat([uint32(sequence), body]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function encodeChunk({ type, body }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  return Buffer.concat([uint32(body.length), named, uint32(crc32(named))]);
}
