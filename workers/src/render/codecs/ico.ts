// ICO in: its largest picture, a PNG by our kernel or a BMP by Photon.

import { Damage } from "../../../formats/damage.ts";
import { largestIcoEntry } from "../../../formats/ico/entry.ts";
import { noPlan } from "../../plan/caps.ts";
import type { Reader } from "./codec.ts";
import { renderWanted, shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

export const icoReader: Reader = {
  async decode(bytes, wanted, { reader, kernel, writer, file } = noPlan) {
    const entry = largestIcoEntry(await bytes.whole());
    const isMeant = entry?.width === wanted.stored.width && entry.height === wanted.stored.height;
    if (!entry || !isMeant) throw new Damage("its largest picture is damaged");
    // Photon would unfold whatever profile and text a PNG carries, 64 MB of it, and knows no palettes here.
    const png = { reader, writer, file, kernel: kernel + reader };
    if (entry.png) return renderWanted({ kind: "png", stream: new Blob([entry.png]).stream() }, wanted, png);
    return shapeFrame(await withPhoton(reader, (photon) => photon.decode(entry.file)), wanted);
  },
};
