// From a painted canvas to a file, as a camera or an export dialog would write it.

import sharp, { type JpegOptions } from "sharp";
import type { Canvas } from "./canvas.ts";
import type { PhotoFile } from "./files.ts";

const gifFrames = 24;
/** What phones write besides the picture; the strip job has to find and drop it. */
const exif = {
  IFD0: { Make: "Bench", Model: "Meadow 12", Copyright: "Public domain" },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "47/1 36/1 0/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "12/1 20/1 0/1",
  },
};

export function develop(canvas: Canvas, file: PhotoFile): Promise<Buffer> {
  const picture = open(canvas);
  switch (file.format) {
    case "png":
      return picture.png({ compressionLevel: 6 }).toBuffer();
    case "webp":
      return picture.webp({ quality: 88, effort: 2 }).toBuffer();
    case "avif":
      return picture.avif({ quality: 70, effort: 1 }).toBuffer();
    case "gif":
      return developGif(canvas);
    default:
      return developJpeg(canvas, file);
  }
}

const open = ({ rgb, width, height }: Canvas) =>
  sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });

/** Cameras use 4:2:0 and the standard's Huffman tables, and differ in quality: take the one that weighs what was asked. */
async function developJpeg(canvas: Canvas, { format, bytesPerPixel = 0.49 }: PhotoFile): Promise<Buffer> {
  const options: JpegOptions = {
    chromaSubsampling: "4:2:0",
    optimiseCoding: false,
    progressive: format !== "jpg",
  };
  const quality = await qualityFor(middle(canvas), bytesPerPixel, options);
  return open(canvas)
    .withExif(exif)
    .jpeg({ ...options, quality })
    .toBuffer();
}

async function qualityFor(sample: Canvas, bytesPerPixel: number, options: JpegOptions): Promise<number> {
  const wanted = bytesPerPixel * sample.width * sample.height;
  let best = { quality: 84, miss: Number.POSITIVE_INFINITY };
  for (let quality = 84; quality < 100; quality++) {
    const { length } = await open(sample)
      .jpeg({ ...options, quality })
      .toBuffer();
    const miss = Math.abs(length - wanted);
    if (miss < best.miss) best = { quality, miss };
  }
  return best.quality;
}

/** A strip through the whole height, wide enough to weigh. */
function middle({ rgb, width, height }: Canvas): Canvas {
  const columns = Math.min(width, 256);
  const left = (width - columns) >> 1;
  const strip = new Uint8Array(columns * height * 3);
  for (let row = 0; row < height; row++) {
    const from = (row * width + left) * 3;
    strip.set(rgb.subarray(from, from + columns * 3), row * columns * 3);
  }
  return { rgb: strip, width: columns, height };
}

/** The camera pans over the scene: most pixels change from frame to frame, as in a film. */
function developGif({ rgb, width, height }: Canvas): Promise<Buffer> {
  const frames = Buffer.alloc(width * height * 3 * gifFrames);
  for (let frame = 0; frame < gifFrames; frame++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = (row * width + ((column + frame * 5) % width)) * 3;
        rgb.subarray(from, from + 3).forEach((value, channel) => {
          frames[((frame * height + row) * width + column) * 3 + channel] = value;
        });
      }
    }
  }
  const raw = { width, height: height * gifFrames, channels: 3, pageHeight: height } as const;
  const delay = Array.from({ length: gifFrames }, (_, frame) => 40 + (frame % 3) * 20);
  return sharp(frames, { raw }).gif({ loop: 3, delay, effort: 4 }).toBuffer();
}
