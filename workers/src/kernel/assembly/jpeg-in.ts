// A JPEG, pushed in pieces, to rows of planes: the states between markers, scans and rows.
//
//   beginJpeg(); then for each piece feedJpeg(at, end) and stepJpeg() until it answers OK ("feed me")
//   HEADER   facts are known: look at the frame, then startJpeg(side, fineChroma)
//   ROWS     an MCU row of each plane lies at rowsAt(c): rowCount(c) rows; the next step overwrites them
//   DONE     no more rows
// Truncated and damaged pictures give what there was, with `damaged` set; only a header that can't be
// understood is an error.

import { endSegment, fillBits, forgetBits, allocBits, mcuAtHand, overrun } from "./jpeg-in-bits";
import { rawAt, rawEnd, segmentEnded, segmentMarker, setRaw, startSegment } from "./jpeg-in-bits";
import { fillSampleWeights, fillWeights, forgetQuantisers, hasQuantiser, SAMPLE_WEIGHTS_SIZE, WEIGHTS_SIZE } from "./jpeg-in-dequant";
import { allocSamples, component, componentCount, Component, forgetFrame, isComplete } from "./jpeg-in-frame";
import { mcusHigh, progressive, setScale } from "./jpeg-in-frame";
import { forgetTables } from "./jpeg-in-huffman";
import { beginMarkers, END, FRAME, M_RST0, M_RST7, readMarkers, restartInterval, resumeAt, SCAN } from "./jpeg-in-markers";
import { forgetProfile } from "./jpeg-in-profile";
import { allocBlocks, decodeDc, renderBlockRow } from "./jpeg-in-progressive";
import { decodeFirstAc, decodeRefiningAc, endOfBandReset } from "./jpeg-in-progressive-ac";
import { approxHigh, approxLow, member, memberCount, placeRow, prepareScan, resetPredictions, scanMcusHigh, scanMcusWide, spectralEnd, spectralStart } from "./jpeg-in-scan";
import { blankMcus, decodeMcus } from "./jpeg-in-sequential";
import { alloc } from "./memory";
import { DAMAGED, DONE, MISUSED, OK, TOO_LARGE, TRUNCATED } from "./status";

export const HEADER: i32 = 3;
export const ROWS: i32 = 4;

/** Honest progressive files have about ten scans, squeezed ones a few dozen; a bomb has a thousand. */
const MAX_SCANS: i32 = 128;
const ENDLESS: i32 = i32.MAX_VALUE;

// What the next step does.
const MARKERS: i32 = 0;
const START: i32 = 1;
const DECODE: i32 = 2;
const RESTART: i32 = 3;
const AFTER_SCAN: i32 = 4;
const EMIT: i32 = 5;
const FINISHED: i32 = 6;

let state: i32 = MARKERS;
let inputEnded: bool = false;
let scanCount: i32 = 0;
/** All components in one sequential scan: rows come out as they are decoded, nothing is kept. */
let streaming: bool = false;

let mcuX: i32 = 0;
let mcuY: i32 = 0;
let restartLeft: i32 = ENDLESS;
let restartIndex: i32 = 0;
/** MCUs whose bits are lost. */
let lostMcus: i32 = 0;
/** The MCU row that ROWS speaks of. */
let emitted: i32 = -1;

export let damaged: bool = false;

export function beginJpeg(): bool {
  state = MARKERS;
  inputEnded = false;
  scanCount = 0;
  streaming = false;
  emitted = -1;
  damaged = false;
  forgetFrame();
  forgetTables();
  forgetQuantisers();
  forgetProfile();
  setRaw(0, 0);
  return beginMarkers() && allocBits();
}

/** Hands over raw bytes; they must stay in place until a step answers OK. */
export function feedJpeg(at: usize, end: usize): void {
  setRaw(at, end);
}

/** There will be no more bytes. */
export function endJpegInput(): void {
  inputEnded = true;
}

/** Fixes the scale (samples per block side: 1, 2, 4, 8) and takes the memory for it. */
export function startJpeg(side: i32, fineChroma: bool): i32 {
  if (state != START) return MISUSED;
  setScale(side, fineChroma);
  streaming = !progressive && memberCount == componentCount;
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    c.weights = alloc(WEIGHTS_SIZE);
    c.sampleWeights = alloc(SAMPLE_WEIGHTS_SIZE);
    if (c.weights == 0 || c.sampleWeights == 0) return TOO_LARGE;
  }
  const status = allocSamples(!streaming && !progressive);
  if (status != OK) return status;
  if (progressive && !allocBlocks()) return TOO_LARGE;
  for (let i = 0; i < componentCount; i++) component(i).weighed = 0;
  return startScan();
}

function startScan(): i32 {
  if (++scanCount > MAX_SCANS) return TOO_LARGE;
  for (let i = 0; i < memberCount; i++) {
    const c = member(i);
    if (c.weighed) continue;
    if (!hasQuantiser(c.quantTable)) return DAMAGED;
    fillWeights(c);
    if (c.side == 2) fillSampleWeights(c);
    c.weighed = 1;
  }
  const status = prepareScan();
  if (status != OK) return status;
  startSegment();
  resetPredictions();
  endOfBandReset();
  mcuX = 0;
  mcuY = 0;
  lostMcus = 0;
  restartIndex = 0;
  restartLeft = restartInterval ? restartInterval : ENDLESS;
  if (!progressive) placeRow(0);
  // At 1/8 only DC is wanted: the AC scans of a progressive picture are passed over unread.
  state = DECODE;
  if (progressive && spectralStart > 0 && member(0).side == 1) endScan();
  return OK;
}

