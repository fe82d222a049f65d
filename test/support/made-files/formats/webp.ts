// WebP.
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded, moving, scene } from "../scene.ts";

export const files = [
  ...madeFiles("webp", {
    "one pixel": () => scene(1, 1).webp().toBuffer(),
    "EXIF orientation 6": () => scene().webp().withMetadata({ orientation: 6 }).toBuffer(),
    "Display P3 profile": () => scene().withIccProfile("p3").webp().toBuffer(),
    "larger than every named size": () => scene(1700, 1300).webp().toBuffer(),
    "lossless with alpha": () => faded().webp({ lossless: true }).toBuffer(),
  }),
  ...madeFiles("webp", {
    lossy: () => scene().webp().toBuffer(),
    "lossy with alpha": () => faded().webp().toBuffer(),
    lossless: () => scene().webp({ lossless: true }).toBuffer(),
    moving: async () => (await moving()).webp({ delay: [80, 120, 200], loop: 3 }).toBuffer(),
  }).flatMap(withBroken),
];
