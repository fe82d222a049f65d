// ICO.

import { fixture } from "../../fixtures.ts";
import { encodeIco } from "../../make-fixtures/plain-formats.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { faded } from "../scene.ts";

const entry = async (side: number) => ({
  side,
  png: await faded().resize(side, side, { fit: "fill" }).png().toBuffer(),
});

export const files = [
  ...madeFiles("ico", { "a favicon": () => fixture("icon.ico") }),
  ...madeFiles("ico", {
    "PNG entries": async () => encodeIco([await entry(16), await entry(48)]),
  }).flatMap(withBroken),
];
