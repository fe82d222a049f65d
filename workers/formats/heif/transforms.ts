// How the picture of an AVIF or HEIC is shown: cut (`clap`), turned (`irot`), mirrored (`imir`); ISO/IEC 23008-12, section 6.5.
import type { Crop, Orientation, Size } from "../../../schema/facts.ts";
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";
import type { Box } from "./boxes.ts";

export interface Shown {
  /** What is left of the stored picture, in its own pixels; null where that is all of it. */
  readonly crop: Crop | null;
  /** What is done to it then. */
  readonly orientation: Orientation;
}

/** Where a point of the picture as it is seen lies in the stored one: x = xx * x + xy * y + left, and y likewise. */
interface View extends Size {
  readonly xx: number;
  readonly xy: number;
  readonly left: number;
  readonly yx: number;
  readonly yy: number;
  readonly top: number;
}

/** `properties` are those of the item, in the order in which they apply to a picture of `size`. Not to be read are left out. */
export function shownOf(meta: Uint8Array, properties: readonly Box[], size: Size): Shown {
  let view: View = { ...size, xx: 1, xy: 0, left: 0, yx: 0, yy: 1, top: 0 };
  for (const { type, start, end } of properties) {
    const value = start < end ? (meta[start] ?? 0) : 0;
    if (type === "irot") for (let turn = value & 3; turn > 0; turn--) view = turnedLeft(view);
    if (type === "imir") view = mirrored(view, (value & 1) === 1);
    if (type === "clap") view = cut(view, apertureIn(view, meta.subarray(start, end)));
  }
  const far = placeOf(view, view.width, view.height);
  const crop = {
    x: Math.min(view.left, far.x),
    y: Math.min(view.top, far.y),
    width: Math.abs(far.x - view.left),
    height: Math.abs(far.y - view.top),
  };
  const isWhole = crop.width === size.width && crop.height === size.height;
  return { crop: isWhole ? null : crop, orientation: orientationOf(view) };
}

function placeOf({ xx, xy, left, yx, yy, top }: View, x: number, y: number) {
  return { x: xx * x + xy * y + left, y: yx * x + yy * y + top };
}

/** A quarter, anti-clockwise: what was on the right is on top. */
function turnedLeft(view: View): View {
  const { x, y } = placeOf(view, view.width, 0);
  const { xx, xy, yx, yy, width, height } = view;
  return { width: height, height: width, xx: xy, xy: -xx, left: x, yx: yy, yy: -yx, top: y };
}

/** Left and right change places, or top and bottom. */
function mirrored(view: View, isSideways: boolean): View {
  const { x, y } = placeOf(view, isSideways ? view.width : 0, isSideways ? 0 : view.height);
  const { xx, xy, yx, yy } = view;
  return isSideways
    ? { ...view, xx: -xx, yx: -yx, left: x, top: y }
    : { ...view, xy: -xy, yy: -yy, left: x, top: y };
}

function cut(view: View, box: Crop | null): View {
  if (!box) return view;
  const { x, y } = placeOf(view, box.x, box.y);
  return { ...view, width: box.width, height: box.height, left: x, top: y };
}

/**
 * Fractions come to whole pixels as libheif brings them there, and what reaches outside is left out. Null where there is nothing to
 * go by, as browsers then show the whole picture.
 */
function apertureIn({ width, height }: Size, body: Uint8Array): Crop | null {
  if (body.length < 32) throw new Damage("what is cut away of it is told in too few bytes");
  const view = viewOf(body);
  const sized = (at: number) => view.getUint32(at) / view.getUint32(at + 4);
  const offset = (at: number) => view.getInt32(at) / view.getUint32(at + 4);
  const [wide, high, right, down] = [sized(0), sized(8), offset(16), offset(24)];
  // What is a whole number but for how it is reckoned counts as one.
  const x = Math.floor((width - wide) / 2 + right + 1e-6);
  const y = Math.round((height - high) / 2 + down + 1e-6);
  const box = {
    x: Math.max(0, x),
    y: Math.max(0, y),
    width: Math.min(width, x + Math.round(wide)) - Math.max(0, x),
    height: Math.min(height, y + Math.round(high)) - Math.max(0, y),
  };
  return box.width > 0 && box.height > 0 ? box : null;
}

/** By where the stored picture's axes point. */
function orientationOf({ xx, xy, yx, yy }: View): Orientation {
  if (xx !== 0) return xx > 0 ? (yy > 0 ? 1 : 4) : yy > 0 ? 2 : 3;
  return xy > 0 ? (yx > 0 ? 5 : 6) : yx > 0 ? 8 : 7;
}
