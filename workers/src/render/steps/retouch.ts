// Light and colour: every tool that knows nothing but a pixel, in one pass of the kernel.
import type { PixelTables } from "../../kernel/host/retouch.ts";
import type { Retouch } from "../../plan/retouch.ts";
import { kernel, orRefuse } from "../codecs/kernel.ts";
import { tablesFor } from "../retouch/tables.ts";
import type { Step } from "./step.ts";

export const lightAndColour: Step = async (pixels, { retouch }) => {
  const tables = retouch && tablesOf(retouch);
  if (tables) orRefuse(await kernel.retouch(pixels, tables));
  return pixels;
};

/** Made once for all frames of a picture. */
const made = new WeakMap<Retouch, PixelTables | null>();

function tablesOf(retouch: Retouch): PixelTables | null {
  let tables = made.get(retouch);
  if (tables === undefined) {
    tables = tablesFor(retouch);
    made.set(retouch, tables);
  }
  return tables;
}
