// TIFF.
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded, scene } from "../scene.ts";

const compressed = (compression: "none" | "lzw" | "deflate" | "jpeg" | "packbits" | "ccittfax4") => () =>
  (compression === "ccittfax4" ? scene().toColourspace("b-w") : scene())
    .tiff({ compression, ...(compression === "ccittfax4" && { bitdepth: 1 }) })
    .toBuffer();

export const files = [
  ...madeFiles("tiff", {
    deflate: compressed("deflate"),
    PackBits: compressed("packbits"),
    "JPEG inside": compressed("jpeg"),
    "G4 fax": compressed("ccittfax4"),
    alpha: () => faded().tiff({ compression: "lzw" }).toBuffer(),
    gray: () => scene().toColourspace("b-w").tiff({ compression: "lzw" }).toBuffer(),
    "16 bit": () => scene().toColourspace("rgb16").tiff({ compression: "lzw" }).toBuffer(),
    CMYK: () => scene().toColourspace("cmyk").tiff({ compression: "lzw" }).toBuffer(),
    tiles: () => scene().tiff({ tile: true, tileWidth: 64, tileHeight: 64, compression: "lzw" }).toBuffer(),
    BigTIFF: () => scene().tiff({ bigtiff: true, compression: "lzw" }).toBuffer(),
  }),
  ...madeFiles("tiff", { uncompressed: compressed("none"), LZW: compressed("lzw") }).flatMap(withBroken),
];
