// Healthy little files of every format and kind, to be damaged.

import { extname } from "node:path";
import sharp, { type Sharp } from "sharp";
import { fixture, fixtureNames } from "../../support/fixtures.ts";

export interface Seed {
  readonly name: string;
  readonly format: string;
  readonly file: Uint8Array;
}

const mostBytes = 450_000;

/** The committed fixtures, and small ones of all kinds that sharp can write: damage hits their structure more often. */
export async function loadSeeds(formats: readonly string[]): Promise<Seed[]> {
  // A thousand damaged copies of 12 megapixels would take all night.
  const committed = fixtureNames
    .filter((name) => name !== "one-piece.heic")
    .map((name) => ({
      name,
      format: extname(name).slice(1),
      file: fixture(name),
    }));
  const seeds = [...committed.filter(({ file }) => file.length < mostBytes), ...(await smallSeeds())];
  return formats.length === 0 ? seeds : seeds.filter(({ format }) => formats.includes(format));
}

const kinds: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  "baseline.jpg": (picture) => picture.jpeg({ optimiseCoding: false }),
  "444.jpg": (picture) => picture.jpeg({ chromaSubsampling: "4:4:4" }),
  "progressive.jpg": (picture) => picture.jpeg({ progressive: true }),
  "mozjpeg.jpg": (picture) => picture.jpeg({ mozjpeg: true }),
  "gray.jpg": (picture) => picture.grayscale().jpeg(),
  "rgb.png": (picture) => picture.png(),
  "palette.png": (picture) => picture.png({ palette: true, colours: 13 }),
  "interlaced.png": (picture) => picture.ensureAlpha(0.5).png({ progressive: true }),
  "deep.png": (picture) => picture.toColourspace("rgb16").png(),
  "lossy.webp": (picture) => picture.ensureAlpha(0.5).webp(),
  "lossless.webp": (picture) => picture.webp({ lossless: true }),
  "still.gif": (picture) => picture.gif(),
  "still.avif": (picture) => picture.avif({ effort: 0 }),
  "still.tiff": (picture) => picture.tiff({ compression: "lzw" }),
};

async function smallSeeds(): Promise<Seed[]> {
  const rgb = await sharp(fixture("photo.jpg"))
    .resize(61, 47, { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer();
  const open = () => sharp(rgb, { raw: { width: 61, height: 47, channels: 3 } });
  return Promise.all(
    Object.entries(kinds).map(async ([name, write]) => ({
      name,
      format: extname(name).slice(1),
      file: await write(open()).toBuffer(),
    })),
  );
}
