// GIF.
import { encodeDisposalGif } from "../../make-fixtures/plain-formats.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded, moving, scene } from "../scene.ts";

export const files = [
  ...madeFiles("gif", {
    transparent: () => faded().gif().toBuffer(),
    interlaced: () => scene().gif({ progressive: true }).toBuffer(),
    "one pixel": () => scene(1, 1).gif().toBuffer(),
    "disposals of every kind": () => encodeDisposalGif(),
    "larger than every named size": () => scene(1700, 1300).gif().toBuffer(),
  }),
  ...madeFiles("gif", {
    still: () => scene().gif().toBuffer(),
    moving: async () => (await moving()).gif({ delay: [80, 120, 200], loop: 3 }).toBuffer(),
  }).flatMap(withBroken),
];
