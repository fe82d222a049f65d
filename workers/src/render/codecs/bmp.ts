// BMP in: rare, so the whole frame by Photon.
import { noPlan } from "../../plan/caps.ts";
import type { Reader } from "./codec.ts";
import { shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

export const bmpReader: Reader = {
  async decode(bytes, wanted, { reader } = noPlan) {
    const file = await bytes.whole();
    return shapeFrame(await withPhoton(reader, (photon) => photon.decode(file)), wanted);
  },
};
