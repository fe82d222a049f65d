// Pictures with a second file in them, in the ways that phones, cameras and tools hide one. Each holds SECOND, its picture does not.
import sharp from "sharp";
import type { SourceFormat } from "../../../schema/facts.ts";
import { fixture } from "../fixtures.ts";
import { buildExif } from "./exif.ts";
import { box } from "./heif-file.ts";
import { avif, avifWith, heicWith, withBoxAhead } from "./heif-second.ts";
import { insertSegments, jpegSegment } from "./jpeg-segments.ts";
import { SECOND } from "./placed.ts";
import { insertChunks, joinPng, splitPng } from "./png-chunks.ts";
import { withPage, withSubDirectory } from "./tiff-pages.ts";

export interface Hiding {
  readonly what: string;
  readonly format: SourceFormat;
  /** The same picture without a second file. */
  readonly clean: Buffer;
  readonly bytes: Buffer;
}

const canvas = sharp(fixture("coffee.jpg")).resize(80, 60);
const small = sharp({ create: { width: 16, height: 16, channels: 3, background: "#c00" } });
const jpeg = await canvas.clone().jpeg().toBuffer();
const png = await canvas.clone().png().toBuffer();
const webp = await canvas.clone().webp().toBuffer();
const gif = fixture("animation.gif");
const tiff = await canvas.clone().tiff({ compression: "lzw" }).toBuffer();
const heic = fixture("photo.heic");
const [bmp, ico] = [fixture("sample.bmp"), fixture("icon.ico")];

const secondJpeg = Buffer.concat([await small.clone().jpeg().toBuffer(), Buffer.from(SECOND)]);
const film = Buffer.concat([
  box("ftyp", Buffer.from("mp42\0\0\0\0isom")),
  box("mdat", Buffer.from(SECOND)),
  box("moov"),
]);
const samsungTrailer = Buffer.concat([
  Buffer.from([0, 0, 0x30, 0x0a, 16, 0, 0, 0]),
  Buffer.from(`MotionPhoto_Data${SECOND}SEFH`),
  Buffer.alloc(20),
  Buffer.from("SEFT"),
]);
const zip = Buffer.concat([
  Buffer.from("PK\x03\x04"),
  Buffer.from(SECOND),
  Buffer.from("PK\x05\x06"),
  Buffer.alloc(18),
]);

const behind = (format: SourceFormat, clean: Buffer) =>
  [
    ["an MP4 behind its end", film],
    ["a Samsung trailer", samsungTrailer],
    ["a second JPEG behind its end", secondJpeg],
    ["a ZIP behind its end", zip],
  ].map(([what, tail]) => ({
    what: `${what}`,
    format,
    clean,
    bytes: Buffer.concat([clean, Buffer.from(tail ?? "")]),
  }));

const chunk = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(type), length, body, Buffer.alloc(body.length & 1)]);
};

