// BMP.

import { fixture } from "../../fixtures.ts";
import { encodeBmp } from "../../make-fixtures/plain-formats.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { scene } from "../scene.ts";

async function bmp(width: number, height: number): Promise<Uint8Array> {
  return encodeBmp(await scene(width, height).removeAlpha().raw().toBuffer(), width, height);
}

export const files = [
  ...madeFiles("bmp", { "one pixel": () => bmp(1, 1), "a sample": () => fixture("sample.bmp") }),
  ...madeFiles("bmp", { "24 bit": () => bmp(240, 160) }).flatMap(withBroken),
];
