// JPEG out (ITU T.81), row by row: strips of rows -> blocks -> tokens -> bytes the host takes away.
//
//   jpegOutBegin, then the JFIF header can be taken; the host may add markers of its own (ICC, EXIF)
//   rows: jpegOutRow(rgba), or for each component jpegOutPlane() written in place + jpegOutPlaneDone()
//   every answer OUTPUT: take bytes, call jpegOutPump() until it says OK (more rows) or DONE

import { DONE, MISUSED, OK, OUTPUT, TOO_LARGE } from "../status";
import { bytesAt, flushBits, mustTake, openBytes, putShort, takeBytes } from "./bytes";
import { prepareDivisors, transformBlock } from "./dct";
import { putFrame, putJfif, putQuantiser, putScan, putTable } from "./markers";
import {
  emptyStrip, fillFromRgba, filledRows, nextRow, openStrip, padBottom, plane, rowFilled, stripStride,
} from "./strip";
import { CHROMA_QUANT, LUMA_QUANT } from "./tables";
import { addBlock, BLOCK_TOKENS, fixTables, hasTokenRoom, openTokens, writeTokens } from "./tokens";

const MAX_SIDE = 65500;

const CLOSED = 0, TAKES_ROWS = 1, ENCODES_STRIP = 2, ENDS = 3, ENDED = 4;
let phase: i32 = CLOSED;

let width: i32 = 0, height: i32 = 0, quality: i32 = 0;
let components: i32 = 3;
/** 2: chroma halved both ways (4:2:0); 1: full size (4:4:4, gray). */
let halving: i32 = 1;
let blocksAcross: i32 = 0, blocksDown: i32 = 0;
let mcusAcross: i32 = 0, mcusDown: i32 = 0;
let mcuX: i32 = 0, mcuY: i32 = 0;
let tablesFixed: bool = false;
let dcLuma: i32 = 0, dcBlue: i32 = 0, dcRed: i32 = 0;
const BLOCK = memory.data(128, 16);

/**
 * @param sampling 0 gray, 1 4:4:4, 2 4:2:0
 * @param holdBytes how much of the picture (4 bytes a coefficient that is not zero) may be held to fit the
 *   Huffman tables to it; a larger picture gets tables fitted to its beginning
 */
export function jpegOutBegin(w: i32, h: i32, q: i32, sampling: i32, holdBytes: i32): i32 {
  phase = CLOSED;
  if (w < 1 || h < 1 || w > MAX_SIDE || h > MAX_SIDE || sampling < 0 || sampling > 2) return MISUSED;
  width = w;
  height = h;
  quality = q;
  components = sampling == 0 ? 1 : 3;
  halving = max(sampling, 1);
  blocksAcross = (w + 7) >> 3;
  blocksDown = (h + 7) >> 3;
  mcusAcross = (blocksAcross + halving - 1) / halving;
  mcusDown = (blocksDown + halving - 1) / halving;
  mcuX = 0;
  mcuY = 0;
  tablesFixed = false;
  dcLuma = 0;
  dcBlue = 0;
  dcRed = 0;
  const whole = <u64>mcusAcross * <u64>mcusDown * <u64>mcuTokens();
  const hold = min(max(whole, 4 << 10), <u64>max(holdBytes, 64 << 10));
  if (!openStrip(w, components, halving) || !openBytes() || !openTokens(<usize>hold)) return TOO_LARGE;
  prepareDivisors(0, LUMA_QUANT, quality);
  prepareDivisors(1, CHROMA_QUANT, quality);
  putJfif();
  phase = TAKES_ROWS;
  return OK;
}

/** A row of opaque RGBA. */
export function jpegOutRow(rgba: usize): i32 {
  if (phase != TAKES_ROWS) return MISUSED;
  fillFromRgba(rgba, rowsLeft() == filledRows(0) + 1);
  return jpegOutPump();
}

/** Where to write the next row of component 0..2 at its own width; 0: it has no room until others catch up. */
export function jpegOutPlane(component: i32): usize {
  if (phase != TAKES_ROWS || component < 0 || component >= components) return 0;
  return filledRows(component) < rowsWanted(component) ? nextRow(component) : 0;
}

