// PNG.
import { animatePng } from "../../make-fixtures/png-chunks.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded, scene } from "../scene.ts";

export const files = [
  ...madeFiles("png", {
    gray: () => scene().toColourspace("b-w").png().toBuffer(),
    "16 bit": () => scene().toColourspace("rgb16").png().toBuffer(),
    "palette of 13 colours": () => scene().png({ palette: true, colours: 13 }).toBuffer(),
    "palette of 2 colours": () => scene().png({ palette: true, colours: 2 }).toBuffer(),
    "interlaced with alpha": () => faded().png({ progressive: true }).toBuffer(),
    "Display P3 profile": () => scene().withIccProfile("p3").png().toBuffer(),
    "one pixel": () => scene(1, 1).png().toBuffer(),
    "larger than every named size": () => scene(1700, 1300).png().toBuffer(),
    animated: async () =>
      animatePng([await scene().png().toBuffer(), await scene().negate().png().toBuffer()], 100, 0),
    "EXIF orientation 6": () => scene().withMetadata({ orientation: 6 }).png().toBuffer(),
  }),
  ...madeFiles("png", {
    colour: () => scene().png().toBuffer(),
    alpha: () => faded().png().toBuffer(),
    interlaced: () => scene().png({ progressive: true }).toBuffer(),
  }).flatMap(withBroken),
];
