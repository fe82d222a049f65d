// Inflates a PNG's ICC profile, and no more of it than a profile can be.

import { type InflateExports, pushBytes } from "./inflate.ts";

/** Printers' profiles reach this; those of cameras and displays have a few KB. */
export const maxProfileBytes = 1 << 20;

export interface ProfileExports extends InflateExports {
  /** 0: wants more bytes, 1: the stream has ended, 2: the room is full. */
  inflateStep(): number;
  inflateBytes(): number;
  inflateTake(): number;
}

const wantsBytes = 0;
const streamEnded = 1;

/** undefined: not a zlib stream, or longer than any profile. The picture is then shown without it. */
export function inflateProfile(kernel: ProfileExports, deflated: Uint8Array): Uint8Array | undefined {
  // Twice: a profile takes a moment, and in pieces first it would stand there twice over.
  const length = inflateInto(kernel, deflated, undefined);
  if (length === undefined) return undefined;
  const profile = new Uint8Array(length);
  inflateInto(kernel, deflated, profile);
  return profile;
}

/** Answers the length; undefined for no stream, and for one that is too long. */
function inflateInto(
  kernel: ProfileExports,
  deflated: Uint8Array,
  target: Uint8Array | undefined,
): number | undefined {
  let length = 0;
  let rest = deflated;
  kernel.inflateStart();
  for (;;) {
    const status = kernel.inflateStep();
    if (status < 0) return undefined;
    const at = kernel.inflateBytes();
    const part = new Uint8Array(kernel.memory.buffer, at, kernel.inflateTake());
    target?.set(part, length);
    length += part.length;
    if (length > maxProfileBytes) return undefined;
    if (status === streamEnded) return length;
    if (status !== wantsBytes) continue;
    if (rest.length === 0) kernel.inflateEnd();
    rest = rest.subarray(pushBytes(kernel, rest));
  }
}
