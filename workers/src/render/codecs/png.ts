// PNG in and out through our kernel, row by row.

import { noPlan } from "../../plan/caps.ts";
import type { Reader, Writer } from "./codec.ts";
import { kernel, orRefuse, renderWanted } from "./kernel.ts";

export const pngReader: Reader = {
  async decode(bytes, wanted, caps = noPlan) {
    return renderWanted({ kind: "png", stream: await bytes.stream() }, wanted, caps);
  },
};

export const pngWriter: Writer = {
  async encode(pixels, _options, write) {
    const { width, height } = pixels;
    const size = { width, height };
    const shape = { stored: size, window: { x: 0, y: 0, ...size }, size, turn: 1 } as const;
    orRefuse(await kernel.renderFile({ kind: "pixels", pixels }, shape, { kind: "png" }, write));
  },
};
