// One picture in every format, with its place written into it in every way that cameras and agencies know.
import sharp from "sharp";
import { buildExif } from "./exif.ts";
import { buildHeif, imageSize, uint32 } from "./heif-file.ts";
import { insertSegments, jpegSegment } from "./jpeg-segments.ts";
import { insertChunks } from "./png-chunks.ts";

/** Stands in every field that tells a place. */
export const PLACE = "Secretville";
/** Stands in fields that tell something else. */
export const NOTICE = "(c) Ada of the agency";
/** Stands in second pictures and in what nobody can read. */
export const SECOND = "SECOND-PICTURE";

export const xmpPacket = Buffer.from(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
   e:GPSLatitude="47,37.23N ${PLACE}" photoshop:City="${PLACE}" photoshop:Headline="A harbour &amp; more"/>
 <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
   xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
   xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:drone="http://www.dji.com/drone-dji/1.0/" drone:GpsLongitude="${PLACE}">
  <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">${NOTICE}</rdf:li></rdf:Alt></dc:rights>
  <dc:coverage>${PLACE}</dc:coverage>
  <core:Location>${PLACE}</core:Location>
  <core:CreatorContactInfo rdf:parseType="Resource"><core:CiAdrCity>${PLACE}</core:CiAdrCity><core:CiUrlWork>https://agency.example</core:CiUrlWork></core:CreatorContactInfo>
  <ext:LocationCreated><rdf:Bag><rdf:li><rdf:Description><ext:City>${PLACE}</ext:City></rdf:Description></rdf:li></rdf:Bag></ext:LocationCreated>
  <xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><xmpGImg:image>${SECOND}</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>
 </rdf:Description>
</rdf:RDF></x:xmpmeta>
${" ".repeat(1_500)}<?xpacket end="w"?>`);

const dataset = (number: number, text: string) =>
  Buffer.concat([Uint8Array.of(0x1c, 2, number, 0, text.length), Buffer.from(text)]);

function resource(id: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0x38, 0x42, 0x49, 0x4d, id >> 8, id & 255, 0, 0]);
  return Buffer.concat([head, uint32(data.length), data, Buffer.alloc(data.length & 1)]);
}

const iptc = Buffer.concat([
  Buffer.from("Photoshop 3.0\0"),
  resource(0x040c, Buffer.from(SECOND)),
  resource(
    0x0404,
    Buffer.concat([dataset(80, "Ada"), dataset(116, NOTICE), dataset(90, PLACE), dataset(101, PLACE)]),
  ),
]);

const exif = Buffer.from(buildExif({ orientation: 1, thumbnail: Buffer.from(SECOND) }));

const canvas = sharp({ create: { width: 40, height: 30, channels: 3, background: "#468" } });

/** The file, by format. */
export const placed = {
  jpg: insertSegments(await canvas.clone().jpeg().toBuffer(), [
    jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif])),
    jpegSegment(0xe1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), xmpPacket])),
    jpegSegment(0xe1, Buffer.from(`http://ns.adobe.com/xmp/extension/\0${SECOND}`)),
    jpegSegment(0xed, iptc),
  ]),
  png: insertChunks(await canvas.clone().png().toBuffer(), [
    { type: "eXIf", body: exif },
    { type: "iTXt", body: Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), xmpPacket]) },
    { type: "tEXt", body: Buffer.from(`Location\0${PLACE}`) },
  ]),
  webp: await canvas
    .clone()
    .withExif({ IFD0: { Make: "x" } })
    .withXmp(xmpPacket.toString())
    .webp()
    .toBuffer()
    .then((file) => withWebpExif(file, exif)),
  avif: heif("avif", "av01"),
  heic: heif("heic", "hvc1"),
} as const;

function heif(brand: "avif" | "heic", type: "av01" | "hvc1"): Buffer {
  return buildHeif({
    brand,
    properties: [imageSize(40, 30)],
    items: [
      { type, payload: Buffer.alloc(300, 7), properties: [1] },
      { type: "Exif", payload: Buffer.concat([uint32(0), exif]) },
      { type: "mime", payload: xmpPacket },
    ],
  });
}

/** Puts another EXIF block into a WebP that has one. */
function withWebpExif(file: Buffer, block: Buffer): Buffer {
  const at = file.indexOf("EXIF");
  const next = at + 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) & 1);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(block.length);
  const pad = Buffer.alloc(block.length & 1);
  const whole = Buffer.concat([
    file.subarray(0, at),
    Buffer.from("EXIF"),
    length,
    block,
    pad,
    file.subarray(next),
  ]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
