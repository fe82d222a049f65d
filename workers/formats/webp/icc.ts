// WebP keeps its profile in a chunk of its own, in front of the picture (RFC 9649, section 2.7.1.4).
import { insideRiff, readChunks } from "./riff.ts";

export function webpProfile(file: Uint8Array): Uint8Array | undefined {
  for (const chunk of readChunks(insideRiff(file) ?? new Uint8Array())) {
    if (chunk?.id === "ICCP") return chunk.payload;
  }
  return undefined;
}
