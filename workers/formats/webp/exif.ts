// A WebP keeps its EXIF in a chunk at its end, and only in the extended format (RFC 9649, section 2.7.1.5).
import type { Bytes } from "../bytes/source.ts";
import { withoutPrefix } from "../exif/block.ts";
import { canvasFlags, canvasOf, writeCanvas } from "./canvas.ts";
import { findPicture } from "./picture-chunks.ts";
import {
  type Chunk,
  endRiff,
  headBytes,
  headOf,
  insideRiff,
  padded,
  readChunks,
  riffHeaderBytes,
  startRiff,
  writeChunks,
} from "./riff.ts";

/** More chunks than any writer makes: the rest is noise. */
const MAX_CHUNKS = 64;

/** Steps over the chunks by their lengths; null where there is no block, or one of more than `mostBytes`. */
export async function exifInWebp(bytes: Pick<Bytes, "range">, mostBytes: number): Promise<Uint8Array | null> {
  let at = riffHeaderBytes;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await bytes.range(at, headBytes);
    if (head.length < headBytes) return null;
    const { id, length } = headOf(head);
    if (id === "EXIF")
      return length > mostBytes ? null : withoutPrefix(await bytes.range(at + headBytes, length));
    at += headBytes + padded(length);
  }
  return null;
}

/** The file with a block; as it is where it is no WebP that could carry one. */
export function withExif(file: Uint8Array<ArrayBuffer>, exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const inside = insideRiff(file);
  if (!inside) return file;
  const chunks = [...readChunks(inside)].filter((chunk): chunk is Chunk => chunk !== null);
  const extended = chunks.find(({ id }) => id === "VP8X");
  const picture = findPicture(inside);
  if (!extended && !picture) return file;
  const { flags, width, height } = extended
    ? canvasOf(extended.payload)
    : {
        flags: picture?.hasAlpha ? canvasFlags.alpha : 0,
        width: picture?.width ?? 1,
        height: picture?.height ?? 1,
      };
  const sink = startRiff();
  writeCanvas(sink, { flags: flags | canvasFlags.exif, width, height });
  writeChunks(sink, [...chunks.filter(({ id }) => id !== "VP8X"), { id: "EXIF", payload: exif }]);
  return endRiff(sink);
}
