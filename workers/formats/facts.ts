// What the header of an original says, in one shape for all formats.
import { type Crop, mimeTypes, type Orientation, type SourceFormat } from "../../schema/facts.ts";

export type Chroma = "4:4:4" | "4:4:0" | "4:2:2" | "4:2:0" | "4:1:1" | "4:1:0" | "other";

/** What a decoder makes in its memory. */
export interface CodedSize {
  /** Of the largest picture that is coded in one piece: a tile, where there are tiles. */
  readonly width: number;
  readonly height: number;
  /** Of all pieces together. */
  readonly pixels: number;
}

/** What a format's own reader finds. */
export interface StoredFacts {
  readonly format: SourceFormat;
  /** Pixels as stored, before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** What its maker left of the stored picture, before the orientation is applied; null where that is all of it. */
  readonly crop: Crop | null;
  readonly orientation: Orientation;
  /** null while not knowable: a GIF or WebP says it only at its end, an AVIF sequence not at all. */
  readonly frames: number | null;
  readonly animated: boolean;
  /** How often an animation plays; 0 is endless, null is not said. */
  readonly plays: number | null;
  readonly alpha: boolean;
  /** Bits a sample; null where a TIFF keeps it out of reach of a single pass. */
  readonly bitDepth: number | null;
  readonly colour: "gray" | "rgb" | "cmyk" | "palette";
  /** A JPEG in several scans (progressive or not), an interlaced PNG or GIF: it cannot be decoded row by row. */
  readonly progressive: boolean;
  /** Only for JPEG with three components. */
  readonly chroma: Chroma | null;
  /** Samples that the file codes for a pixel: 1.5 for a 4:2:0 JPEG. Coefficients take two bytes each. */
  readonly samplesPerPixel: number;
  readonly hasIcc: boolean;
  /** Segments, chunks or blocks that the file is cut into, and JPEGs in a TIFF, as far as they are counted; 0 where nobody cuts. */
  readonly pieces: number;
  /** Of a PNG that moves: its first frame is not the picture that readers show which know no animations. */
  readonly apart?: true;
  /** Of a JPEG without an end: where its picture ends, and what else may stand behind, only its codes tell. */
  readonly endless?: true;
  /** Of a JPEG that is not progressive and has a scan for each of its components: browsers show it whole, or nothing of it. */
  readonly separate?: true;
  /** Where a container tells a size of its own: what its bitstreams say. Null elsewhere, and where a single pass can't see it. */
  readonly coded: CodedSize | null;
  /** The end of the file is missing or broken; the picture is shown as far as it goes. */
  readonly damaged?: true;
  /** Where a WebP's picture ends in the file, where its header tells another place. */
  readonly pictureEnd?: number;
}

export interface ImageFacts extends StoredFacts {
  readonly mime: string;
  /** Pixels as shown: cut, and the orientation applied. */
  readonly displayedWidth: number;
  readonly displayedHeight: number;
  readonly megapixels: number;
}

export function completeFacts(stored: StoredFacts): ImageFacts {
  const onItsSide = stored.orientation > 4;
  const { width, height } = stored.crop ?? stored;
  return {
    ...stored,
    mime: mimeTypes[stored.format],
    displayedWidth: onItsSide ? height : width,
    displayedHeight: onItsSide ? width : height,
    megapixels: (stored.width * stored.height) / 1e6,
  };
}

/** What a format has when its header does not say otherwise. */
export const plainStill = {
  crop: null,
  orientation: 1,
  frames: 1,
  animated: false,
  plays: null,
  alpha: false,
  bitDepth: 8,
  colour: "rgb",
  progressive: false,
  chroma: null,
  samplesPerPixel: 3,
  hasIcc: false,
  coded: null,
  pieces: 0,
} as const satisfies Partial<StoredFacts>;

/** No camera and no screen needs more; a header that claims more is a bomb or noise. */
const maxSide = 1_000_000;
const maxMegapixels = 5_000;

export function isPlausibleSize(width: number, height: number): boolean {
  return (
    width > 0 && height > 0 && width <= maxSide && height <= maxSide && width * height <= maxMegapixels * 1e6
  );
}
