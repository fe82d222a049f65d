// IHDR: size and type of a PNG's samples (PNG 3rd edition, section 11.2.1).
import { viewOf } from "../bytes/numbers.ts";
import { type Outcome, refuse } from "../damage.ts";
import type { StoredFacts } from "../facts.ts";
import { maxChunkBytes } from "./chunks.ts";

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
  readonly colourType: number;
  readonly interlaced: boolean;
}

export const headerBytes = 13;

interface ColourType extends Pick<StoredFacts, "colour" | "alpha" | "samplesPerPixel"> {
  readonly depths: readonly number[];
}

/** Not every depth goes with every type. */
const colourTypes: Readonly<Record<number, ColourType>> = {
  0: { colour: "gray", alpha: false, samplesPerPixel: 1, depths: [1, 2, 4, 8, 16] },
  2: { colour: "rgb", alpha: false, samplesPerPixel: 3, depths: [8, 16] },
  3: { colour: "palette", alpha: false, samplesPerPixel: 1, depths: [1, 2, 4, 8] },
  4: { colour: "gray", alpha: true, samplesPerPixel: 2, depths: [8, 16] },
  6: { colour: "rgb", alpha: true, samplesPerPixel: 4, depths: [8, 16] },
};

/** As it stands; of 13 bytes. */
export function headerOf(body: Uint8Array): PngHeader {
  const view = viewOf(body);
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitDepth: view.getUint8(8),
    colourType: view.getUint8(9),
    interlaced: view.getUint8(12) === 1,
  };
}

/** What a pixel holds; undefined where type and depth don't go together. */
export function pixelOf({
  colourType,
  bitDepth,
}: Pick<PngHeader, "colourType" | "bitDepth">): Omit<ColourType, "depths"> | undefined {
  const kind = colourTypes[colourType];
  if (!kind?.depths.includes(bitDepth)) return undefined;
  const { depths, ...pixel } = kind;
  return pixel;
}

/** As a decoder must have it. */
export function decodableHeader(body: Uint8Array): Outcome<PngHeader> {
  if (body.length !== headerBytes) return refuse("damaged", "its IHDR chunk is not 13 bytes long");
  const header = headerOf(body);
  const { width, height } = header;
  if (width < 1 || height < 1 || width > maxChunkBytes || height > maxChunkBytes)
    return refuse("damaged", "its size is impossible");
  if (!pixelOf(header)) return refuse("damaged", "its colour type and bit depth don't go together");
  const [compression = 0, filter = 0, interlace = 0] = body.subarray(10);
  if (compression !== 0 || filter !== 0 || interlace > 1)
    return refuse("damaged", "its compression, filter or interlace method does not exist");
  return { ok: true, value: header };
}

export function writeHeader({
  width,
  height,
  bitDepth,
  colourType,
}: Omit<PngHeader, "interlaced">): Uint8Array {
  const body = new Uint8Array(headerBytes);
  const view = viewOf(body);
  view.setUint32(0, width);
  view.setUint32(4, height);
  body.set([bitDepth, colourType], 8);
  return body;
}
