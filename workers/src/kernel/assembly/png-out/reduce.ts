// The smallest PNG type that shows a picture exactly, and rows packed as that type.

export const GRAY = 0, RGB = 2, PALETTE = 3, GRAY_ALPHA = 4, RGBA = 6;
const MOST_COLOURS = 256;
/** Open addressing, four times as many slots as colours. A slot holds index + 1; 0 is free. */
const SLOTS: u32 = 1024;
const slots = memory.data(1024 * 2, 16);
const palette = memory.data(256 * 4, 16);

let colours: i32 = 0;
let isGray: bool = true;
let isOpaque: bool = true;

export function openReduction(): void {
  memory.fill(slots, 0, SLOTS * 2);
  colours = 0;
  isGray = true;
  isOpaque = true;
}

/** Learns from one row of the picture. */
export function learnRow(rgba: usize, width: i32): void {
  const end = rgba + <usize>width * 4;
  let last: u32 = colours > 0 ? load<u32>(palette) : ~load<u32>(rgba);
  let and: u32 = 0xff000000, differing: u32 = 0;
  for (let p = rgba; p < end; p += 4) {
    const pixel = load<u32>(p);
    if (pixel == last) continue;
    last = pixel;
    and &= pixel;
    // Green against red, blue against green: zero for every gray.
    differing |= (pixel ^ (pixel >> 8)) & 0xffff;
    if (colours <= MOST_COLOURS) indexOf(pixel);
  }
  if (and != 0xff000000) isOpaque = false;
  if (differing) isGray = false;
}

/** The colour's place in the palette, which it enters when new (counted, not stored, beyond 256). */
function indexOf(pixel: u32): i32 {
  let slot = (pixel * 0x9e3779b1) >> 22;
  while (true) {
    const held = <i32>load<u16>(slots + (slot << 1));
    if (held == 0) break;
    if (load<u32>(palette + ((held - 1) << 2)) == pixel) return held - 1;
    slot = (slot + 1) & (SLOTS - 1);
  }
  if (colours < MOST_COLOURS) {
    store<u16>(slots + (slot << 1), <u16>(colours + 1));
    store<u32>(palette + (colours << 2), pixel);
  }
  return colours++;
}

/** The type for all that was learnt. */
export function smallestType(): i32 {
  // A palette of up to 16 packs several pixels in a byte; over that, gray says the same in as much.
  if (colours <= 16 || (colours <= MOST_COLOURS && !(isGray && isOpaque))) return PALETTE;
  if (isGray) return isOpaque ? GRAY : GRAY_ALPHA;
  return isOpaque ? RGB : RGBA;
}

export function depthOf(type: i32): i32 {
  if (type != PALETTE || colours > 16) return 8;
  return colours <= 2 ? 1 : colours <= 4 ? 2 : 4;
}

export function samplesOf(type: i32): i32 {
  if (type == RGBA) return 4;
  return type == RGB ? 3 : type == GRAY_ALPHA ? 2 : 1;
}

export function paletteAt(): usize {
  return palette;
}

export function paletteLength(): i32 {
  return colours;
}

/** `out` needs 16 bytes of room behind the packed row. */
export function packRow(type: i32, depth: i32, rgba: usize, width: i32, out: usize): void {
  if (type == RGBA) memory.copy(out, rgba, <usize>width * 4);
  else if (type == PALETTE) packIndices(depth, rgba, width, out);
  else {
    const step = <usize>samplesOf(type) * 4;
    let lanes = i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
    if (type == GRAY) lanes = i8x16(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    if (type == GRAY_ALPHA) lanes = i8x16(0, 3, 4, 7, 8, 11, 12, 15, -1, -1, -1, -1, -1, -1, -1, -1);
    for (let x = 0; x < width; x += 4) {
      v128.store(out, v128.swizzle(v128.load(rgba), lanes));
      rgba += 16;
      out += step;
    }
  }
}

function packIndices(depth: i32, rgba: usize, width: i32, out: usize): void {
  let held = 0, bits = 0;
  for (let x = 0; x < width; x++) {
    held = (held << depth) | indexOf(load<u32>(rgba + (x << 2)));
    bits += depth;
    if (bits < 8 && x < width - 1) continue;
    store<u8>(out++, <u8>(held << (8 - bits)));
    held = 0;
    bits = 0;
  }
}
