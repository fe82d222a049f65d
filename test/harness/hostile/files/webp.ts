// WebPs: a RIFF container whose parts each say a size of their own.

import sharp from "sharp";
import { ascii, bytes, join, little16, little32, patched } from "./bytes.ts";

export const chunk = (type: string, body: Uint8Array) =>
  join(ascii(type), little32(body.length), body, new Uint8Array(body.length % 2));

export const riff = (...chunks: readonly Uint8Array[]): Uint8Array => {
  const body = join(...chunks);
  return join(ascii("RIFF"), little32(body.length + 4), ascii("WEBP"), body);
};

const little24 = (value: number) => little32(value).subarray(0, 3);

export const flags = { animated: 0x02, xmp: 0x04, exif: 0x08, alpha: 0x10, profile: 0x20 } as const;

/** The extended header: what else there is, and the canvas. */
export const extended = (flag: number, width: number, height: number) =>
  chunk("VP8X", join(bytes(flag, 0, 0, 0), little24(width - 1), little24(height - 1)));

/** The header of a lossy frame, 14 bits a side, with nothing to speak of behind it. */
export const lossyHeader = (width: number, height: number) =>
  chunk(
    "VP8 ",
    join(bytes(0x50, 0x02, 0, 0x9d, 0x01, 0x2a), little16(width), little16(height), new Uint8Array(400)),
  );

/** The header of a lossless frame, 14 bits a side. */
export const losslessHeader = (width: number, height: number) =>
  chunk("VP8L", join(bytes(0x2f), little32((width - 1) | ((height - 1) << 14)), new Uint8Array(100)));

/** The one image chunk of a WebP that sharp makes of one colour. */
export async function imageChunk(side: number, options: object = {}): Promise<Uint8Array> {
  const file = await plainWebp(side, options);
  return file.subarray(12);
}

export const plainWebp = (side: number, options: object = {}): Promise<Uint8Array> =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#4a7" }, limitInputPixels: false })
    .webp({ effort: 0, ...options })
    .toBuffer();

export const animationHeader = chunk("ANIM", join(little32(0), little16(0)));

export const frame = (width: number, height: number, image: Uint8Array, left = 0) =>
  chunk(
    "ANMF",
    join(
      little24(left),
      little24(0),
      little24(width - 1),
      little24(height - 1),
      little24(10),
      bytes(0),
      image,
    ),
  );

export const animated = (canvas: number, ...frames: readonly Uint8Array[]) =>
  riff(extended(flags.animated, canvas, canvas), animationHeader, ...frames);

/** The length that the container says it has is another one. */
export const sayingLength = (file: Uint8Array, length: number) => patched(file, 4, little32(length));