/** The row at jpegOutPlane() is written. */
export function jpegOutPlaneDone(component: i32): i32 {
  if (jpegOutPlane(component) == 0) return MISUSED;
  rowFilled(component);
  return jpegOutPump();
}

/** Goes on as far as it can. OK: wants rows; OUTPUT: take bytes first; DONE: take the last bytes. */
export function jpegOutPump(): i32 {
  if (phase == CLOSED) return MISUSED;
  if (phase == TAKES_ROWS) {
    for (let c = 0; c < components; c++) if (filledRows(c) < rowsWanted(c)) return OK;
    padBottom();
    phase = ENCODES_STRIP;
  }
  if (phase == ENCODES_STRIP) {
    if (!encodeStrip()) return OUTPUT;
    emptyStrip();
    mcuX = 0;
    mcuY++;
    phase = mcuY < mcusDown ? TAKES_ROWS : ENDS;
  }
  if (phase == TAKES_ROWS) return mustTake() ? OUTPUT : OK;
  if (phase == ENDS) {
    if (!write(false)) return OUTPUT;
    flushBits();
    putShort(0xffd9);
    phase = ENDED;
  }
  return DONE;
}

/** Where the bytes to take begin. */
export function jpegOutBytes(): usize {
  return bytesAt();
}

/** How many there are; asking takes them. They stay readable until the next call of the encoder. */
export function jpegOutTake(): i32 {
  return phase == CLOSED ? 0 : takeBytes();
}

function rowsLeft(): i32 {
  return height - mcuY * 8 * halving;
}

/** How many rows of a component the strip takes at this place of the picture. */
function rowsWanted(component: i32): i32 {
  const rows = min(rowsLeft(), 8 * halving);
  return component > 0 && halving == 2 ? (rows + 1) >> 1 : rows;
}

function mcuTokens(): usize {
  return BLOCK_TOKENS * (components == 1 ? 1 : halving == 2 ? 6 : 3);
}

/** False: the output must be taken first. */
function encodeStrip(): bool {
  const stride = stripStride();
  for (; mcuX < mcusAcross; mcuX++) {
    if (!hasTokenRoom(mcuTokens(), tablesFixed) && !write(true)) return false;
    for (let by = 0; by < halving; by++) {
      for (let bx = 0; bx < halving; bx++) encodeLuma(mcuX * halving + bx, by, stride);
    }
    if (components == 1) continue;
    dcBlue = encodeBlock(plane(1) + mcuX * 8, stride, 1, dcBlue);
    dcRed = encodeBlock(plane(2) + mcuX * 8, stride, 1, dcRed);
  }
  return true;
}

function encodeLuma(blockX: i32, rowInMcu: i32, stride: usize): void {
  const blockY = mcuY * halving + rowInMcu;
  if (blockX < blocksAcross && blockY < blocksDown) {
    const src = plane(0) + <usize>rowInMcu * 8 * stride + blockX * 8;
    dcLuma = encodeBlock(src, stride, 0, dcLuma);
    return;
  }
  // Blocks that only fill up the MCU repeat the DC before them: two short codes.
  addBlock(BLOCK, 0, 0, 0);
}

/** `table` is 0 for luma, 1 for chroma; `before` the DC of the component's block before; answers this one's. */
@inline
function encodeBlock(src: usize, stride: usize, table: i32, before: i32): i32 {
  const mask = transformBlock(src, stride, table, BLOCK);
  const dc = <i32>load<i16>(BLOCK);
  addBlock(BLOCK, mask, dc - before, table << 1);
  return dc;
}

/** Writes the tokens held, and before the first of them all headers. False: take output, call again. */
function write(moreWillCome: bool): bool {
  if (!tablesFixed) {
    fixTables(components == 1 ? 2 : 4, moreWillCome);
    putHeaders();
    tablesFixed = true;
  }
  return writeTokens();
}

function putHeaders(): void {
  putQuantiser(0, LUMA_QUANT, quality);
  if (components == 3) putQuantiser(1, CHROMA_QUANT, quality);
  putFrame(width, height, components, halving);
  for (let table = 0; table < (components == 1 ? 2 : 4); table++) putTable(table);
  putScan(components);
}
