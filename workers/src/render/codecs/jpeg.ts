// JPEG in and out through our kernel: scaled while it is decoded, written row by row.

import { noPlan } from "../../plan/caps.ts";
import { jpegEncoding } from "../../plan/encoding.ts";
import type { Reader, Writer } from "./codec.ts";
import { kernel, orRefuse, renderWanted } from "./kernel.ts";

export const jpegReader: Reader = {
  async decode(bytes, wanted, caps = noPlan) {
    return renderWanted({ kind: "jpeg", stream: await bytes.stream() }, wanted, caps);
  },
};

export const jpegWriter: Writer = {
  async encode(pixels, options, write) {
    const { width, height } = pixels;
    const size = { width, height };
    const shape = { stored: size, window: { x: 0, y: 0, ...size }, size, turn: 1 } as const;
    orRefuse(await kernel.renderFile({ kind: "pixels", pixels }, shape, jpegEncoding(options), write));
  },
};
