// The picture that most made files show: small, with a right way up and no two quarters alike.
import sharp, { type Sharp } from "sharp";
import { fixture } from "../fixtures.ts";
import { secrets } from "../make-fixtures/exif.ts";
import { PLACE } from "../make-fixtures/placed.ts";

const WIDTH = 240;
const HEIGHT = 160;
const rgb = await sharp(fixture("coffee.jpg"))
  .resize(WIDTH, HEIGHT, { fit: "fill" })
  .removeAlpha()
  .raw()
  .toBuffer();
const png = await sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  .png()
  .toBuffer();

/** What a camera and an editor write, in each format that can hold it; orientation and size are not said. */
const told = {
  IFD0: {
    Make: secrets.make,
    Model: secrets.model,
    Artist: secrets.artist,
    Copyright: secrets.copyright,
    ImageDescription: secrets.description,
  },
  IFD2: { BodySerialNumber: secrets.serial, DateTimeOriginal: "2026:05:01 09:30:00" },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "47/1 37/1 1380/100",
    GPSLongitudeRef: "E",
    GPSLongitude: "12/1 20/1 5136/100",
  },
} as const;
const described = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="${PLACE}"/></rdf:RDF></x:xmpmeta>`;
const tell = (picture: Sharp): Sharp => picture.withExif(told).withXmp(described);

/** Opaque. Like all made here, it tells what is nobody's business. */
export const scene = (width = WIDTH, height = HEIGHT): Sharp =>
  tell(sharp(png).resize(width, height, { fit: "fill" }));

/** Clear towards its right edge. */
export function faded(): Sharp {
  const rgba = Buffer.alloc(WIDTH * HEIGHT * 4);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    rgb.copy(rgba, at * 4, at * 3, at * 3 + 3);
    rgba[at * 4 + 3] = 255 - Math.round((255 * (at % WIDTH)) / WIDTH);
  }
  return tell(sharp(rgba, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } }));
}

/** Three pictures that differ. */
export async function moving(): Promise<Sharp> {
  const frames = [scene(), scene().negate(), scene().flop()].map((frame) => frame.png().toBuffer());
  return tell(sharp(await Promise.all(frames), { join: { animated: true } }));
}
