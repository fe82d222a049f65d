// Undoes what was done to a row so that it packs better (TIFF 6.0, section 14; Adobe's technical note 3): each sample is stored as its
// difference from the same one of the pixel before.
import { Damage } from "../../../formats/damage.ts";
import type { TiffPicture } from "../../../formats/tiff/picture.ts";

/** Works on a row in place. */
export type Unpredict = (row: Uint8Array) => void;

const NONE = 1;
const DIFFERENCES = 2;
const FLOATING = 3;
/** LZW, Deflate old and new, Zstandard: the others know no predictor. */
const predicted: readonly number[] = [5, 8, 32_946, 50_000];

/** Null where there is nothing to undo. */
export function unpredictOf(picture: TiffPicture): Unpredict | null {
  const { predictor, compression, bits, samples, isPlanar, little } = picture;
  if (predictor === NONE || !predicted.includes(compression)) return null;
  const step = isPlanar ? 1 : samples;
  const bytes = bits / 8;
  if (predictor === DIFFERENCES && bits === 8) return (row) => addBytes(row, step);
  if (predictor === DIFFERENCES && [2, 4, 8].includes(bytes))
    return (row) => addNumbers(row, bytes, step, little);
  if (predictor === FLOATING && [2, 3, 4, 8].includes(bytes)) return (row) => joinFloats(row, bytes, step);
  throw new Damage("its predictor is of a kind that is not supported", { code: "unsupported" });
}

/** Whether numbers come out with the most significant byte first, whatever the file's order. */
export const isTurnedBig = ({ predictor, compression }: TiffPicture) =>
  predictor === FLOATING && predicted.includes(compression);

function addBytes(row: Uint8Array, step: number): void {
  for (let at = step; at < row.length; at++) row[at] = (row[at] ?? 0) + (row[at - step] ?? 0);
}

function addNumbers(row: Uint8Array, bytes: number, step: number, little: boolean): void {
  const back = bytes * step;
  for (let number = back; number + bytes <= row.length; number += bytes) {
    let carry = 0;
    for (let index = 0; index < bytes; index++) {
      const at = number + (little ? index : bytes - 1 - index);
      const sum = (row[at] ?? 0) + (row[at - back] ?? 0) + carry;
      row[at] = sum;
      carry = sum >> 8;
    }
  }
}

/** The first bytes of all numbers stand first, then the second ones. */
function joinFloats(row: Uint8Array, bytes: number, step: number): void {
  addBytes(row, step);
  const planes = row.slice();
  const count = Math.floor(row.length / bytes);
  for (let number = 0; number < count; number++)
    for (let byte = 0; byte < bytes; byte++) row[number * bytes + byte] = planes[byte * count + number] ?? 0;
}
