// A job: a picture's bytes in, a cropped and resized picture's rows out, never a whole frame between.
//
//   source (JPEG rows of planes, PNG rows of RGBA) -> one PlaneResize a plane -> sink (pixels, JPEG, PNG)
//
// The host resets memory, opens a source, and calls jobRun() until DONE or an error:
//   OK      more input: write it at jobInput() and jobPush() it (a PNG's goes through its own functions), or jobEnd()
//   HEADER  the frame is known: look at it, then jobWindow(), a sink, jobStartJpeg()
//   OUTPUT  bytes wait at jobOutput(): jobTake() of them, then run on
//   DONE    everything is made; bytes may wait, too

import { endJpegInput, feedJpeg, beginJpeg, jpegDamaged, ROWS, startJpeg, stepJpeg } from "../jpeg-in/index";
import { feedJpegRows, feedRgbaRow, jpegColour, openJpegPlanes, openRgbaPlanes, RGB } from "./source";
import { drainSink, openSink, planChroma } from "./sink";
import { alloc } from "../memory";
import { pngInRow, pngInShift, pngInStep } from "../png-in/index";
import { mayBeTransparent } from "../png-in/pixels";
import { DONE, MISUSED, OK, OUTPUT, TOO_LARGE, TRUNCATED } from "../status";

const INPUT_BYTES: i32 = 65536;

const NONE: i32 = 0;
const JPEG: i32 = 1;
const PNG: i32 = 2;
/** Rows that the host hands in. */
const PIXELS: i32 = 3;

let source: i32 = NONE;
let started: bool = false;
let input: usize = 0;
let sourceDone: bool = false;

/** Opens a JPEG source; after reset(). */
export function jobOpenJpeg(): i32 {
  source = NONE;
  started = false;
  sourceDone = false;
  input = alloc(INPUT_BYTES);
  if (input == 0 || !beginJpeg()) return TOO_LARGE;
  source = JPEG;
  return OK;
}

/** Where the host writes up to 64 KB of input before jobPush(). */
export function jobInput(): usize {
  return input;
}

/** Takes `length` bytes from jobInput(). They must be used up (jobRun() answered OK) before the next push. */
export function jobPush(length: i32): i32 {
  if (source != JPEG || length < 0 || length > INPUT_BYTES) return MISUSED;
  feedJpeg(input, input + length);
  return jobRun();
}

/** There is no more input. */
export function jobEnd(): i32 {
  endJpegInput();
  const status = jobRun();
  return status == OK ? TRUNCATED : status;
}

/** 1 when bits were missing or broken and the picture shows it. */
export function jobDamaged(): i32 {
  return source == JPEG && jpegDamaged() ? 1 : 0;
}

/** Goes on after HEADER: `side` is 8 for full size, 4, 2 or 1 for a half, a quarter, an eighth. */
export function jobStartJpeg(side: i32): i32 {
  if (source != JPEG || started) return MISUSED;
  let status = startJpeg(side);
  if (status == OK) status = openJpegPlanes(planChroma(jpegColour()));
  if (status == OK) status = openSink();
  started = status == OK;
  return status;
}

/** Goes on after pngInBegin() and the PNG's palette and transparency. */
export function jobStartPng(width: i32, height: i32): i32 {
  source = PNG;
  return startRgba(width, height, mayBeTransparent(), pngInShift());
}

/** Opens rows of the host's own as the source. */
export function jobStartPixels(width: i32, height: i32, hasAlpha: i32): i32 {
  source = PIXELS;
  return startRgba(width, height, hasAlpha != 0, 0);
}

/** Rows come `1 << shift` times smaller than the picture that the window is of. */
function startRgba(width: i32, height: i32, hasAlpha: bool, shift: i32): i32 {
  started = false;
  sourceDone = false;
  planChroma(RGB);
  let status = openRgbaPlanes(width, height, hasAlpha, shift);
  if (status == OK) status = openSink();
  started = status == OK;
  return status;
}

/** Takes one row of RGBA from the host. */
export function jobRow(at: usize): i32 {
  if (source != PIXELS || !started) return MISUSED;
  feedRgbaRow(at);
  return jobRun();
}

export function jobRun(): i32 {
  while (true) {
    if (started) {
      const made = drainSink();
      if (made != OK) return made;
      // Every row was fed, and yet rows are missing.
      if (sourceDone) return MISUSED;
    }
    const status = pull();
    if (status == DONE) sourceDone = true;
    else if (status != ROWS) return status;
    if (!started) return MISUSED;
  }
}

/** One step of the source. */
function pull(): i32 {
  if (source == JPEG) {
    const status = stepJpeg();
    if (status == ROWS) feedJpegRows();
    return status;
  }
  if (source != PNG) return OK;
  const status = pngInStep();
  if (status != OUTPUT) return status;
  feedRgbaRow(pngInRow());
  return ROWS;
}
