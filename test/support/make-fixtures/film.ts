// Films in HEIF containers: tracks with tables of their samples, beside the picture that stands for them.
import { box, buildHeif, fullBox, imageSize, uint32 } from "./heif-file.ts";

const chunk = (text: string) => Buffer.from(`${text}${"-".repeat(40 - text.length)}`);
/** What the chunks of the data hold, each 40 bytes. */
export const samples = {
  shown: chunk("shown one"),
  more: chunk("shown two"),
  clear: chunk("its transparency"),
  sound: chunk("secret sound"),
  second: chunk("secret camera"),
};
/** Their order in the data. */
export const order = [samples.sound, samples.shown, samples.second, samples.more, samples.clear];

interface Table {
  readonly id: number;
  readonly handler: string;
  readonly chunks: readonly number[];
  readonly helps?: number;
  /** 64-bit places, and one size for all samples. */
  readonly isWide?: boolean;
}

function track({ id, handler, chunks, helps, isWide = false }: Table, at: number): Buffer {
  const places = chunks.map((index) => at + index * 40);
  const table = box(
    "stbl",
    fullBox("stsd", 0, 0, uint32(0)),
    fullBox("stsc", 0, 0, uint32(1), uint32(1), uint32(2), uint32(1)),
    isWide
      ? fullBox("stsz", 0, 0, uint32(20), uint32(chunks.length * 2))
      : fullBox(
          "stsz",
          0,
          0,
          uint32(0),
          uint32(chunks.length * 2),
          ...chunks.flatMap(() => [uint32(15), uint32(25)]),
        ),
    isWide
      ? fullBox("co64", 0, 0, uint32(places.length), ...places.flatMap((place) => [uint32(0), uint32(place)]))
      : fullBox("stco", 0, 0, uint32(places.length), ...places.map(uint32)),
  );
  return box(
    "trak",
    fullBox("tkhd", 0, 3, uint32(0), uint32(0), uint32(id), Buffer.alloc(60)),
    ...(helps === undefined ? [] : [box("tref", box("auxl", uint32(helps)))]),
    box("mdia", fullBox("hdlr", 0, 0, uint32(0), Buffer.from(handler), Buffer.alloc(13)), box("minf", table)),
  );
}

/** A film's still picture, its data last. */
export const still = buildHeif({
  brand: "avif",
  properties: [imageSize(40, 30)],
  items: [{ type: "av01", payload: Buffer.alloc(100, 7), properties: [1] }],
});
still.write("avis", 8, "latin1");

/** The tracks of data that begins at a place. */
export const moovAt = (at: number, isWide: boolean) =>
  box(
    "moov",
    fullBox("mvhd", 0, 0, Buffer.alloc(96)),
    track({ id: 1, handler: "soun", chunks: [0], isWide }, at),
    track({ id: 2, handler: "pict", chunks: [1, 3], isWide }, at),
    track({ id: 3, handler: "auxv", chunks: [4], helps: 2, isWide }, at),
    track({ id: 4, handler: "vide", chunks: [2], isWide }, at),
  );

/** The film described before its data, or behind it. */
export function film(isWide: boolean, isLate: boolean): Buffer {
  const data = box("mdat", ...order);
  const moovBytes = moovAt(0, isWide).length;
  const at = still.length + (isLate ? 0 : moovBytes) + 8;
  const moov = moovAt(at, isWide);
  return Buffer.concat([still, ...(isLate ? [data, moov] : [moov, data])]);
}
