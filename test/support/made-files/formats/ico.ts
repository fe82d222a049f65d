// ICO.
import type { Sharp } from "sharp";
import { fixture } from "../../fixtures.ts";
import { encodeIco } from "../../make-fixtures/plain-formats.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded, scene } from "../scene.ts";

const entry = async (picture: Sharp, side: number) => ({
  side,
  png: await picture.resize(side, side, { fit: "fill" }).toBuffer(),
});

/** As their entries say it: the middle one is the deepest. */
async function ofDepths(): Promise<Uint8Array> {
  const pictures = [scene().negate().png(), scene().png(), scene().flop().png()];
  const file = encodeIco(await Promise.all(pictures.map((picture) => entry(picture, 32))));
  for (const [index, depth] of [4, 32, 8].entries()) file.writeUInt16LE(depth, 6 + index * 16 + 6);
  return file;
}

/** Pictures as they are, each with the depth that its entry tells. */
async function of(side: number, ...pictures: readonly (readonly [Sharp, number])[]): Promise<Buffer> {
  const file = encodeIco(await Promise.all(pictures.map(([picture]) => entry(picture, side))));
  for (const [index, [, depth]] of pictures.entries()) file.writeUInt16LE(depth, 6 + index * 16 + 6);
  return file;
}
const gray = () => scene().toColourspace("b-w");

export const files = [
  ...madeFiles("ico", { "a favicon": () => fixture("icon.ico") }),
  ...madeFiles(
    "ico",
    {
      "an RGB PNG": async () => encodeIco([await entry(scene().png(), 32)]),
      "a palette PNG": async () => encodeIco([await entry(scene().png({ palette: true, colours: 13 }), 32)]),
      "a gray PNG": async () => encodeIco([await entry(scene().toColourspace("b-w").png(), 32)]),
      "a PNG of 256 pixels": async () => encodeIco([await entry(scene().png(), 256)]),
      "the deepest of equal ones": ofDepths,
      "an RGB PNG whose entry tells no depth": () => of(32, [scene().png(), 0]),
      "a gray PNG with alpha": () => of(32, [faded().toColourspace("b-w").png(), 32]),
      "a gray PNG of 16 bits": () => of(32, [scene().toColourspace("grey16").png(), 16]),
      "an RGB PNG of 16 bits": () => of(32, [scene().toColourspace("rgb16").png(), 48]),
      "an RGBA PNG of 16 bits": () => of(32, [faded().toColourspace("rgb16").png(), 64]),
      "a palette PNG of 2 colours": () => of(32, [scene().png({ palette: true, colours: 2 }), 1]),
      "a palette PNG with alpha": () => of(32, [faded().png({ palette: true, colours: 32 }), 8]),
      "an interlaced PNG": () => of(32, [faded().png({ progressive: true }), 32]),
      "a PNG of one pixel": () => of(1, [scene().png(), 24]),
      "gray before RGB of its size": () => of(32, [gray().png(), 8], [scene().png(), 24]),
      "RGB before a palette of its size": () =>
        of(32, [scene().png(), 24], [scene().negate().png({ palette: true, colours: 13 }), 8]),
      "RGBA between RGB and gray of its size": () =>
        of(32, [scene().negate().png(), 24], [faded().png(), 32], [gray().png(), 8]),
      "equals of one depth": () => of(32, [scene().png(), 32], [scene().negate().png(), 32]),
      "a small deep one and a large gray one": async () => {
        const file = encodeIco([await entry(faded().png(), 16), await entry(gray().png(), 48)]);
        file.writeUInt16LE(8, 6 + 16 + 6);
        return file;
      },
    },
    { expected: "yes" },
  ),
  ...madeFiles("ico", {
    "PNG entries": async () => encodeIco([await entry(faded().png(), 16), await entry(faded().png(), 48)]),
  }).flatMap(withBroken),
];
