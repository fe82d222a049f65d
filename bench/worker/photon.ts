// Baseline: Photon alone, as a Worker that uses nothing else would call it.

import { PhotonImage, resize, SamplingFilter } from "@cf-wasm/photon/workerd";
import type { Engine } from "../../test/harness/worker/engine.ts";
import { serve } from "../../test/harness/worker/serve.ts";

const renderWithPhoton: Engine = async ({ output }, open) => {
  const file = await (await open()).bytes();
  const source = PhotonImage.new_from_byteslice(file);
  const small = resize(source, output.width, output.height, SamplingFilter.Lanczos3);
  source.free();
  // Its WebP is lossless only.
  const bytes = output.format === "webp" ? small.get_bytes_webp() : small.get_bytes_jpeg(output.quality);
  small.free();
  return { bytes: new Uint8Array(bytes) };
};

/** The platform asks for a default export. */
export default serve(renderWithPhoton);