export function stepJpeg(): i32 {
  while (true) {
    let answer: i32;
    if (state == MARKERS) answer = stepMarkers();
    else if (state == DECODE) answer = stepDecode();
    else if (state == RESTART) answer = stepRestart();
    else if (state == AFTER_SCAN) answer = stepAfterScan();
    else if (state == EMIT) answer = stepEmit();
    else return state == FINISHED ? DONE : MISUSED;
    if (answer != AGAIN) return answer;
  }
}

/** A step's answer when another state should go on. */
const AGAIN: i32 = 99;

function stepMarkers(): i32 {
  const answer = readMarkers();
  if (answer == FRAME) return AGAIN;
  if (answer == SCAN) {
    if (scanCount == 0) {
      state = START;
      return HEADER;
    }
    const status = streaming ? OK : startScan();
    return status == OK ? AGAIN : giveUp(status);
  }
  if (answer == END) return scanCount == 0 ? TRUNCATED : finishInput();
  if (answer != OK) return giveUp(answer);
  if (!inputEnded) return OK;
  if (scanCount == 0) return TRUNCATED;
  return finishEarly();
}

/** Something can't be read: an error when nothing was, otherwise the end of what there is. */
function giveUp(status: i32): i32 {
  if (scanCount <= 1 || status == TOO_LARGE) return status;
  damaged = true;
  return finishInput();
}

function finishInput(): i32 {
  state = EMIT;
  return AGAIN;
}

/** The input ended without saying so: nothing is lost if all scans had come. */
function finishEarly(): i32 {
  if (!isComplete()) damaged = true;
  return finishInput();
}

function stepDecode(): i32 {
  fillBits();
  if (!mcuAtHand()) {
    if (!inputEnded) return OK;
    endSegment(0);
  }
  let run = min(scanMcusWide - mcuX, restartLeft);
  if (lostMcus > 0 || overrun()) {
    damaged = true;
    if (lostMcus > 0) {
      run = min(run, lostMcus);
      lostMcus -= run;
    }
    if (!progressive) blankMcus(mcuX, run);
  } else {
    run = progressive ? decodeProgressive(run) : decodeMcus(mcuX, run);
  }
  mcuX += run;
  if (restartLeft != ENDLESS) restartLeft -= run;
  const rowDone = mcuX == scanMcusWide;
  if (rowDone) {
    mcuX = 0;
    mcuY++;
    if (!progressive && !streaming) placeRow(mcuY);
  }
  if (mcuY == scanMcusHigh) endScan();
  else if (restartLeft == 0) state = RESTART;
  if (!rowDone || !streaming) return AGAIN;
  emitted++;
  return ROWS;
}

function endScan(): void {
  state = streaming ? FINISHED : AFTER_SCAN;
  if (progressive && approxLow != 0) return;
  const band = progressive ? (~(<u64>0) >> (63 - spectralEnd)) & (~(<u64>0) << spectralStart) : ~(<u64>0);
  for (let i = 0; i < memberCount; i++) member(i).complete |= band;
}

function decodeProgressive(count: i32): i32 {
  if (spectralStart == 0) return decodeDc(mcuX, mcuY, count);
  const c = member(0);
  return approxHigh == 0 ? decodeFirstAc(c, mcuX, mcuY, count) : decodeRefiningAc(c, mcuX, mcuY, count);
}

/** Passes over entropy-coded bytes to the next marker: true when there, false when bytes are wanting. */
function seekMarker(): bool {
  while (!segmentEnded) {
    forgetBits();
    fillBits();
    if (segmentEnded) break;
    if (rawAt < rawEnd) continue;
    if (!inputEnded) return false;
    endSegment(0);
  }
  return true;
}

function stepRestart(): i32 {
  if (!seekMarker()) return OK;
  state = DECODE;
  const met = segmentMarker;
  if (met < M_RST0 || met > M_RST7) {
    // The scan is cut short.
    lostMcus = ENDLESS;
    restartLeft = ENDLESS;
    return AGAIN;
  }
  // A marker one or two ahead of its time means that as many intervals are lost; any other is taken as it is.
  let ahead = (met - M_RST0 - restartIndex) & 7;
  if (ahead > 2) ahead = 0;
  restartIndex += 1 + ahead;
  lostMcus = ahead * restartInterval;
  restartLeft = restartInterval + lostMcus;
  startSegment();
  resetPredictions();
  endOfBandReset();
  return AGAIN;
}

function stepAfterScan(): i32 {
  if (!seekMarker()) return OK;
  const met = segmentMarker;
  if (met >= M_RST0 && met <= M_RST7) {
    startSegment();
    return AGAIN;
  }
  if (met == 0) return finishEarly();
  state = MARKERS;
  const answer = resumeAt(met);
  return answer == END ? finishInput() : AGAIN;
}

function stepEmit(): i32 {
  if (streaming || ++emitted >= mcusHigh) {
    state = FINISHED;
    return DONE;
  }
  if (progressive) for (let i = 0; i < componentCount; i++) renderBlockRow(component(i), emitted);
  return ROWS;
}

/** Where the current rows of a plane begin. */
export function rowsAt(c: Component): usize {
  return streaming || progressive ? c.samples : c.samples + <usize>emitted * c.v * c.side * c.stride;
}

/** How many of them there are: less at the bottom. */
export function rowCount(c: Component): i32 {
  const rows = c.v * c.side;
  return max(0, min(rows, c.height - emitted * rows));
}
