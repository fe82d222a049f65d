// How our picture of a made file compares with Chromium's and libvips': a row of docs/formats.md.
import type { Page } from "playwright-core";
import { mimeTypes } from "../../../schema/facts.ts";
import type { MadeFile } from "../../support/made-files/made-file.ts";
import type { MadeRow } from "../../support/made-files/rows.ts";
import { showInChromium } from "./chromium-eye.ts";
import { distanceOf, isClear, type Seen } from "./distance.ts";
import { pixelsOf, renderOf, type Tried } from "./try-file.ts";

/** `file` is what `made` makes. */
export async function compare(
  { format, feature }: MadeFile,
  file: Uint8Array,
  { outcome, image }: Tried,
  page: Page,
): Promise<MadeRow> {
  const isDamaged = outcome.accepted === "damaged";
  const shown = await showInChromium(page, file, mimeTypes[format]);
  const read = await pixelsOf(file);
  const rendered = image?.transformable ? await renderOf(image, "png") : null;
  const apart = (other: Seen | null) => {
    // What Chromium gives up on is loaded, and clear.
    if (!other || (isClear(other) && !(rendered && isClear(rendered)))) return "shows nothing" as const;
    if (!rendered) return "shows it" as const;
    const distance = distanceOf(rendered, other, isDamaged);
    return distance === null ? ("another size" as const) : Math.round(10 * distance) / 10;
  };
  return { format, feature, ...outcome, chromium: apart(shown), libvips: apart(read) };
}
