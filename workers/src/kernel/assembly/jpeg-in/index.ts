// A JPEG, pushed in pieces, to rows of planes: the states between markers, scans and rows.
//
//   beginJpeg(); then for each piece feedJpeg(at, end) and stepJpeg() until it answers OK ("feed me")
//   HEADER   facts are known: look at the frame, then startJpeg(side)
//   ROWS     an MCU row of each plane lies at rowsAt(c): rowCount(c) rows; the next step overwrites them
//   DONE     no more rows
// Truncated and damaged pictures give what there was, with jpegDamaged() set; only a header that can't be
// understood is an error.

import { allocBits, segmentMarker, setRaw, startSegment } from "./bits";
import { fillSampleWeights, fillWeights, forgetQuantisers, hasQuantiser } from "./dequant";
import { SAMPLE_WEIGHTS_SIZE, WEIGHTS_SIZE } from "./dequant";
import { allocSamples, component, componentCount, Component, forgetFrame, isComplete } from "./frame";
import { mcusHigh, progressive, setScale } from "./frame";
import { forgetTables } from "./huffman";
import { beginMarkers, END, FRAME, M_RST0, M_RST7, readMarkers, resumeAt, SCAN } from "./markers";
import { forgetProfile } from "./profile";
import { allocBlocks, renderBlockRow } from "./progressive";
import { approxLow, member, memberCount, prepareScan, spectralEnd, spectralStart } from "./scan";
import { forgetBlock } from "./sequential";
import { beginWalks, bitsLost, endInput, inputEnded, NO_ROW, ROW_DONE, SCAN_DONE, seekMarker, startWalk, walkScan } from "./walk";
import { alloc } from "../memory";
import { DAMAGED, DONE, MISUSED, OK, TOO_LARGE, TRUNCATED } from "../status";

export const HEADER: i32 = 3;
export const ROWS: i32 = 4;
/** A step's answer when another state should go on. */
const AGAIN: i32 = 99;

/** Honest progressive files have about ten scans, squeezed ones a few dozen; a bomb has a thousand. */
const MAX_SCANS: i32 = 128;

// What the next step does.
const MARKERS: i32 = 0;
const START: i32 = 1;
const WALK: i32 = 2;
const AFTER_SCAN: i32 = 3;
const EMIT: i32 = 4;
const FINISHED: i32 = 5;

let state: i32 = MARKERS;
let scanCount: i32 = 0;
/** All components in one sequential scan: rows come out as they are decoded, nothing is kept. */
let streaming: bool = false;
/** The MCU row that ROWS speaks of. */
let emitted: i32 = -1;
/** The file ends or breaks off before its scans are complete. */
let cutShort: bool = false;
/** The running scan is passed over. */
let isUnread: bool = false;

export function beginJpeg(): bool {
  state = MARKERS;
  scanCount = 0;
  streaming = false;
  emitted = -1;
  cutShort = false;
  isUnread = false;
  beginWalks();
  forgetFrame();
  forgetTables();
  forgetBlock();
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
  endInput();
}

/** Whether the picture shows that something was missing. */
export function jpegDamaged(): bool {
  return cutShort || bitsLost;
}

/** Fixes the scale (samples per block side: 1, 2, 4, 8) and takes the memory for it. */
export function startJpeg(side: i32): i32 {
  if (state != START) return MISUSED;
  setScale(side);
  streaming = !progressive && memberCount == componentCount;
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    c.weighed = 0;
    c.weights = alloc(WEIGHTS_SIZE);
    c.sampleWeights = alloc(SAMPLE_WEIGHTS_SIZE);
    if (c.weights == 0 || c.sampleWeights == 0) return TOO_LARGE;
  }
  const status = allocSamples(!streaming && !progressive);
  if (status != OK) return status;
  if (progressive && !allocBlocks()) return TOO_LARGE;
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
  startWalk(!streaming && !progressive, scanCount == 1);
  state = WALK;
  // At 1/8 only DC is wanted: the AC scans of a progressive picture are passed over unread.
  isUnread = progressive && spectralStart > 0 && member(0).side == 1;
  if (isUnread) endScan();
  return OK;
}

function endScan(): void {
  state = streaming ? FINISHED : AFTER_SCAN;
  if (progressive && approxLow != 0) return;
  const band = progressive ? (~(<u64>0) >> (63 - spectralEnd)) & (~(<u64>0) << spectralStart) : ~(<u64>0);
  for (let i = 0; i < memberCount; i++) member(i).complete |= band;
}

export function stepJpeg(): i32 {
  while (true) {
    let answer: i32;
    if (state == MARKERS) answer = stepMarkers();
    else if (state == WALK) answer = stepWalk();
    else if (state == AFTER_SCAN) answer = stepAfterScan();
    else if (state == EMIT) answer = stepEmit();
    else return state == FINISHED ? DONE : MISUSED;
    if (answer != AGAIN) return answer;
  }
}

function stepMarkers(): i32 {
  const answer = readMarkers();
  if (answer == FRAME) return AGAIN;
  if (answer == SCAN) {
    if (scanCount == 0) {
      state = START;
      return HEADER;
    }
    const status = startScan();
    return status == OK ? AGAIN : giveUp(status);
  }
  if (answer == END) return scanCount == 0 ? TRUNCATED : finishInput();
  if (answer != OK) return giveUp(answer);
  if (!inputEnded) return OK;
  return scanCount == 0 ? TRUNCATED : finishEarly();
}

/** Something can't be read: an error when nothing was, otherwise the end of what there is. */
function giveUp(status: i32): i32 {
  if (scanCount <= 1 || status == TOO_LARGE) return status;
  cutShort = true;
  return finishInput();
}

/** The input ended without saying so: nothing is lost if all scans had come. Of one that nobody reads nobody can tell. */
function finishEarly(): i32 {
  if (isUnread || !isComplete()) cutShort = true;
  return finishInput();
}

function finishInput(): i32 {
  state = EMIT;
  return AGAIN;
}

function stepWalk(): i32 {
  const answer = walkScan();
  if (answer == ROW_DONE) {
    if (!streaming) return AGAIN;
    emitted++;
    return ROWS;
  }
  if (answer == NO_ROW) return TRUNCATED;
  if (answer != SCAN_DONE) return OK;
  endScan();
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
  return resumeAt(met) == END ? finishInput() : AGAIN;
}

/** Rows of what was kept. */
function stepEmit(): i32 {
  if (++emitted >= mcusHigh) {
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
