// TIFF in: the first page, whole, by Photon. It knows no BigTIFF and no JPEG inside; such a file is refused.
import { iccProfileOf } from "../../../formats/icc/find.ts";
import { noPlan } from "../../plan/caps.ts";
import type { Reader } from "./codec.ts";
import { shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

export const tiffReader: Reader = {
  async decode(bytes, wanted, { reader } = noPlan) {
    const file = await bytes.whole();
    const frame = await withPhoton(reader, (photon) => photon.decode(file));
    return shapeFrame(frame, wanted, iccProfileOf("tiff", file));
  },
};
