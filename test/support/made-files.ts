// Small files that hold every structure which a walker tells apart, without pictures worth looking at: what is few bytes
// long is damaged where it matters.
import { av1Payload, hevcConfiguration, hevcPayload, hevcSequence } from "./make-fixtures/coded-pictures.ts";
import { buildExif } from "./make-fixtures/exif.ts";
import { film } from "./make-fixtures/film.ts";
import { gifFrame, gifLoop, gifOf, gifScreen, gifTrailer } from "./make-fixtures/gif-blocks.ts";
import {
  box,
  buildHeif,
  fullBox,
  gridPayload,
  type HeifItem,
  imageSize,
  mirror,
  rotation,
  uint16,
  uint32,
} from "./make-fixtures/heif-file.ts";
import { type Chunk, joinPng } from "./make-fixtures/png-chunks.ts";
import { everyTag } from "./make-fixtures/tiff-tags.ts";

const exif: HeifItem = {
  type: "Exif",
  payload: Buffer.concat([uint32(0), buildExif({ orientation: 6 })]),
};
const xmp: HeifItem = {
  type: "mime",
  payload: Buffer.from(
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
  ),
};
const profile = box("colr", Buffer.from("prof"), Buffer.alloc(40, 7));
const colours = box("colr", Buffer.from("nclx"), uint16(1), uint16(13), uint16(6), Uint8Array.of(0x80));
const alphaType = fullBox("auxC", 0, 0, Buffer.from("urn:mpeg:hevc:2015:auxid:1\0"));
const av1Configuration = (second: number) => box("av1C", Uint8Array.of(0x81, 0, second, 0));
const coded = (width: number, height: number, properties: readonly number[]): HeifItem => ({
  type: "av01",
  payload: av1Payload(width, height),
  properties,
});

/** A grid that is shown in two places, turned and mirrored, with its alpha, a thumbnail, and what a camera writes. */
const grid = buildHeif({
  brand: "heic",
  properties: [
    imageSize(128, 96),
    imageSize(64, 96),
    hevcConfiguration(64, 96),
    rotation(1),
    mirror(0),
    profile,
    alphaType,
    box("udes", Buffer.from("secret words\0")),
  ],
  items: [
    { type: "grid", payload: gridPayload(1, 2, 128, 96), properties: [1, 6, 5, 4, 8] },
    { type: "hvc1", payload: hevcPayload(hevcSequence(64, 96)), properties: [2, 3] },
    { type: "hvc1", payload: hevcPayload(), properties: [2, 3] },
    { type: "grid", payload: gridPayload(1, 2, 128, 96), properties: [1, 7] },
    { type: "hvc1", payload: hevcPayload(), properties: [2, 3] },
    exif,
    xmp,
  ],
  references: [
    { type: "dimg", from: 1, to: [2, 3] },
    { type: "dimg", from: 4, to: [2, 3] },
    { type: "auxl", from: 4, to: [1] },
    { type: "thmb", from: 5, to: [1] },
    { type: "cdsc", from: 6, to: [1] },
    { type: "cdsc", from: 7, to: [1] },
  ],
});

/** Parts that are parts of several others, so that a tile is made five times. */
const shared = buildHeif({
  brand: "avif",
  mediaFirst: true,
  media: "long",
  properties: [imageSize(32, 32), av1Configuration(0x0c), colours, mirror(1)],
  items: [
    { type: "iovl", payload: overlay(32, 32), properties: [1, 3, 4] },
    { type: "grid", payload: gridPayload(1, 2, 32, 16), properties: [1] },
    { type: "grid", payload: gridPayload(2, 2, 32, 32), properties: [1] },
    { type: "iden", payload: Buffer.alloc(0), properties: [1] },
    coded(32, 16, [1, 2]),
    exif,
  ],
  references: [
    { type: "dimg", from: 1, to: [2, 3, 4] },
    { type: "dimg", from: 2, to: [3, 5] },
    { type: "dimg", from: 3, to: [4, 5] },
    { type: "dimg", from: 4, to: [5] },
  ],
});

/** Wide fields; a derived picture, its transparency and metadata in the description itself, and data in parts. */
const wide = buildHeif({
  brand: "avif",
  isWide: true,
  media: "endless",
  properties: [imageSize(48, 40), av1Configuration(0x40), colours, alphaType, rotation(3)],
  items: [
    { type: "iovl", payload: overlay(48, 40), properties: [1, 3, 5], isInMeta: true },
    { ...coded(48, 40, [1, 2]), parts: 3 },
    { ...coded(48, 40, [1, 2, 4]), isInMeta: true },
    { ...exif, isInMeta: true },
    { type: "tmap", payload: Buffer.alloc(16, 3), properties: [1] },
    { ...xmp, parts: 2 },
  ],
  references: [
    { type: "dimg", from: 1, to: [2] },
    { type: "auxl", from: 3, to: [1] },
    { type: "dimg", from: 5, to: [1, 2] },
  ],
});