/** More chunks inside the RIFF. */
function withChunks(file: Buffer, ...chunks: readonly Buffer[]): Buffer {
  const whole = Buffer.concat([file, ...chunks]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

const second = { type: "av01", payload: Buffer.from(SECOND) } as const;
const avifClean = avifWith([], []);

/** A BMP with room between its palette and its pixels. */
function withGap(file: Buffer): Buffer {
  const at = file.readUInt32LE(10);
  const gap = Buffer.from(SECOND.padEnd(16));
  const whole = Buffer.concat([file.subarray(0, at), gap, file.subarray(at)]);
  whole.writeUInt32LE(at + gap.length, 10);
  return whole;
}

/** An icon whose one entry is a PNG with a note inside it, and room behind its end. */
async function iconOf(picture: Buffer): Promise<Buffer> {
  const directory = Buffer.alloc(22);
  directory.set([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0]);
  directory.writeUInt32LE(picture.length, 14);
  directory.writeUInt32LE(22, 18);
  return Buffer.concat([directory, picture]);
}
const iconPng = await small.clone().ensureAlpha().png().toBuffer();

const animatedFrames = splitPng(fixture("animation.png"));
const unannounced = joinPng(animatedFrames.filter(({ type }) => type !== "acTL"));
const plainPng = joinPng(animatedFrames.filter(({ type }) => !["acTL", "fcTL", "fdAT"].includes(type)));

export const hiding: readonly Hiding[] = [
  ...behind("jpg", jpeg),
  ...behind("png", png),
  ...behind("gif", gif),
  ...behind("webp", webp),
  ...behind("avif", avif),
  ...behind("heic", heic),
  ...behind("bmp", bmp),
  ...behind("ico", ico),
  ...behind("tiff", tiff),
  {
    what: "a second picture of the MPF kind, its index in front",
    format: "jpg",
    clean: jpeg,
    bytes: Buffer.concat([
      insertSegments(jpeg, [jpegSegment(0xe2, Buffer.from(`MPF\0MM\0*\0\0\0\x08${SECOND}`))]),
      secondJpeg,
    ]),
  },
  {
    what: "a thumbnail in its EXIF, one in its JFIF, one of Photoshop's, and a depth map in its extended XMP",
    format: "jpg",
    clean: jpeg,
    bytes: insertSegments(jpeg, [
      jpegSegment(
        0xe1,
        Buffer.concat([Buffer.from("Exif\0\0"), buildExif({ orientation: 1, thumbnail: secondJpeg })]),
      ),
      jpegSegment(0xe0, Buffer.from(`JFXX\0\x10${SECOND}`)),
      jpegSegment(0xed, Buffer.from(`Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x20${SECOND.padEnd(32)}`)),
      jpegSegment(0xe1, Buffer.from(`http://ns.adobe.com/xmp/extension/\0GDepth:Data="${SECOND}"`)),
    ]),
  },
  {
    what: "a picture in a chunk of its own",
    format: "png",
    clean: png,
    bytes: insertChunks(png, [
      { type: "pvPR", body: Buffer.from(SECOND) },
      { type: "JUMb", body: Buffer.from(SECOND) },
      { type: "iTXt", body: Buffer.from(`Thumb::Image\0\0\0\0\0${SECOND}`) },
    ]),
  },
  {
    what: "more frames than it announces",
    format: "png",
    clean: joinPng(animatedFrames),
    bytes: joinPng([
      ...animatedFrames.slice(0, -1),
      { type: "fcTL", body: Buffer.alloc(26) },
      { type: "fdAT", body: Buffer.from(`\0\0\0\x09${SECOND}`) },
      ...animatedFrames.slice(-1),
    ]),
  },
  {
    what: "frames of an animation that it does not announce",
    format: "png",
    clean: plainPng,
    bytes: unannounced,
  },
  {
    what: "an XMP packet with a thumbnail",
    format: "gif",
    clean: gif,
    bytes: Buffer.concat([
      gif.subarray(0, -1),
      Buffer.from([0x21, 0xff, 11]),
      Buffer.from(`XMP DataXMP${String.fromCharCode(SECOND.length)}${SECOND}\0`, "latin1"),
      gif.subarray(-1),
    ]),
  },
  {
    what: "a second picture behind its first",
    format: "webp",
    clean: webp,
    bytes: withChunks(webp, chunk("VP8 ", Buffer.from(SECOND))),
  },
  {
    what: "a frame that no animation shows",
    format: "webp",
    clean: webp,
    bytes: withChunks(webp, chunk("ANMF", Buffer.from(SECOND.padEnd(40)))),
  },
  { what: "a chunk of a vendor", format: "webp", clean: webp, bytes: withChunks(webp, chunk("MPVD", film)) },
  {
    what: "a motion photo in a box of its own",
    format: "avif",
    clean: avif,
    bytes: Buffer.concat([avif, box("mpvd", film)]),
  },
  {
    what: "a motion photo in a box of its own",
    format: "heic",
    clean: heic,
    bytes: Buffer.concat([heic, box("mpvd", film)]),
  },
  {
    what: "a film in a box between its own",
    format: "avif",
    clean: avifClean,
    bytes: withBoxAhead(avifClean, box("mpvd", film)),
  },
  {
    what: "a thumbnail",
    format: "avif",
    clean: avifClean,
    bytes: avifWith([second], [{ type: "thmb", from: 2, to: [1] }]),
  },
  {
    what: "another picture, as a burst has",
    format: "avif",
    clean: avifClean,
    bytes: avifWith([second], []),
  },
  {
    what: "a depth map",
    format: "avif",
    clean: avifClean,
    bytes: avifWith([second], [{ type: "auxl", from: 2, to: [1] }]),
  },
  {
    what: "bytes that no item names",
    format: "avif",
    clean: avifClean,
    bytes: Buffer.concat([avifClean, box("mdat", Buffer.from(SECOND))]),
  },
  {
    what: "a thumbnail",
    format: "heic",
    clean: heicWith([], []),
    bytes: heicWith([{ type: "hvc1", payload: Buffer.from(SECOND) }], [{ type: "thmb", from: 2, to: [1] }]),
  },
  { what: "a page that is another's thumbnail", format: "tiff", clean: tiff, bytes: withPage(tiff, 1) },
  {
    what: "a picture in a directory below the first",
    format: "tiff",
    clean: tiff,
    bytes: withSubDirectory(tiff),
  },
  { what: "room in front of its pixels", format: "bmp", clean: bmp, bytes: withGap(bmp) },
  {
    what: "a note in its PNG and a file behind its end",
    format: "ico",
    clean: await iconOf(iconPng),
    bytes: await iconOf(
      Buffer.concat([
        insertChunks(iconPng, [{ type: "tEXt", body: Buffer.from(`a\0${SECOND}`) }]),
        Buffer.from(SECOND),
      ]),
    ),
  },
];
