// What a PNG says about itself before its pixels: size, type, palette, transparency, colour space.

import { fail, type KernelResult } from "../errors.ts";

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
  readonly colourType: number;
  readonly interlaced: boolean;
}

/** What the colour chunks say, strongest first: sRGB beats gAMA; an ICC profile is given still deflated. */
export type PngColour =
  | { readonly space: "srgb" }
  | { readonly space: "icc"; readonly deflated: Uint8Array }
  | { readonly space: "gamma"; readonly gamma: number }
  | { readonly space: "unknown" };

const depthsOfType: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** IHDR, PNG 3rd edition, section 11.2.1. */
export function parseIhdr(body: Uint8Array): KernelResult<PngHeader> {
  if (body.length !== 13) return damaged("Its IHDR chunk is not 13 bytes long.");
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const bitDepth = view.getUint8(8);
  const colourType = view.getUint8(9);
  const interlace = view.getUint8(12);
  // Section 7.1: four-byte integers end at 2^31 - 1.
  if (width < 1 || height < 1 || width > 0x7fffffff || height > 0x7fffffff)
    return damaged("Its size is impossible.");
  if (!depthsOfType[colourType]?.includes(bitDepth))
    return damaged("Its colour type and bit depth don't go together.");
  if (view.getUint8(10) !== 0 || view.getUint8(11) !== 0 || interlace > 1) {
    return damaged("Its compression, filter or interlace method does not exist.");
  }
  return { ok: true, value: { width, height, bitDepth, colourType, interlaced: interlace === 1 } };
}

/** Looks at one of the colour chunks and answers what is known after it. */
export function colourAfter(known: PngColour, type: string, body: Uint8Array): PngColour {
  if (type === "sRGB") return { space: "srgb" };
  if (type === "iCCP" && known.space !== "srgb") {
    // A name of 1..79 bytes, zero, compression method 0, then a zlib stream (section 11.3.2.3).
    const end = body.indexOf(0);
    if (end < 1 || end > 79 || body[end + 1] !== 0) return known;
    return { space: "icc", deflated: body.subarray(end + 2) };
  }
  if (type === "gAMA" && known.space === "unknown" && body.length === 4) {
    const gamma = new DataView(body.buffer, body.byteOffset, 4).getUint32(0) / 100_000;
    return gamma > 0 ? { space: "gamma", gamma } : known;
  }
  return known;
}

const damaged = (reason: string) => fail({ code: "damaged", reason: `The PNG is damaged. ${reason}` });
