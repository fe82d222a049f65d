// YCbCr as TIFF packs it (TIFF 6.0, section 21): the brightness of some pixels across and down, then the two colours that they share.
import { Damage } from "../../../formats/damage.ts";
import { photometrics } from "../../../formats/tiff/colours.ts";
import type { TiffPicture } from "../../../formats/tiff/picture.ts";

/** How rows lie in a strip or tile before they are pixels. */
export interface Grouping {
  /** Rows that come together. */
  readonly rows: number;
  /** Of such a group, for so many pixels across. */
  bytes(width: number): number;
}

export function isSubsampled({ photometric, subsampling, isPlanar, samples }: TiffPicture): boolean {
  return (
    photometric === photometrics.ycc && !isPlanar && samples === 3 && subsampling.some((side) => side > 1)
  );
}

export function groupingOf(picture: TiffPicture): Grouping {
  const { bits, samples, isPlanar, subsampling } = picture;
  if (!isSubsampled(picture)) {
    if (picture.photometric === photometrics.ycc && isPlanar && subsampling.some((side) => side > 1))
      throw new Damage("its colours lie in planes of their own", { code: "unsupported" });
    return { rows: 1, bytes: (width) => Math.ceil((width * bits * (isPlanar ? 1 : samples)) / 8) };
  }
  const [across, down] = subsampling;
  if (bits !== 8 || ![1, 2, 4].includes(across) || ![1, 2, 4].includes(down))
    throw new Damage("its colours are of a kind that is not supported", { code: "unsupported" });
  return { rows: down, bytes: (width) => Math.ceil(width / across) * (across * down + 2) };
}

/** One row of a group, as three samples a pixel. */
export function unfold(
  group: Uint8Array,
  row: number,
  [across, down]: TiffPicture["subsampling"],
  count: number,
  to: Uint8Array,
): void {
  const unitBytes = across * down + 2;
  for (let x = 0, put = 0; x < count; x++, put += 3) {
    const unit = Math.floor(x / across) * unitBytes;
    to[put] = group[unit + row * across + (x % across)] ?? 0;
    to[put + 1] = group[unit + unitBytes - 2] ?? 0;
    to[put + 2] = group[unit + unitBytes - 1] ?? 0;
  }
}
