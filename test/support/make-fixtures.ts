// Writes every picture in test/fixtures. Run by hand: npx node test/support/make-fixtures.ts (FFMPEG=… also makes the HEIC).

import { writeFile } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { buildExif } from "./make-fixtures/exif.ts";
import { encodeGridHeic } from "./make-fixtures/heic.ts";
import { asPhoneWouldSave } from "./make-fixtures/jpeg-segments.ts";
import { paintScene } from "./make-fixtures/landscape.ts";
import { encodeBmp, encodeDisposalGif, encodeIco } from "./make-fixtures/plain-formats.ts";
import { animatePng, insertChunks } from "./make-fixtures/png-chunks.ts";

const folder = new URL("../fixtures/", import.meta.url);
const scene = await (await paintScene(4000, 3000)).png({ compressionLevel: 0 }).toBuffer();
const at = (width: number) => sharp(scene).resize(width);
const thumbnail = await at(160).jpeg({ quality: 60 }).toBuffer();
const exif = {
  IFD0: { Make: "Fixturecam", Copyright: "(c) Ada Example", Artist: "Ada Example" },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "47/1 37/1 1380/100",
    GPSLongitudeRef: "E",
    GPSLongitude: "12/1 20/1 5136/100",
  },
};

const drawing = `<?xml version="1.0" encoding="UTF-8"?>
<!-- A drawing with a viewBox that is not its size. -->
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 64 48">
  <rect width="64" height="48" fill="#dfe9f3"/>
  <circle cx="22" cy="24" r="12" fill="#d8412f"/>
  <path d="M30 40 L44 10 L58 40 Z" fill="#2456a8"/>
</svg>
`;

const emblem = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400" viewBox="0 0 600 400">
  <defs><linearGradient id="fade" x2="1"><stop stop-color="#2456a8"/><stop offset="1" stop-color="#2456a8" stop-opacity="0"/></linearGradient>
  <filter id="soft"><feGaussianBlur stdDeviation="10"/></filter></defs>
  <circle cx="210" cy="214" r="120" opacity=".45" filter="url(#soft)"/>
  <circle cx="200" cy="200" r="120" fill="#d8412f"/><path d="M200 110 L275 265 L125 265Z" fill="#fff"/>
  <rect x="350" y="120" width="220" height="60" rx="30" fill="url(#fade)"/>
  <rect x="350" y="220" width="160" height="60" rx="30" fill="#1d2b3a"/></svg>`;

/** A pan along the boat, with a lamp that wanders and changes colour. */
async function frames(count: number): Promise<Buffer[]> {
  const view = await at(800).png().toBuffer();
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const lamp = `<svg width="240" height="180"><circle cx="${20 + index * 16}" cy="30" r="12" fill="hsl(${index * 30} 90% 50%)"/></svg>`;
      return sharp(view)
        .extract({ left: 180 + index * 6, top: 240, width: 240, height: 180 })
        .composite([{ input: Buffer.from(lamp) }])
        .png()
        .toBuffer();
    }),
  );
}

const animation = () => frames(12).then((pages) => sharp(pages, { join: { animated: true } }));
const delays = Array.from({ length: 12 }, (_, index) => (index === 11 ? 500 : 80));

async function bmp(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return encodeBmp(data, info.width, info.height);
}

async function ico(): Promise<Buffer> {
  const sides = [16, 32, 48];
  const square = { fit: "contain", background: "#0000" } as const;
  const entries = sides.map(async (side) => ({
    side,
    png: await sharp(Buffer.from(emblem)).resize(side, side, square).png().toBuffer(),
  }));
  return encodeIco(await Promise.all(entries));
}

/** Upright 1512x2016, stored on its side as a phone held upright stores it. */
async function sidewaysPortrait(): Promise<Buffer> {
  const upright = sharp(scene).extract({ left: 700, top: 0, width: 2250, height: 3000 }).resize(1512, 2016);
  return sharp(await upright.png().toBuffer())
    .rotate(-90)
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** A smooth ramp that shows 8-bit intermediate steps as bands. */
async function deepPng(): Promise<Buffer> {
  const [width, height] = [320, 240];
  const samples = Uint16Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return 20_000 + (pixel % width) * 30 + Math.floor(pixel / width) * (index % 3) * 12;
  });
  const raw = { width, height, channels: 3 } as const;
  return sharp(samples, { raw }).toColourspace("rgb16").png({ compressionLevel: 9 }).toBuffer();
}

const logo = async () =>
  insertChunks(await sharp(Buffer.from(emblem)).png({ compressionLevel: 9 }).toBuffer(), [
    { type: "tEXt", body: Buffer.from("Author\0secret text") },
    { type: "eXIf", body: buildExif({ orientation: 1 }) },
  ]);

const fixtures: Record<string, () => Promise<Buffer> | Buffer | string> = {
  "photo.jpg": async () =>
    asPhoneWouldSave(await sharp(scene).jpeg({ quality: 80 }).toBuffer(), { orientation: 1, thumbnail }),
  "photo-portrait.jpg": async () =>
    asPhoneWouldSave(await sidewaysPortrait(), { orientation: 6, thumbnail, littleEndian: true }),
  "progressive.jpg": () =>
    at(800).jpeg({ quality: 80, progressive: true, chromaSubsampling: "4:4:4" }).toBuffer(),
  "gray.jpg": () => at(400).toColourspace("b-w").jpeg({ quality: 80 }).toBuffer(),
  "cmyk.jpg": () => at(400).toColourspace("cmyk").jpeg({ quality: 80 }).toBuffer(),
  "p3.jpg": () => at(400).withIccProfile("p3").jpeg({ quality: 85 }).toBuffer(),
  "logo.png": logo,
  "deep.png": deepPng,
  "interlaced.png": () => at(200).png({ progressive: true, palette: true, colours: 64 }).toBuffer(),
  "animation.png": async () =>
    animatePng(
      (await frames(4)).map((frame) => frame),
      10,
      2,
    ),
  "animation.gif": async () =>
    (await animation()).gif({ loop: 0, delay: delays, effort: 7, colours: 128 }).toBuffer(),
  "disposal.gif": () => encodeDisposalGif(),
  "photo.webp": () =>
    at(1600).withExif(exif).withMetadata({ orientation: 1 }).webp({ quality: 75 }).toBuffer(),
  "animation.webp": async () => (await animation()).webp({ loop: 3, delay: delays, quality: 60 }).toBuffer(),
  "photo.avif": () => at(1600).withExif(exif).avif({ quality: 50, effort: 4 }).toBuffer(),
  "scan.tiff": () =>
    at(400).withMetadata({ orientation: 1 }).tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer(),
  "sample.bmp": () => bmp(at(200)),
  "icon.ico": ico,
  "drawing.svg": () => drawing,
};

for (const [name, make] of Object.entries(fixtures)) {
  const bytes = await make();
  await writeFile(new URL(name, folder), bytes);
  console.log(name.padEnd(22), bytes.length);
}
if (process.env.FFMPEG) {
  const heic = await encodeGridHeic(sharp(await sidewaysPortrait()).resize(1200), process.env.FFMPEG, 3);
  await writeFile(new URL("photo.heic", folder), heic);
  console.log("photo.heic".padEnd(22), heic.length);
}
