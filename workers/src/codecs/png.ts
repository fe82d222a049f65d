// PNG in and out.
import { shapeFrame } from "../shape-frame.ts";
import type { Reader, Writer } from "./codec.ts";
import { withPhoton } from "./photon.ts";

export const pngReader: Reader = {
  async decode(bytes, wanted) {
    const file = await bytes.whole();
    return shapeFrame(await withPhoton((photon) => photon.decode(file)), wanted);
  },
};

export const pngWriter: Writer = {
  encode: (pixels) => withPhoton((photon) => photon.encodePng(pixels)),
};
