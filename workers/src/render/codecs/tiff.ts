// TIFF in: the first page, read from its places in the file row by row.
import { inWindows, Reach, Seeking } from "../../../formats/bytes/seeking.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { colourSamples, isJpeg, photometrics } from "../../../formats/tiff/colours.ts";
import { readPicture, type TiffPicture } from "../../../formats/tiff/picture.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { Source } from "../../kernel/host/job.ts";
import { type MemoryCaps, noPlan } from "../../plan/caps.ts";
import { tiffBytes } from "../../plan/tiff-memory.ts";
import { MemoryError } from "../memory-error.ts";
import { jpegRows, onlyJpeg, refuseOddJpeg } from "../tiff/jpeg-pieces.ts";
import { PlaneReader } from "../tiff/plane-reader.ts";
import { rgbaRows } from "../tiff/rows.ts";
import { withUnpackers } from "../tiff/unpackers.ts";
import type { Reader } from "./codec.ts";
import { renderWanted } from "./kernel.ts";

export const tiffReader: Reader = {
  decode: (bytes, wanted, caps = noPlan) =>
    withTiffRows(bytes, wanted, caps, (source, kernel) => renderWanted(source, wanted, { ...caps, kernel })),
};

/** Hands the stored picture's rows to `use`, with what its kernel may take. */
export async function withTiffRows<Result>(
  bytes: Bytes,
  { stored }: Pick<Wanted, "stored">,
  { reader, kernel }: MemoryCaps,
  use: (source: Source, kernelBytes: number) => Promise<Result>,
): Promise<Result> {
  const picture = withoutSpare(await readPicture(inWindows(bytes.range)));
  if (picture.width !== stored.width || picture.height !== stored.height)
    throw new Damage("its size is not the one that its header claims");
  const isOnlyJpeg = isJpeg(picture.compression) && !picture.isTiled && picture.places.length === 1;
  const isHeld = picture.isTiled || (isJpeg(picture.compression) && !isOnlyJpeg);
  const facts = {
    ...stored,
    samplesPerPixel: picture.samples,
    bitDepth: picture.bits,
    coded: isHeld ? { ...picture.piece, pixels: 1 } : null,
  };
  if (tiffBytes(facts, 0) > reader) throw new MemoryError();
  const colours = colourSamples(picture.photometric) === 1 ? "gray" : "rgb";
  const hasAlpha = picture.alpha !== "none";
  const { profile } = picture;
  if (isJpeg(picture.compression)) {
    refuseOddJpeg(picture);
    if (isOnlyJpeg && picture.photometric !== photometrics.whiteIsZero)
      return use({ kind: "jpeg", stream: await onlyJpeg(picture, bytes) }, kernel + reader);
    // Those of inks are brought to sRGB one by one.
    const left = picture.photometric === photometrics.inks ? undefined : profile;
    return use({ kind: "rows", rows: jpegRows(picture, bytes), hasAlpha, profile: left, colours }, kernel);
  }
  const planes = picture.isPlanar ? picture.samples : 1;
  return withUnpackers(picture, planes, async (unpackers) => {
    const reach = new Reach();
    const files = unpackers.map((unpacker) => ({ unpacker, file: new Seeking(bytes, reach) }));
    const rows = rgbaRows(
      picture,
      files.map(({ unpacker, file }) => new PlaneReader(picture, file, unpacker)),
    );
    try {
      const isInks = picture.photometric === photometrics.inks;
      return await use({ kind: "rows", rows, hasAlpha, profile, colours: isInks ? "inks" : colours }, kernel);
    } finally {
      for (const { file } of files) await file.close();
    }
  });
}

/** Planes that are neither colour nor alpha are not read. */
function withoutSpare(picture: TiffPicture): TiffPicture {
  const { isPlanar, samples, places, photometric, alpha } = picture;
  const used = colourSamples(photometric) + (alpha === "none" ? 0 : 1);
  if (!isPlanar || used >= samples) return picture;
  return { ...picture, samples: used, places: places.slice(0, (places.length / samples) * used) };
}
