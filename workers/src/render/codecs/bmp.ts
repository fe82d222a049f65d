// BMP in: rare, so the whole frame by Photon.
import type { Reader } from "./codec.ts";
import { shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

export const bmpReader: Reader = {
  async decode(bytes, wanted) {
    const file = await bytes.whole();
    return shapeFrame(await withPhoton((photon) => photon.decode(file)), wanted);
  },
};
