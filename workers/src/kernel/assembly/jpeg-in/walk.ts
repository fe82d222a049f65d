// The walk through a scan: MCU by MCU along the rows, over restart markers, and past what is lost.

import { endSegment, fillBits, forgetBits, mcuAtHand, overrun, rawAt, rawEnd } from "./bits";
import { segmentEnded, segmentMarker, startSegment } from "./bits";
import { progressive } from "./frame";
import { M_EOI, M_RST0, M_RST7, M_SOF0, restartInterval } from "./markers";
import { decodeDc } from "./progressive";
import { decodeFirstAc, decodeRefiningAc, endOfBandReset } from "./progressive-ac";
import { approxHigh, member, placeRow, resetPredictions, scanMcusHigh, scanMcusWide, spectralStart } from "./scan";
import { blankMcus, decodeMcus } from "./sequential";

/** Answers of `walkScan`: it wants bytes, it has finished a row, it has finished the scan, the first scan has no whole row. */
export const WANTS_BYTES: i32 = 0;
export const ROW_DONE: i32 = 1;
export const SCAN_DONE: i32 = 2;
export const NO_ROW: i32 = 3;

const ENDLESS: i32 = i32.MAX_VALUE;

let mcuX: i32 = 0;
let mcuY: i32 = 0;
let restartLeft: i32 = ENDLESS;
let restartIndex: i32 = 0;
/** MCUs whose bits are lost. */
let lostMcus: i32 = 0;
/** Bits are lost because the picture ends here, not because an interval of it does. */
let hasEndedEarly: bool = false;
/** Samples are kept in whole planes, so rows have places of their own. */
let wholePlanes: bool = false;
/** A later scan that is cut off takes nothing away from what there is. */
let isFirst: bool = false;

/** There will be no more bytes. */
export let inputEnded: bool = false;
/** Bits were missing. */
export let bitsLost: bool = false;

export function beginWalks(): void {
  inputEnded = false;
  bitsLost = false;
}

export function endInput(): void {
  inputEnded = true;
}

/** Begins the scan that is prepared. */
export function startWalk(keepsPlanes: bool, isFirstScan: bool): void {
  isFirst = isFirstScan;
  wholePlanes = keepsPlanes;
  mcuX = 0;
  mcuY = 0;
  lostMcus = 0;
  hasEndedEarly = false;
  restartIndex = 0;
  restartLeft = restartInterval ? restartInterval : ENDLESS;
  startInterval();
  if (!progressive) placeRow(0);
}

/** The decoder forgets: at the start of a scan and after each restart marker. */
function startInterval(): void {
  startSegment();
  resetPredictions();
  endOfBandReset();
}

export function walkScan(): i32 {
  while (mcuY < scanMcusHigh) {
    if (restartLeft == 0 && !passRestart()) return WANTS_BYTES;
    fillBits();
    if (!mcuAtHand()) {
      if (!inputEnded) return WANTS_BYTES;
      endSegment(0);
    }
    const wanted = min(scanMcusWide - mcuX, restartLeft);
    const run = lostMcus > 0 || overrun() ? passLost(wanted) : decode(wanted);
    mcuX += run;
    if (restartLeft != ENDLESS) restartLeft -= run;
    if (mcuX < scanMcusWide) continue;
    mcuX = 0;
    if (mcuY++ == 0 && isFirst && hasEndedEarly) return NO_ROW;
    if (wholePlanes) placeRow(mcuY);
    return ROW_DONE;
  }
  return SCAN_DONE;
}

function decode(count: i32): i32 {
  if (!progressive) return decodeMcus(mcuX, count);
  if (spectralStart == 0) return decodeDc(mcuX, mcuY, count);
  const c = member(0);
  return approxHigh == 0 ? decodeFirstAc(c, mcuX, mcuY, count) : decodeRefiningAc(c, mcuX, mcuY, count);
}

/** Grey for MCUs without bits; of a progressive picture, what earlier scans said. */
function passLost(count: i32): i32 {
  bitsLost = true;
  if (segmentMarker == 0 || segmentMarker == M_EOI) hasEndedEarly = true;
  let run = count;
  if (lostMcus > 0) {
    run = min(run, lostMcus);
    lostMcus -= run;
  }
  if (!progressive) blankMcus(mcuX, run);
  return run;
}

/**
 * Goes over a restart marker; false when bytes are wanting. What stands there instead is taken as libjpeg takes it (jpeg_resync_to_restart),
 * so that a stray byte costs an interval and not all that follows.
 */
function passRestart(): bool {
  let ahead = 0;
  while (true) {
    if (!seekMarker()) return false;
    const met = segmentMarker;
    const isRestart = met >= M_RST0 && met <= M_RST7;
    ahead = (met - M_RST0 - restartIndex) & 7;
    // No marker at all, or a restart of long ago: the next one may be right.
    if (isRestart ? ahead >= 6 : met > 0 && met < M_SOF0) {
      bitsLost = true;
      startSegment();
      continue;
    }
    if (isRestart) break;
    // The scan is cut short.
    lostMcus = ENDLESS;
    restartLeft = ENDLESS;
    return true;
  }
  // One or two ahead of its time: as many intervals are lost. Any other is taken as it is.
  if (ahead > 2) ahead = 0;
  restartIndex += 1 + ahead;
  lostMcus = ahead * restartInterval;
  restartLeft = restartInterval + lostMcus;
  startInterval();
  return true;
}

/** Passes over entropy-coded bytes to the next marker; false when bytes are wanting. */
export function seekMarker(): bool {
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
