// Unfiltered PNG samples of any type and depth to a row of RGBA (PNG 3rd edition, section 6).

import { DAMAGED, OK } from "../status";

const GRAY = 0, RGB = 2, PALETTE = 3, GRAY_ALPHA = 4, RGBA = 6;
const OPAQUE: u32 = 0xff000000;

let colourType: i32 = 0;
let depth: i32 = 8;
/** For one channel of up to 8 bits: the RGBA of every sample value, palette or gray alike. */
const colours = memory.data(256 * 4, 16);
/** tRNS: the one colour that is fully transparent, as stored; -1 where there is none. */
let keyRed: i32 = -1, keyGreen: i32 = 0, keyBlue: i32 = 0;

/** Samples a pixel; 0: no such colour type, or not at this depth (Table 11.1). */
export function channelsOf(type: i32, bits: i32): i32 {
  if (type == GRAY) return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 ? 1 : 0;
  if (type == PALETTE) return bits == 1 || bits == 2 || bits == 4 || bits == 8 ? 1 : 0;
  if (bits != 8 && bits != 16) return 0;
  return type == RGB ? 3 : type == GRAY_ALPHA ? 2 : type == RGBA ? 4 : 0;
}

export function openPixels(type: i32, bits: i32): void {
  colourType = type;
  depth = bits;
  keyRed = -1;
  paletteCount = 0;
  const most = (1 << min(bits, 8)) - 1;
  for (let i = 0; i < 256; i++) {
    const gray = <u32>(min(i, most) * 255 / most);
    store<u32>(colours + (i << 2), type == PALETTE ? OPAQUE : OPAQUE | (gray * 0x010101));
  }
}

/** Entries of the palette. */
let paletteCount: i32 = 0;

/** Indices beyond the palette are its last colour, as Chromium shows them. */
function fillBeyond(): void {
  const last = load<u32>(colours + ((paletteCount - 1) << 2));
  for (let i = paletteCount; i < 256; i++) store<u32>(colours + (i << 2), last);
}

/** PLTE: `count` entries of three bytes. */
export function setPalette(at: usize, count: i32): i32 {
  if (colourType != PALETTE) return OK;
  if (count < 1 || count > 256) return DAMAGED;
  for (let i = 0; i < count; i++) {
    const p = at + i * 3;
    store<u32>(colours + (i << 2), OPAQUE | (<u32>load<u8>(p, 2) << 16) | (<u32>load<u8>(p, 1) << 8) | load<u8>(p));
  }
  paletteCount = count;
  fillBeyond();
  return OK;
}

/** tRNS (section 11.3.1.1): alphas of the palette, or one transparent colour in 16 bits a sample. */
export function setTransparency(at: usize, length: i32): i32 {
  if (colourType == PALETTE) {
    if (length > 256 || paletteCount == 0) return DAMAGED;
    for (let i = 0; i < min(length, paletteCount); i++) store<u8>(colours + (i << 2) + 3, load<u8>(at + i));
    fillBeyond();
  } else if (colourType == GRAY) {
    if (length < 2) return DAMAGED;
    keyRed = bigEndian(at);
    if (depth <= 8) store<u8>(colours + ((keyRed & ((1 << depth) - 1)) << 2) + 3, 0);
  } else if (colourType == RGB) {
    if (length < 6) return DAMAGED;
    keyRed = bigEndian(at);
    keyGreen = bigEndian(at + 2);
    keyBlue = bigEndian(at + 4);
  }
  return OK;
}

@inline
function bigEndian(at: usize): i32 {
  return (<i32>load<u8>(at) << 8) | load<u8>(at + 1);
}

/** 16 bits to 8, rounded to the nearest (section 13.12): v * 255 / 65535 without a division. */
@inline
function reduce(v: u32): u32 {
  return (v * 255 + 32895) >> 16;
}

/** True where a row of the file is RGBA already and needs no copy. */
export function isRgba(): bool {
  return colourType == RGBA && depth == 8;
}

/** False where the header alone says that every pixel is opaque. */
export function mayBeTransparent(): bool {
  if (colourType == GRAY_ALPHA || colourType == RGBA || keyRed >= 0) return true;
  for (let i = 0; i < 256; i++) if (load<u32>(colours + (i << 2)) < OPAQUE) return true;
  return false;
}

/** `out` needs 16 bytes of room behind its last pixel. */
export function expandRow(src: usize, out: usize, width: i32): void {
  if (depth == 16) expandDeep(src, out, width);
  else if (colourType == RGB) expandRgb(src, out, width);
  else if (colourType == RGBA) memory.copy(out, src, <usize>width * 4);
  else if (colourType == GRAY_ALPHA) expandGrayAlpha(src, out, width);
  else if (depth == 8) expandBytes(src, out, width);
  else expandBits(src, out, width);
}

function expandRgb(src: usize, out: usize, width: i32): void {
  const opaque = i32x4.splat(OPAQUE);
  const key = (keyBlue << 16) | (keyGreen << 8) | keyRed;
  const hasKey = keyRed >= 0;
  const transparent = i32x4.splat(key);
  const colour = i32x4.splat(0x00ffffff);
  for (let x = 0; x < width; x += 4) {
    const spread = v128.swizzle(v128.load(src), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
    let alpha = opaque;
    if (hasKey) alpha = v128.andnot(opaque, i32x4.eq(v128.and(spread, colour), transparent));
    v128.store(out, v128.or(spread, alpha));
    src += 12;
    out += 16;
  }
}

function expandGrayAlpha(src: usize, out: usize, width: i32): void {
  for (let x = 0; x < width; x += 4) {
    v128.store(out, v128.swizzle(v128.load(src), i8x16(0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7)));
    src += 8;
    out += 16;
  }
}

function expandBytes(src: usize, out: usize, width: i32): void {
  for (let x: usize = 0; x < <usize>width; x++) {
    store<u32>(out + (x << 2), load<u32>(colours + (<usize>load<u8>(src + x) << 2)));
  }
}

/** Depths 1, 2 and 4: leftmost pixel in the high bits (section 7.2). */
function expandBits(src: usize, out: usize, width: i32): void {
  const most = (1 << depth) - 1;
  let shift = 8;
  for (let x = 0; x < width; x++) {
    shift -= depth;
    store<u32>(out, load<u32>(colours + ((<usize>load<u8>(src) >> shift & most) << 2)));
    out += 4;
    if (shift > 0) continue;
    shift = 8;
    src++;
  }
}

function expandDeep(src: usize, out: usize, width: i32): void {
  const isGray = colourType == GRAY || colourType == GRAY_ALPHA;
  const hasAlpha = colourType == GRAY_ALPHA || colourType == RGBA;
  for (let x = 0; x < width; x++) {
    const red = bigEndian(src);
    const green = isGray ? red : bigEndian(src + 2);
    const blue = isGray ? red : bigEndian(src + 4);
    src += isGray ? 2 : 6;
    let alpha: u32 = 255;
    if (hasAlpha) {
      alpha = reduce(bigEndian(src));
      src += 2;
    } else if (red == keyRed && (isGray || (green == keyGreen && blue == keyBlue))) alpha = 0;
    store<u32>(out, reduce(red) | (reduce(green) << 8) | (reduce(blue) << 16) | (alpha << 24));
    out += 4;
  }
}
