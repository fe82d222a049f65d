// TIFFs of every kind that there is: compressions, layouts, depths, palettes, faxes, and JPEGs inside.
import { jpegTiff, jpegTiffs } from "../../make-fixtures/tiff/jpegs.ts";
import { tiffTable } from "../../make-fixtures/tiff/table.ts";
import { withPage } from "../../make-fixtures/tiff-pages.ts";
import { madeFiles } from "../made-file.ts";
import { scene } from "../scene.ts";

const tables = Object.fromEntries(tiffTable().map(({ name, file }) => [`by hand: ${name}`, () => file]));
const jpegs = Object.fromEntries(
  jpegTiffs.map(([name, wish]) => [
    `of JPEGs: ${name}`,
    async () => jpegTiff(await scene().png().toBuffer(), { width: 150, height: 110, ...wish }),
  ]),
);

/** Its only strip lies behind the file's end: there is no such range in the bucket. */
async function astray(): Promise<Uint8Array> {
  const file = await scene().tiff({ compression: "none" }).toBuffer();
  const directory = file.readUInt32LE(4);
  for (let entry = directory + 2; entry < directory + 2 + 12 * file.readUInt16LE(directory); entry += 12) {
    if (file.readUInt16LE(entry) !== STRIP_OFFSETS) continue;
    const count = file.readUInt32LE(entry + 4);
    const list = count > 1 ? file.readUInt32LE(entry + 8) : entry + 8;
    for (let strip = 0; strip < count; strip++) file.writeUInt32LE(0x7fff_0000, list + 4 * strip);
  }
  return file;
}
const STRIP_OFFSETS = 273;

const sound = madeFiles(
  "tiff",
  {
    ...tables,
    ...jpegs,
    "a second page, which stays unseen": async () => withPage(await scene().tiff().toBuffer(), 0),
    "orientation 6": () => scene().withMetadata({ orientation: 6 }).tiff().toBuffer(),
    "float, as libvips writes it": () =>
      scene().toColourspace("scrgb").tiff({ compression: "lzw" }).toBuffer(),
    Lab: () => scene().toColourspace("labs").tiff({ compression: "deflate" }).toBuffer(),
  },
  { expected: "yes" },
);

export const files = [
  ...sound,
  ...madeFiles("tiff", { "its strips behind its end": astray }, { expected: "no" }),
];
