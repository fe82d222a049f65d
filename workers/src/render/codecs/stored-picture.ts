// Opens a file for the kernel as a whole picture: from there it may go straight into another file.
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { Wanted } from "../../geometry/shape.ts";
import type { Profile, Source } from "../../kernel/host/job.ts";
import type { MemoryCaps } from "../../plan/caps.ts";
import type { MasterSource } from "../../plan/master.ts";
import { withAvifFrame } from "./avif.ts";
import { withHeicRows } from "./heic.ts";
import { withTiffRows } from "./tiff.ts";
import { withWebpFrame } from "./webp.ts";

/** Lends `use` the picture as it is stored, and says how much the kernel may take for it. */
export async function withStoredPicture<Result>(
  format: MasterSource,
  bytes: Bytes,
  wanted: Pick<Wanted, "stored">,
  caps: MemoryCaps,
  use: (source: Source, kernelBytes: number) => Promise<Result>,
): Promise<Result> {
  const { stored } = wanted;
  const frame = (pixels: Pixels, profile: Profile) => {
    if (pixels.width !== stored.width || pixels.height !== stored.height)
      throw new Damage("its size is not the one that its header claims");
    return use({ kind: "pixels", pixels, profile }, caps.kernel);
  };
  switch (format) {
    case "png":
      return use({ kind: "png", stream: await bytes.stream() }, caps.kernel);
    case "tiff":
      return withTiffRows(bytes, wanted, caps, use);
    case "heic":
      return withHeicRows(bytes, stored, caps.reader, (rows) => use(rows, caps.kernel));
    case "webp":
      return withWebpFrame(bytes, stored, caps.reader, frame);
    case "avif":
      return withAvifFrame(bytes, caps.reader, frame);
  }
}
