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
    // Browsers show many an icon whose directory is wrong.
    if (!entry || !isMeant)
      throw new Damage("its largest picture is not the one that it tells of", { code: "unsupported" });
    // Photon would unfold whatever profile and text a PNG carries, 64 MB of it, and knows no palettes here.
    const png = { reader, writer, file, kernel: kernel + reader };
    if (entry.png) {
      const stream = new Blob([entry.png]).stream();
      const picture = await renderWanted({ kind: "png", stream }, wanted, png);
      // Browsers show nothing of it, and there is no other icon to serve in its place.
      if (picture.isDamaged) throw new Damage("its largest picture is damaged");
      return picture;
    }
    return shapeFrame(await withPhoton(reader, (photon) => photon.decode(entry.file)), wanted);
  },
};
