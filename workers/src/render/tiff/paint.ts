// Bytes of samples to pixels of red, green, blue and alpha.
import { Damage } from "../../../formats/damage.ts";
import { colourSamples, photometrics } from "../../../formats/tiff/colours.ts";
import type { TiffPicture } from "../../../formats/tiff/picture.ts";
import { labToRgb } from "./lab.ts";

/** Reads pixels of `samples` bytes each, and writes as many of RGBA from `at` on (in pixels). Of inks: cyan, magenta, yellow and black. */
export type Paint = (bytes: Uint8Array, count: number, to: Uint32Array, at: number) => void;

const OPAQUE = 0xff00_0000;
const gray = (value: number) => value * 0x0001_0101;

export function paintOf(picture: TiffPicture): Paint {
  const { samples, photometric, alpha } = picture;
  const { whiteIsZero, blackIsZero, rgb, palette, mask, inks, ycc, lab, iccLab } = photometrics;
  if (samples < colourSamples(photometric)) throw new Damage("samples of its colours are missing");
  const plain = colourPainter();
  return alpha === "none"
    ? plain
    : withAlpha(plain, samples, colourSamples(photometric), alpha === "premultiplied");

  function colourPainter(): Paint {
    if (photometric === whiteIsZero) return byFirst(samples, (value) => gray(255 - value));
    if (photometric === blackIsZero || photometric === mask) return byFirst(samples, gray);
    if (photometric === palette) return byFirst(samples, paletteOf(picture));
    if (photometric === rgb) return (bytes, count, to, at) => paintRgb(bytes, samples, count, to, at);
    if (photometric === inks) return (bytes, count, to, at) => paintInks(bytes, samples, count, to, at);
    // Not subsampled, or no longer.
    if (photometric === ycc) return byThree(samples, yccToRgb(picture.reference));
    if (photometric === lab || photometric === iccLab) return byThree(samples, labToRgb(photometric === lab));
    throw new Damage("its colours are of a kind that is not supported", { code: "unsupported" });
  }
}

/** A colour for each value of the first sample, made once. */
function byFirst(samples: number, colourOf: (value: number) => number): Paint {
  const colours = Uint32Array.from({ length: 256 }, (_, value) => (colourOf(value) | OPAQUE) >>> 0);
  return (bytes, count, to, at) => {
    for (let index = 0, from = 0; index < count; index++, from += samples)
      to[at + index] = colours[bytes[from] ?? 0] ?? 0;
  };
}

/** Numbers of 16 bits. Some writers put those of 8 there, and then none is larger. */
function paletteOf({ colourMap, bits }: TiffPicture): (index: number) => number {
  const count = 2 ** bits;
  if (colourMap.length < 3 * count) throw new Damage("its palette is too short");
  const shift = colourMap.every((value) => value < 256) ? 0 : 8;
  const part = (index: number) => (colourMap[index] ?? 0) >> shift;
  return (index) =>
    index >= count ? 0 : part(index) | (part(index + count) << 8) | (part(index + 2 * count) << 16);
}

function paintRgb(bytes: Uint8Array, samples: number, count: number, to: Uint32Array, at: number): void {
  for (let index = 0, from = 0; index < count; index++, from += samples)
    to[at + index] =
      ((bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8) | ((bytes[from + 2] ?? 0) << 16) | OPAQUE) >>> 0;
}

function paintInks(bytes: Uint8Array, samples: number, count: number, to: Uint32Array, at: number): void {
  for (let index = 0, from = 0; index < count; index++, from += samples)
    to[at + index] =
      ((bytes[from] ?? 0) |
        ((bytes[from + 1] ?? 0) << 8) |
        ((bytes[from + 2] ?? 0) << 16) |
        ((bytes[from + 3] ?? 0) << 24)) >>>
      0;
}

/** From three samples to red, green and blue in the lower bytes. */
export type ThreeToRgb = (first: number, second: number, third: number) => number;

function byThree(samples: number, colourOf: ThreeToRgb): Paint {
  return (bytes, count, to, at) => {
    for (let index = 0, from = 0; index < count; index++, from += samples)
      to[at + index] =
        (colourOf(bytes[from] ?? 0, bytes[from + 1] ?? 0, bytes[from + 2] ?? 0) | OPAQUE) >>> 0;
  };
}

const clamp = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : Math.round(value));

/** TIFF 6.0, section 21, with the coefficients of BT.601, which nobody changes. */
export function yccToRgb(reference: TiffPicture["reference"]): ThreeToRgb {
  const [black = 0, white = 255, cbZero = 128, cbMost = 255, crZero = 128, crMost = 255] = reference ?? [];
  const luma = scale(black, white, 255);
  const blue = scale(cbZero, cbMost, 127);
  const red = scale(crZero, crMost, 127);
  return (y, cb, cr) => {
    const light = luma(y);
    const b = blue(cb);
    const r = red(cr);
    return (
      clamp(light + 1.402 * r) |
      (clamp(light - 0.344136 * b - 0.714136 * r) << 8) |
      (clamp(light + 1.772 * b) << 16)
    );
  };
}

function scale(zero: number, most: number, range: number): (value: number) => number {
  const factor = most > zero ? range / (most - zero) : 1;
  return (value) => (value - zero) * factor;
}

function withAlpha(paint: Paint, samples: number, alphaAt: number, isPremultiplied: boolean): Paint {
  return (bytes, count, to, at) => {
    paint(bytes, count, to, at);
    for (let index = 0, from = alphaAt; index < count; index++, from += samples) {
      const alpha = bytes[from] ?? 0;
      const colour = to[at + index] ?? 0;
      to[at + index] =
        ((isPremultiplied ? divided(colour, alpha) : colour & 0xff_ffff) | (alpha << 24)) >>> 0;
    }
  };
}

function divided(colour: number, alpha: number): number {
  if (alpha === 0) return 0;
  const part = (shift: number) =>
    Math.min(255, Math.round((((colour >> shift) & 255) * 255) / alpha)) << shift;
  return part(0) | part(8) | part(16);
}
