// Where a job's rows go: pixels for the host to take, or an encoder.

import { colourCmykRow, colourGridRow, colourSumRow } from "../colour";
import { joinRgb, yccToInks, yccToRgba } from "../jpeg-in/colour";
import { adobeTransform } from "../jpeg-in/markers";
import { jpegOutBegin, jpegOutBytes, jpegOutPlane, jpegOutPlaneDone, jpegOutPump, jpegOutRow, jpegOutTake } from "../jpeg-out/index";
import { ALPHA, CMYK, colour, GRAY, hasAlpha, outHeight, outWidth, planeCount, RGB, STRAIGHT, YCC, YCCK } from "./source";
import { alloc } from "../memory";
import { pngOutBegin, pngOutPump, pngOutRow } from "../png-out/index";
import { planeResize, produceRow, rowReady } from "../resample/plane";
import { joinAlpha } from "../resample/rgba";
import { DONE, OK, OUTPUT, TOO_LARGE } from "../status";

const TO_PIXELS: i32 = 0;
const TO_JPEG: i32 = 1;
const TO_PNG: i32 = 2;

// How the source's colours become sRGB: see colour.ts, whose tables the host has filled by then.
const AS_THEY_ARE: i32 = 0;
const BY_SUMS: i32 = 1;
const BY_GRID: i32 = 2;

/** About this many bytes of pixels are made before the host must take them. */
const BATCH_BYTES: i32 = 65536;

let kind: i32 = TO_PIXELS;
let quality: i32 = 0;
let sampling: i32 = 0;
let holdBytes: i32 = 0;
let conversion: i32 = AS_THEY_ARE;
/** The encoder takes planes as the source has them. */
let planar: bool = false;

/** The planes of one output row, before they are joined. */
let parts: usize = 0;
let partStride: usize = 0;
let pixels: usize = 0;
let batchRows: i32 = 0;
let waitingRows: i32 = 0;
let made: i32 = 0;

/** Between HEADER and the source's start: the colours' way to sRGB. CMYK goes by a grid always. */
export function jobColour(way: i32): void {
  conversion = way;
}

/** The host takes rows of RGBA. */
export function jobToPixels(): void {
  conversion = AS_THEY_ARE;
  kind = TO_PIXELS;
}

/** The kernel's JPEG encoder; `chroma` 1 for 4:4:4, 2 for 4:2:0, `hold` as in jpegOutBegin(). */
export function jobToJpeg(atQuality: i32, chroma: i32, hold: i32): void {
  conversion = AS_THEY_ARE;
  kind = TO_JPEG;
  quality = atQuality;
  sampling = chroma;
  holdBytes = hold;
}

/** The kernel's PNG encoder, whose bytes the host takes with pngOutTake(); `hold` as in pngOutBegin(). */
export function jobToPng(hold: i32): void {
  conversion = AS_THEY_ARE;
  kind = TO_PNG;
  holdBytes = hold;
}

/** Decides whether planes of this colour go to the encoder as they are: how much smaller it wants their chroma. */
export function planChroma(sourceColour: i32): i32 {
  planar = kind == TO_JPEG && conversion == AS_THEY_ARE && (sourceColour == YCC || sourceColour == GRAY);
  return planar ? max(1, sampling) : 1;
}

/** Takes memory for the sink; the source is open by now, so its colour is known. */
export function openSink(): i32 {
  made = 0;
  waitingRows = 0;
  if (kind == TO_JPEG) {
    const status = jpegOutBegin(outWidth, outHeight, quality, planar && colour == GRAY ? 0 : sampling, holdBytes);
    if (status != OK) return status;
  }
  if (kind == TO_PNG) {
    const status = pngOutBegin(outWidth, outHeight, hasAlpha ? 0 : 1, holdBytes);
    if (status != OK) return status;
  }
  if (planar) return OK;
  // Rows are written in whole groups of 16 pixels, 16 more where a filter pads.
  partStride = ((<usize>outWidth + 47) & ~15) << (colour == ALPHA ? 1 : 0);
  parts = alloc(partStride * planeCount);
  batchRows = kind == TO_PIXELS ? max(1, min(outHeight, BATCH_BYTES / (outWidth * 4))) : 1;
  pixels = alloc(<usize>outWidth * 4 * batchRows + 64);
  return parts == 0 || pixels == 0 ? TOO_LARGE : OK;
}

/** Makes what rows can be made. OK: wants more source rows. */
export function drainSink(): i32 {
  if (planar) return drainPlanes();
  return kind == TO_PIXELS ? drainPixels() : drainRows();
}

function drainPixels(): i32 {
  while (made < outHeight && waitingRows < batchRows && allReady()) {
    produceRgba(pixels + <usize>waitingRows * outWidth * 4);
    waitingRows++;
    made++;
  }
  if (made == outHeight) return DONE;
  return waitingRows == batchRows ? OUTPUT : OK;
}

function drainRows(): i32 {
  let status = kind == TO_PNG ? pngOutPump() : jpegOutPump();
  while (status == OK && allReady()) {
    produceRgba(pixels);
    status = kind == TO_PNG ? pngOutRow(pixels) : jpegOutRow(pixels);
  }
  return status;
}

function drainPlanes(): i32 {
  const status = jpegOutPump();
  if (status != OK) return status;
  let moved = true;
  while (moved) {
    moved = false;
    for (let i = 0; i < planeCount; i++) {
      const p = planeResize(i);
      while (rowReady(p)) {
        const to = jpegOutPlane(i);
        if (to == 0) break;
        produceRow(p, to);
        const after = jpegOutPlaneDone(i);
        if (after != OK) return after;
        moved = true;
      }
    }
  }
  return OK;
}

function allReady(): bool {
  for (let i = 0; i < planeCount; i++) if (!rowReady(planeResize(i))) return false;
  return true;
}

/** The next output row of all planes, joined to RGBA at `to` and brought to sRGB. */
function produceRgba(to: usize): void {
  joinPlanes(to);
  if (colour == CMYK || colour == YCCK) return;
  if (conversion == BY_SUMS) colourSumRow(to, outWidth);
  else if (conversion == BY_GRID) colourGridRow(to, outWidth);
}

function joinPlanes(to: usize): void {
  if (colour == STRAIGHT) return produceRow(planeResize(0), to);
  for (let i = 0; i < planeCount; i++) produceRow(planeResize(i), parts + i * partStride);
  const second = parts + partStride;
  const third = second + partStride;
  const fourth = third + partStride;
  if (colour == YCC) yccToRgba(parts, second, third, outWidth, to);
  else if (colour == GRAY) joinRgb(parts, parts, parts, outWidth, to);
  else if (colour == RGB) joinRgb(parts, second, third, outWidth, to);
  else if (colour == ALPHA) joinAlpha(parts, second, third, fourth, outWidth, to);
  else {
    if (colour == YCCK) yccToInks(parts, second, third, outWidth);
    colourCmykRow(parts, second, third, fourth, adobeTransform >= 0 ? 1 : 0, outWidth, to);
  }
}

/** Where the bytes to take begin, and how many there are; asking for the number takes them. */
export function jobOutput(): usize {
  return kind == TO_JPEG ? jpegOutBytes() : pixels;
}

export function jobTake(): i32 {
  if (kind == TO_JPEG) return jpegOutTake();
  const bytes = waitingRows * outWidth * 4;
  waitingRows = 0;
  return bytes;
}
