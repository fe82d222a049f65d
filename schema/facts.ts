// What is known of an original from its bytes' headers alone; stored as JSON in the images table.

/** Formats that are told apart by their bytes and may be stored. */
export const sourceFormats = [
  "jpg",
  "png",
  "gif",
  "webp",
  "avif",
  "heic",
  "bmp",
  "ico",
  "tiff",
  "svg",
] as const;
export type SourceFormat = (typeof sourceFormats)[number];

/** Formats that a URL may ask for. */
export const outputFormats = ["jpg", "png", "webp", "avif", "gif"] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The media type of each format, in and out. */
export const mimeTypes = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  heic: "image/heic",
  bmp: "image/bmp",
  ico: "image/x-icon",
  tiff: "image/tiff",
  svg: "image/svg+xml",
} as const satisfies Record<SourceFormat | OutputFormat, string>;

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, in its own whole pixels. */
export interface Crop extends Size {
  readonly x: number;
  readonly y: number;
}

/** EXIF orientation: how the stored picture must be turned to be shown upright. 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
