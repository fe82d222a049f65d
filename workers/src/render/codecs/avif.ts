// AVIF in and out, through libavif as jSquash builds it.
import avifDecoder from "@jsquash/avif/codec/dec/avif_dec.js";
import avifEncoder from "@jsquash/avif/codec/enc/avif_enc.js";
import { defaultOptions } from "@jsquash/avif/meta.js";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { inOurContainer } from "../../../formats/heif/ours.ts";
import { together } from "../../../formats/heif/write.ts";
import { iccProfileOf } from "../../../formats/icc/find.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { Profile } from "../../kernel/host/job.ts";
import { noPlan } from "../../plan/caps.ts";
import { memoryOfReader, memoryOfWriter } from "../../plan/claims.ts";
import { isConvertible, isWritten, samplesOf } from "./avif-colours.ts";
import type { Reader, Writer } from "./codec.ts";
import { startEmscripten } from "./emscripten.ts";
import { keepInstance } from "./instance.ts";
import { shapeFrame } from "./kernel.ts";
import { withLentFrame } from "./lent-frame.ts";
import { encoderQuality } from "./quality.ts";
import avifDecoderModule from "./wasm/avif-dec.wasm";
import avifEncoderModule from "./wasm/avif-enc.wasm";

const withDecoder = keepInstance(memoryOfReader("avif"), () =>
  startEmscripten(avifDecoder, avifDecoderModule),
);
const withEncoder = keepInstance(memoryOfWriter("avif"), () =>
  startEmscripten(avifEncoder, avifEncoderModule),
);

/** 853x640 takes 70 ms at speed 9, 145 at 8 and 514 at 6, for a few per cent of bytes. */
const SPEED = 9;
/**
 * Of alpha, as WebP has it. At the colours' quality what is clear round a logo comes out up to a twelfth solid, a ghost; masks with hard edges
 * are as short without loss, a small logo is 8 KB longer, and neither takes longer or more memory.
 */
const NOTHING_LOST = 100;

export const avifReader: Reader = {
  decode: (bytes, wanted, { reader } = noPlan) =>
    withAvifFrame(bytes, reader, (frame, profile) => shapeFrame(frame, wanted, profile)),
};

/** Lends `use` the stored picture where it was decoded. */
export async function withAvifFrame<Result>(
  bytes: Bytes,
  maxBytes: number,
  use: (frame: Pixels, profile: Profile) => Promise<Result>,
): Promise<Result> {
  const file = await bytes.whole();
  const { colours, hasAlpha } = samplesOf(file);
  if (!colours.every(isConvertible)) throw new Damage("its colours are of a kind that is not supported");
  // The picture alone: what moves beside it, what is appended, and what libavif wants of a container are no matter.
  const still = together(inOurContainer(file, "avif"));
  return withDecoder(maxBytes, (codec) =>
    withLentFrame(
      () => codec.decode(still, 8),
      (frame) => {
        if (!hasAlpha && !isWritten(frame)) throw new Damage("its colours can't be converted");
        return use(frame, iccProfileOf("avif", file));
      },
    ),
  );
}

export const avifWriter: Writer = {
  async encode({ data, width, height }, { quality }, write, maxBytes = noPlan.writer) {
    const asked = encoderQuality("avif", quality ?? 100);
    const options = { ...defaultOptions, speed: SPEED, quality: asked, qualityAlpha: NOTHING_LOST };
    const file = await withEncoder(maxBytes, (codec) => codec.encode(data, width, height, options));
    if (!file) throw new Damage("it could not be written as AVIF");
    await write(file);
  },
};
