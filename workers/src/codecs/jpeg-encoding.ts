// How a JPEG of a quality is written.
import type { Encoding } from "../kernel/job.ts";
import type { WriteOptions } from "./codec.ts";

/** From here on colours are worth their own full resolution: red text on a dark ground shows it first. */
const FULL_CHROMA_QUALITY = 90;

export function jpegEncoding({ quality }: WriteOptions): Extract<Encoding, { kind: "jpeg" }> {
  const asked = quality ?? 100;
  return { kind: "jpeg", quality: asked, chroma: asked >= FULL_CHROMA_QUALITY ? "4:4:4" : "4:2:0" };
}
