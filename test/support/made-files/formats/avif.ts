// AVIF.
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded, scene } from "../scene.ts";

const avif = { effort: 0, quality: 70 } as const;

export const files = [
  ...madeFiles("avif", {
    gray: () => scene().toColourspace("b-w").avif(avif).toBuffer(),
    "10 bit": () =>
      scene()
        .avif({ ...avif, bitdepth: 10 })
        .toBuffer(),
    lossless: () =>
      scene()
        .avif({ ...avif, lossless: true })
        .toBuffer(),
    "Display P3 profile": () => scene().withIccProfile("p3").avif(avif).toBuffer(),
    "one pixel": () => scene(1, 1).avif(avif).toBuffer(),
    "odd sizes": () => scene(17, 13).avif(avif).toBuffer(),
  }),
  ...madeFiles("avif", {
    colour: () => scene().avif(avif).toBuffer(),
    alpha: () => faded().avif(avif).toBuffer(),
  }).flatMap(withBroken),
];
