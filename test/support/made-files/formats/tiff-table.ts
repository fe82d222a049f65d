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

export const files = madeFiles(
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
