// A row's samples, of whatever depth and kind, as bytes: 0 the least and 255 the most that there can be.
import { Damage } from "../../../formats/damage.ts";
import { colourSamples, photometrics } from "../../../formats/tiff/colours.ts";
import type { TiffPicture } from "../../../formats/tiff/picture.ts";
import { linearToSrgb } from "../../kernel/host/icc/curves.ts";
import { isTurnedBig } from "./predictor.ts";

/** Reads `count` samples of a row, and puts them into `to` from `at` on, each `step` behind the last. */
export type Spread = (row: Uint8Array, count: number, to: Uint8Array, at: number, step: number) => void;

const unsupported = (message: string) => new Damage(message, { code: "unsupported" });

export function spreadOf(picture: TiffPicture): Spread {
  const { bits, sampleFormat, photometric, samples, isPlanar } = picture;
  const bytes = bits / 8;
  const little = picture.little && !isTurnedBig(picture);
  if (sampleFormat === "float") {
    if (![2, 4, 8].includes(bytes) || photometric === photometrics.palette || isLab(photometric))
      throw unsupported("its numbers are of a kind that is not supported");
    return spreadFloats(bytes, little, isPlanar ? 1 : samples, colourSamples(photometric));
  }
  // Of Lab two samples are signed in any case.
  const flip = sampleFormat === "signed" && !isLab(photometric) ? 128 : 0;
  if (photometric === photometrics.palette && bits > 8) throw unsupported("its palette is too large");
  if (Number.isInteger(bytes) && bytes >= 1 && bytes <= 8)
    return spreadBytes(bytes, little ? bytes - 1 : 0, flip);
  if (bits > 31) throw unsupported("its samples are of a depth that is not supported");
  return spreadBits(bits, photometric === photometrics.palette, flip);
}

const isLab = (photometric: number) =>
  photometric === photometrics.lab || photometric === photometrics.iccLab;

/** Of longer numbers the most significant byte is what is seen. */
function spreadBytes(bytes: number, place: number, flip: number): Spread {
  return (row, count, to, at, step) => {
    for (let index = 0, from = place, put = at; index < count; index++, from += bytes, put += step)
      to[put] = (row[from] ?? 0) ^ flip;
  };
}

function spreadBits(bits: number, isIndex: boolean, flip: number): Spread {
  const most = 2 ** bits - 1;
  const factor = isIndex ? 1 : 255 / most;
  if (bits === 1) return spreadEach(factor, flip);
  return (row, count, to, at, step) => {
    for (let index = 0, bit = 0, put = at; index < count; index++, bit += bits, put += step)
      to[put] = Math.round(bitsAt(row, bit, bits) * factor) ^ flip;
  };
}

/** Scans of a page have tens of millions of single bits. */
function spreadEach(factor: number, flip: number): Spread {
  const [clear, set] = [flip, factor ^ flip];
  return (row, count, to, at, step) => {
    for (let index = 0, put = at; index < count; index++, put += step)
      to[put] = (row[index >> 3] ?? 0) & (128 >> (index & 7)) ? set : clear;
  };
}

function bitsAt(row: Uint8Array, bit: number, count: number): number {
  let value = 0;
  for (let left = count, at = bit; left > 0; ) {
    const room = 8 - (at & 7);
    const take = Math.min(room, left);
    value = value * (1 << take) + (((row[at >> 3] ?? 0) >> (room - take)) & ((1 << take) - 1));
    at += take;
    left -= take;
  }
  return value;
}

/** sRGB by light, so finely that the darkest steps are all there. */
let curve: Uint8Array | undefined;
const curveSteps = 65_535;

const curveOfLight = () => {
  curve ??= Uint8Array.from({ length: curveSteps + 1 }, (_, step) =>
    Math.round(255 * linearToSrgb(step / curveSteps)),
  );
  return curve;
};

/** Numbers with a point are light, 1 is white, as libvips has it; alpha is alpha. */
function spreadFloats(bytes: number, little: boolean, samples: number, colours: number): Spread {
  const light = curveOfLight();
  return (row, count, to, at, step) => {
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    const most = Math.min(count, Math.floor(row.length / bytes));
    for (let index = 0, put = at; index < most; index++, put += step) {
      const value = floatAt(view, index * bytes, bytes, little);
      const share = value > 0 ? Math.min(value, 1) : 0;
      const isColour = samples === 1 || index % samples < colours;
      to[put] = isColour ? (light[Math.round(share * curveSteps)] ?? 0) : Math.round(share * 255);
    }
  };
}

function floatAt(view: DataView, at: number, bytes: number, little: boolean): number {
  if (bytes === 4) return view.getFloat32(at, little);
  return bytes === 8 ? view.getFloat64(at, little) : halfOf(view.getUint16(at, little));
}

/** IEEE 754's binary16. */
function halfOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? Infinity
        : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}
