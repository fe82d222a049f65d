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
    },
    { expected: "yes" },
  ),
  ...madeFiles("ico", {
    "PNG entries": async () => encodeIco([await entry(faded().png(), 16), await entry(faded().png(), 48)]),
  }).flatMap(withBroken),
];
