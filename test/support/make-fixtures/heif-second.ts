// Puts more items and boxes into an AVIF or HEIC beside its picture.
import sharp from "sharp";
import { boxesIn, readAllAssociations } from "../../../workers/formats/heif/boxes.ts";
import { fixture } from "../fixtures.ts";
import { buildHeif, fullBox, type HeifFile, imageSize, uint32 } from "./heif-file.ts";

/** As sharp writes it. */
export const avif = await sharp(fixture("coffee.jpg"))
  .resize(80, 60)
  .avif({ quality: 50, effort: 0 })
  .toBuffer();

const depthName = "urn:mpeg:mpegB:cicp:systems:auxiliary:depth\0";
const depthProperty = fullBox("auxC", 0, 0, Buffer.from(depthName));

/** The coded picture of an AVIF put into a container of ours, with more items beside it. */
export function avifWith(items: HeifFile["items"], references: NonNullable<HeifFile["references"]>): Buffer {
  const [, meta] = boxesIn(avif, 0, avif.length);
  const media = boxesIn(avif, 0, avif.length).find(({ type }) => type === "mdat");
  if (!meta || !media) throw new Error("sharp writes AVIF in another shape now");
  const inMeta = (type: string, from = meta.start + 4, to = meta.end) =>
    boxesIn(avif, from, to).find((one) => one.type === type);
  const holder = inMeta("iprp");
  const all = holder && inMeta("ipco", holder.start, holder.end);
  const used = holder && inMeta("ipma", holder.start, holder.end);
  if (!all || !used) throw new Error("sharp writes AVIF in another shape now");
  const properties = boxesIn(avif, all.start, all.end).map(({ start, end }) => avif.subarray(start - 8, end));
  const places = readAllAssociations(avif, used).get(1) ?? [];
  const payload = avif.subarray(media.start, media.end);
  return buildHeif({
    brand: "avif",
    properties: [...properties, depthProperty],
    items: [
      { type: "av01", payload, properties: places },
      ...items.map((item) => ({
        ...item,
        properties: references.some(({ type }) => type === "auxl")
          ? [...places, properties.length + 1]
          : places,
      })),
    ],
    references,
  });
}

/** Between file type and description; the one item is told to stand so much later. */
export function withBoxAhead(file: Buffer, piece: Buffer): Buffer {
  const [, meta, media] = boxesIn(file, 0, file.length);
  if (!meta || !media) throw new Error("it is no AVIF of ours");
  const moved = Buffer.from(file);
  moved.writeUInt32BE(media.start + piece.length, moved.indexOf(uint32(media.start), meta.start));
  const split = meta.start - 8;
  return Buffer.concat([moved.subarray(0, split), piece, moved.subarray(split)]);
}

export function heicWith(items: HeifFile["items"], references: NonNullable<HeifFile["references"]>): Buffer {
  return buildHeif({
    brand: "heic",
    properties: [imageSize(40, 30), fullBox("auxC", 0, 0, uint32(0))],
    items: [{ type: "hvc1", payload: Buffer.alloc(300, 7), properties: [1] }, ...items],
    references,
  });
}
