// A picture through one of Photon's functions, strip by strip: it holds what it works on three times over.
import type { Pixels } from "../../geometry/pixels.ts";
import { photonBytes, stripRows } from "../../plan/retouch.ts";
import { type PhotonCall, withPhoton } from "../codecs/photon.ts";
import { overStrips } from "./strips.ts";

interface PhotonStrips {
  /** Rows that it looks at above and below the one that it makes: measured by changing one, not guessed. */
  readonly overlap: number;
  readonly msPerMegapixel: number;
}

/** Changes the picture in place. What is told to Photon must be in its range: a trap ends the render. */
export async function byPhoton(
  pixels: Pixels,
  callOf: (strip: number) => PhotonCall,
  { overlap, msPerMegapixel }: PhotonStrips,
): Promise<void> {
  const rows = stripRows(pixels.width, overlap);
  await withPhoton(photonBytes(pixels.width, overlap), (photon) =>
    overStrips(pixels, { rows, overlap, msPerMegapixel }, (part, strip) =>
      photon.change(part, callOf(strip), strip),
    ),
  );
}
