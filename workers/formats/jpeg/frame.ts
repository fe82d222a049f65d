// A frame header: size, depth and sampling of a JPEG's components (T.81, B.2.2).

import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";

export interface Frame {
  readonly progressive: boolean;
  readonly bitDepth: number;
  readonly width: number;
  readonly height: number;
  /** Horizontal and vertical sampling factors, one pair a component. */
  readonly sampling: readonly (readonly [number, number])[];
}

/** Of any kind of frame; `body` is what follows the segment's length. */
export function frameSize(body: DataView, at = 0): { readonly width: number; readonly height: number } {
  return { height: body.getUint16(at + 1), width: body.getUint16(at + 3) };
}

/** Throws `Damage` for what no browser shows. */
export function readFrame(marker: number, body: Uint8Array): Frame {
  if (marker > 0xc2)
    throw new Damage("it is lossless, hierarchical or arithmetic-coded, which nothing displays");
  const components = body[5] ?? 0;
  if (body.length < 6 + components * 3 || ![1, 3, 4].includes(components))
    throw new Damage("its frame header is broken");
  const sampling = Array.from({ length: components }, (_, index) => {
    const factors = body[7 + index * 3] ?? 0;
    return [factors >> 4, factors & 15] as const;
  });
  if (sampling.some(([across, down]) => across < 1 || across > 4 || down < 1 || down > 4))
    throw new Damage("its sampling factors are impossible");
  return {
    progressive: marker === 0xc2,
    bitDepth: body[0] ?? 0,
    ...frameSize(viewOf(body)),
    sampling,
  };
}
