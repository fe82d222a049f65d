// ICO in: its largest picture, PNG or BMP, by Photon.
import { CodecError } from "../codec-error.ts";
import type { Reader } from "./codec.ts";
import { largestIcoEntry } from "./ico-entry.ts";
import { shapeFrame } from "./kernel.ts";
import { withPhoton } from "./photon.ts";

export const icoReader: Reader = {
  async decode(bytes, wanted) {
    const entry = largestIcoEntry(await bytes.whole());
    if (!entry) throw new CodecError("The ICO's largest picture is damaged.");
    return shapeFrame(await withPhoton((photon) => photon.decode(entry.file)), wanted);
  },
};
