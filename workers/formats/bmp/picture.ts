// A BMP as its decoder needs it: how its pixels lie, and their palette or masks.
import { viewOf } from "../bytes/numbers.ts";
import { Damage } from "../damage.ts";
import { bitmapOf, coreBytes, fileHeaderBytes, pixelsAt, rowBytes } from "./header.ts";

export interface BmpPicture {
  readonly width: number;
  readonly height: number;
  /** Most run from the bottom to the top. */
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Its pixels are packed by runs, of 4 or 8 bits. */
  readonly isInRuns: boolean;
  readonly rowBytes: number;
  readonly pixelsAt: number;
  /** Of red, green, blue and alpha; 0 for what is not there. */
  readonly masks: readonly [number, number, number, number];
  /** Blue, green, red, and a byte more but in the oldest. */
  readonly palette: Uint8Array;
  readonly paletteStep: 3 | 4;
}

/** Two headers, masks and the longest palette. */
export const bmpFrontBytes = fileHeaderBytes + 124 + 16 + 1_024;

const RUNS_OF_8 = 1;
const RUNS_OF_4 = 2;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;

/** `front`: the file's first `bmpFrontBytes`. Throws `Damage` for what is no picture, or packed as nobody packs. */
export function bmpPicture(front: Uint8Array): BmpPicture {
  const file = viewOf(front);
  if (front.length < fileHeaderBytes + coreBytes) throw new Damage("the file ends too early");
  const info = new DataView(front.buffer, front.byteOffset + fileHeaderBytes, front.length - fileHeaderBytes);
  const { headerBytes, width, height, bits, compression, colours } = bitmapOf(info);
  const isMasked = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
  const isInRuns = (compression === RUNS_OF_8 && bits === 8) || (compression === RUNS_OF_4 && bits === 4);
  if (compression !== 0 && !isMasked && !isInRuns)
    throw new Damage("it is packed in a way that is not supported", { code: "unsupported" });
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw new Damage("its pixel depth is impossible");
  const isCore = headerBytes === coreBytes;
  const hasOwnMasks = isMasked && headerBytes === 40;
  const maskBytes = hasOwnMasks ? (compression === ALPHA_BIT_FIELDS ? 16 : 12) : 0;
  const mask = (at: number, isThere: boolean) =>
    isThere && at + 4 <= info.byteLength ? info.getUint32(at, true) : 0;
  const hasAlpha = headerBytes >= 56 || compression === ALPHA_BIT_FIELDS;
  const usual = bits === 16 ? ([0x7c00, 0x3e0, 0x1f] as const) : ([0xff_0000, 0xff00, 0xff] as const);
  const told = [mask(40, isMasked), mask(44, isMasked), mask(48, isMasked)] as const;
  const [red, green, blue] = isMasked && (bits === 16 || bits === 32) ? told : usual;
  const paletteAt = fileHeaderBytes + headerBytes + maskBytes;
  const paletteStep = isCore ? 3 : 4;
  const entries = bits > 8 ? 0 : Math.min(colours || 1 << bits, 1 << bits);
  return {
    width: Math.abs(width),
    height: Math.abs(height),
    isTopDown: height < 0,
    bits,
    isInRuns,
    rowBytes: rowBytes(Math.abs(width), bits),
    pixelsAt: pixelsAt(file),
    masks: [red, green, blue, mask(52, isMasked && hasAlpha && bits !== 24)],
    palette: front.slice(paletteAt, paletteAt + entries * paletteStep),
    paletteStep,
  };
}