/** Units of every kind: settings among them, a slice that begins no picture, one that is too short to be any. */
const units = buildHeif({
  brand: "heic",
  properties: [imageSize(40, 40), hevcConfiguration(32, 24)],
  items: [
    {
      type: "hvc1",
      payload: hevcPayload(
        Buffer.from([33 << 1, 1]),
        hevcSequence(40, 40),
        Buffer.from([19 << 1, 1, 0x80]),
        Buffer.from([19 << 1, 1]),
        Buffer.from([1 << 1, 1, 0x7f, 0]),
        Buffer.from([31 << 1, 1, 0x80, 0]),
        Buffer.from([32 << 1, 1, 0x80, 0]),
      ),
      properties: [1, 2],
    },
  ],
});

function overlay(width: number, height: number): Buffer {
  return Buffer.concat([Buffer.alloc(10), uint16(width), uint16(height), Buffer.alloc(8)]);
}

const layers = buildHeif({
  brand: "heic",
  properties: [imageSize(40, 40), hevcConfiguration(40, 40)],
  items: [
    {
      type: "hvc1",
      payload: hevcPayload(
        hevcSequence(40, 40, { layers: 3, chroma: 3, hasWindow: true }),
        hevcSequence(32, 48, { layers: 2, isBlank: true, bitDepth: 10 }),
      ),
      properties: [1, 2],
    },
  ],
});

/** A frame with everything, and one with nothing: what is said of the first must not go over to it. */
const frames = gifOf(
  gifScreen(8, 6),
  gifLoop,
  [0x21, 0xfe, 2, 65, 66, 0],
  gifFrame(8, 6, (x) => x % 3, { delay: 12, disposal: 2, transparentIndex: 1 }),
  gifFrame(3, 2, () => 2, { x: 4, y: 3, isInterlaced: true }),
  [0x21, 0x01, 12, ...Array<number>(12).fill(1), 1, 67, 0],
  // With two colours of its own.
  [0x21, 0xf9, 4, 12, 5, 1, 0, 0],
  [0x2c, 1, 0, 2, 0, 1, 0, 1, 0, 0x80, 9, 8, 7, 6, 5, 4, 2, 2, 0x4c, 1, 0],
  gifTrailer,
);

/** Every chunk that is read: in front of the pixels, and a still that is apart from its frames. */
function apart(): Buffer {
  const chunk = (type: string, ...body: readonly number[]): Chunk => ({ type, body: Uint8Array.from(body) });
  const control = (number: number, width: number, x: number) =>
    chunk("fcTL", 0, 0, 0, number, 0, 0, 0, width, 0, 0, 0, 2, 0, 0, 0, x, 0, 0, 0, 0, 0, 1, 0, 9, 1, 0);
  return joinPng([
    chunk("IHDR", 0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0),
    chunk("gAMA", 0, 0, 177, 143),
    chunk("sRGB", 0),
    chunk("acTL", 0, 0, 0, 2, 0, 0, 0, 5),
    chunk("PLTE", 1, 2, 3, 4, 5, 6),
    chunk("tRNS", 9),
    { type: "eXIf", body: buildExif({ orientation: 8, littleEndian: true }).subarray(0, 60) },
    chunk("IDAT", 1, 2),
    control(0, 3, 0),
    chunk("fdAT", 0, 0, 0, 1, 5),
    control(2, 1, 2),
    chunk("fdAT", 0, 0, 0, 3, 6),
    chunk("tEXt", 65, 0, 66),
    chunk("IEND"),
  ]);
}

/** The same file as of a kind that moves. */
function moving(file: Buffer, brand: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(brand, 8, "latin1");
  return copy;
}

export const madeFiles: Readonly<Record<string, Buffer>> = {
  "made: a grid with everything.heic": grid,
  "made: parts of several.avif": shared,
  "made: wide fields.avif": wide,
  "made: units.heic": units,
  "made: layers.heic": layers,
  "made: it moves.avif": moving(shared, "avis"),
  "made: it moves.heic": moving(units, "hevc"),
  "made: a film.avif": film(false, true),
  "made: a film of wide tables.avif": film(true, false),
  "made: frames of every kind.gif": Buffer.from(frames),
  "made: a still apart from its frames.png": apart(),
  "made: every tag.tiff": everyTag(true),
  "made: every tag, Motorola's way.tiff": everyTag(false),
};
