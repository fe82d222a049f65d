// What a reader of hidden metadata finds in a file that is nobody's business.
import exifr from "exifr";
import { secrets } from "../../support/make-fixtures/exif.ts";
import { NOTICE, PLACE, SECOND } from "../../support/make-fixtures/placed.ts";

/** How the picture is to be shown, and nothing of who took it, when, where or with what. */
const harmless = new Set([
  ...["Orientation", "XResolution", "YResolution", "ResolutionUnit", "YCbCrPositioning", "ColorSpace"],
  ...["ImageWidth", "ImageHeight", "ExifImageWidth", "ExifImageHeight", "BitsPerSample", "Compression"],
  ...["PhotometricInterpretation", "SamplesPerPixel", "PlanarConfiguration", "errors"],
]);

const blocks = {
  tiff: true,
  exif: true,
  gps: true,
  ifd1: true,
  interop: true,
  iptc: true,
  xmp: true,
} as const;
const hidden = [PLACE, NOTICE, SECOND, ...Object.values(secrets).map(String)].filter(
  (text) => text.length > 5,
);

/** Names of what was found; empty where there is nothing. */
export async function privateFieldsIn(file: Uint8Array): Promise<readonly string[]> {
  const bytes = Buffer.from(file);
  const said = hidden.filter((text) => bytes.includes(text)).map((text) => `the words "${text}"`);
  const options = { ...blocks, icc: false, jfif: false, ihdr: false, mergeOutput: true, makerNote: true };
  const read: unknown = await exifr.parse(bytes, options).catch(() => undefined);
  const fields = typeof read === "object" && read !== null ? Object.keys(read) : [];
  return [...said, ...fields.filter((name) => !harmless.has(name))];
}
