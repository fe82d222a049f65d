// ICO in: its largest picture, PNG or BMP, by Photon.

import { largestIcoEntry } from "../../../formats/ico/entry.ts";
import { CodecError } from "../codec-error.ts";
import type { Reader } from "./codec.ts";
import { shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

export const icoReader: Reader = {
  async decode(bytes, wanted) {
    const entry = largestIcoEntry(await bytes.whole());
    if (!entry) throw new CodecError("The ICO's largest picture is damaged.");
    return shapeFrame(await withPhoton((photon) => photon.decode(entry.file)), wanted);
  },
};
