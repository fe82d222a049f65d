// Photon's named looks. It is asked once, of a picture of all colours of a lattice; from there they are one pass of the kernel.
import type { FilterName } from "../../../../schema/looks.ts";
import { CUBE_SIDE } from "../../kernel/host/retouch.ts";
import { photonBytes } from "../../plan/retouch.ts";
import { type PhotonCall, withPhoton } from "../codecs/photon.ts";
import { place } from "./lattice.ts";

/** Those that are functions of their own; the others are told to `filter` by name. */
const ownFunctions: { readonly [Name in FilterName]?: string } = {
  cali: "cali",
  dramatic: "dramatic",
  golden: "golden",
  lofi: "lofi",
  obsidian: "obsidian",
  pastel: "pastel_pink",
};

function callOf(name: FilterName): PhotonCall {
  const own = ownFunctions[name];
  return own ? { name: own, told: [] } : { name: "filter", told: [name] };
}

/** What a look makes of the lattice's colours: RGBA of each, blue running fastest. */
export async function filtered(name: FilterName): Promise<Uint8ClampedArray> {
  const [width, height] = [CUBE_SIDE, CUBE_SIDE ** 2];
  const colour = new Float64Array(3);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let point = 0, at = 0; at < data.length; point++, at += 4) {
    place(point, colour);
    for (let channel = 0; channel < 3; channel++) data[at + channel] = 255 * (colour[channel] ?? 0);
    data[at + 3] = 255;
  }
  await withPhoton(photonBytes(width, 0), (photon) => photon.change({ width, height, data }, callOf(name)));
  return data;
}
