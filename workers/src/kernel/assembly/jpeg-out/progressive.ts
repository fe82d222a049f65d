// A progressive JPEG from held coefficients: the list of scans, each gone over twice, first to count
// its symbols and then to write them.

import { mustTake, putShort, flushBits } from "./bytes";
import { blockAt, openCoefficients } from "./coefficients";
import { buildTable, clearTables } from "./huffman";
import { putScan, putTable } from "./markers";
import { addBand, addDc, addDcBit, endBands, refineBand, startScan } from "./scans";
import { countTokens, dropTokens, hasTokenRoom, writeTokens } from "./tokens";

const ALL = 255;
/** Component (255 all), first and last coefficient, bits already sent above (0: none), bits left for later. */
const COLOUR_SCANS = memory.data<u8>([
  255, 0, 0, 0, 1,
  0, 1, 5, 0, 2,
  2, 1, 63, 0, 1,
  1, 1, 63, 0, 1,
  0, 6, 63, 0, 2,
  0, 1, 63, 2, 1,
  255, 0, 0, 1, 0,
  2, 1, 63, 1, 0,
  1, 1, 63, 1, 0,
  0, 1, 63, 1, 0,
]);
const GRAY_SCANS = memory.data<u8>([
  255, 0, 0, 0, 1,
  0, 1, 5, 0, 2,
  0, 6, 63, 0, 2,
  0, 1, 63, 2, 1,
  255, 0, 0, 1, 0,
  0, 1, 63, 1, 0,
]);
/** The most that one block, or the DC of one MCU, adds: symbols, correction bits, an end of run. */
const STEP_TOKENS: usize = 1024;

let components: i32 = 0, halving: i32 = 1;
let blocksAcross: i32 = 0, blocksDown: i32 = 0, mcusAcross: i32 = 0, mcusDown: i32 = 0;

let scan: i32 = 0, scans: i32 = 0;
let component: i32 = 0, from: i32 = 0, to: i32 = 0, sent: i32 = 0, low: i32 = 0;
let writing: bool = false;
/** Blocks or MCUs of the scan: how many across, how many in all, and the next. */
let across: i32 = 0, steps: i32 = 0, step: i32 = 0;
const dcBefore = memory.data(3 * 4, 4);

/** `w` and `h` in blocks of luma. False: no memory for the coefficients. */
export function openProgressive(count: i32, sampling: i32, w: i32, h: i32, mcusX: i32, mcusY: i32): bool {
  components = count;
  halving = sampling;
  blocksAcross = w;
  blocksDown = h;
  mcusAcross = mcusX;
  mcusDown = mcusY;
  scans = components == 1 ? 6 : 10;
  startPass(0, false);
  return openCoefficients(components, halving, mcusAcross, mcusDown);
}

/** False: the output must be taken, then call again. */
export function writeScans(): bool {
  while (scan < scans) {
    if (mustTake()) return false;
    if (!runPass()) return false;
    if (!writing) {
      countTokens();
      dropTokens();
      putScanHeader();
      startPass(scan, true);
    } else {
      if (!writeTokens()) return false;
      flushBits();
      startPass(scan + 1, false);
    }
  }
  return true;
}

function startPass(index: i32, toWrite: bool): void {
  scan = index;
  writing = toWrite;
  step = 0;
  if (scan == scans) return;
  const entry = (components == 1 ? GRAY_SCANS : COLOUR_SCANS) + scan * 5;
  component = load<u8>(entry);
  from = load<u8>(entry, 1);
  to = load<u8>(entry, 2);
  sent = load<u8>(entry, 3);
  low = load<u8>(entry, 4);
  // Scans of one component leave out the blocks that only fill up MCUs (A.2.2).
  const share = component > 0 ? halving : 1;
  across = component == ALL ? mcusAcross : (blocksAcross + share - 1) / share;
  steps = across * (component == ALL ? mcusDown : (blocksDown + share - 1) / share);
  memory.fill(dcBefore, 0, 12);
  if (!toWrite) clearTables();
  startScan();
}

/** Goes over the scan's blocks. False: stopped because output must be taken. */
function runPass(): bool {
  for (; step < steps; step++) {
    if (!hasTokenRoom(STEP_TOKENS, writing)) {
      if (writing) {
        if (!writeTokens()) return false;
      } else {
        countTokens();
        dropTokens();
      }
    }
    const x = step % across, y = step / across;
    if (component == ALL) addMcuDc(x, y);
    else if (sent == 0) addBand(blockAt(component, x, y), from, to, low, acTable());
    else refineBand(blockAt(component, x, y), from, to, low, acTable());
  }
  if (component != ALL && step == steps) {
    endBands(acTable());
    // Once only, though a full output may bring us here again.
    step++;
  }
  return true;
}

function acTable(): i32 {
  return component == 0 ? 1 : 3;
}

function addMcuDc(x: i32, y: i32): void {
  for (let c = 0; c < components; c++) {
    const each = c == 0 ? halving : 1;
    for (let by = 0; by < each; by++) {
      for (let bx = 0; bx < each; bx++) {
        const block = blockAt(c, x * each + bx, y * each + by);
        if (sent > 0) addDcBit(block, low);
        else {
          const at = dcBefore + (c << 2);
          store<i32>(at, addDc(block, low, load<i32>(at), c == 0 ? 0 : 2));
        }
      }
    }
  }
}

/** The tables that the scan uses, fitted to it, and its header. */
function putScanHeader(): void {
  if (component != ALL) {
    buildTable(acTable());
    putTable(acTable());
  } else if (sent == 0) {
    for (let table = 0; table < (components == 1 ? 1 : 3); table += 2) {
      buildTable(table);
      putTable(table);
    }
  }
  const first = component == ALL ? 0 : component;
  putScan(first, component == ALL ? components : 1, from, to, (sent << 4) | low);
}
