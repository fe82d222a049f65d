// A lossless WebP says whether it has alpha; libwebp hands over whatever its bits come to all the same (indices past a palette are clear).
import type { PictureChunks } from "../../../../formats/webp/picture-chunks.ts";
import type { Pixels } from "../../../geometry/pixels.ts";

/**
 * Where the picture says that it has no alpha, it is planned and written without: what is clear is white, as on a page, and what is half
 * clear is solid.
 */
export function makeOpaque({ hasAlpha, chunks }: PictureChunks, { data }: Pixels): void {
  if (hasAlpha || chunks[0]?.id !== "VP8L") return;
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] === 0) data.fill(255, at - 3, at);
    data[at] = 255;
  }
}
