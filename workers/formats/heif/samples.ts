// How the samples of an AVIF become red, green and blue, as the file itself says it, in each place where it does.
import { ascii } from "../bytes/ascii.ts";
import { metaOf, readNow } from "./coded.ts";
import { pictureItems } from "./pictures.ts";

/** One way that is named, for samples as one bitstream has them. */
export interface SampleColours {
  /** ISO/IEC 23091-2; 2 is not said. */
  readonly matrix: number;
  readonly isFullRange: boolean;
  /** 1 for gray, 1.5 for 4:2:0. */
  readonly samplesPerPixel: number;
}

export interface AvifSamples {
  readonly hasAlpha: boolean;
  readonly colours: readonly SampleColours[];
}

/**
 * Decoders believe the `colr` box of the picture (ISO/IEC 14496-12, section 12.1.5), and only where it has none what is
 * coded in the bitstream. Throws `Damage` where nothing can be said.
 */
export function avifSamples(file: Uint8Array): AvifSamples {
  const meta = metaOf(file);
  const items = pictureItems(meta);
  const coded = items
    .filter(({ isAlpha, type }) => !isAlpha && type === "av01")
    .flatMap((item) => readNow(meta, item, file)?.headers ?? []);
  const view = new DataView(meta.buffer, meta.byteOffset, meta.length);
  const named = (items[0]?.properties ?? [])
    .filter(
      ({ type, start, end }) =>
        type === "colr" && end - start >= 11 && ascii(meta, start, start + 4) === "nclx",
    )
    .map(({ start }) => ({
      matrix: view.getUint16(start + 8),
      isFullRange: view.getUint8(start + 10) >= 128,
    }));
  const colours =
    named.length === 0 ? coded : coded.flatMap((header) => named.map((one) => ({ ...header, ...one })));
  return { hasAlpha: items.some(({ isAlpha }) => isAlpha), colours };
}
