// Inflate (RFC 1950, 1951): as much as there is room for, and no byte more. Whoever holds the output decides the pace.
//
//   inflateOpen() once a job, inflateStart() at each stream
//   write bytes at inflateBuffer(), at most inflateRoom() of them, then inflatePush(how many); inflateEnd() after the last
//   inflateStep() until it says OK (push more) or DONE; at every OUTPUT inflateTake() bytes lie at inflateBytes()
//
// The check at the stream's end is not read: a PNG's chunks have their own.

import { DAMAGED, DONE, OK, OUTPUT } from "../status";
import { readTables } from "./header";
import {
  bitCount, bits, drop, ended, giveBack, inputEnd, openInput, overrun, readAt, refill, setInput, startInput,
} from "./input";
import { made, openOutput, outputEnd, setOutput, slide, startOutput, writeAt } from "./output";
import { BLOCK_END, readSymbols, SYMBOL_BYTES } from "./symbols";
import { buildFixed } from "./tables";

export { inflateBuffer, inflateEnd, inflatePush, inflateRoom } from "./input";
export { inflateBytes, inflateInto, inflateTake, inflateWaits } from "./output";

/** What the tables of a block take at most (14 + 19 * 3 + 316 * 14 bits). */
const HEADER_BYTES: usize = 640;
/** The attack: a stream of nothing but tables. Real blocks hold kilobytes. */
const FREE_BLOCKS: u64 = 4096;
const BYTES_A_BLOCK: u64 = 64;

const WRAPPER = 0, HEADER = 1, STORED = 2, SYMBOLS = 3, OVER = 4;

let state: i32 = WRAPPER;
let isLast: bool = false;
let storedLeft: u32 = 0;
/** The stream can't be read any further; what was made before can be taken. */
let failed: i32 = OK;
let blocks: u64 = 0;

/** False when the memory is not enough. */
export function inflateOpen(): i32 {
  return openInput() && openOutput() ? 1 : 0;
}

export function inflateStart(): void {
  startInput();
  startOutput();
  state = WRAPPER;
  isLast = false;
  failed = OK;
  blocks = 0;
}

/** OK: wants more bytes. OUTPUT: the room is full. DONE: the stream has ended. What was made so far can be taken at each, and at an error. */
export function inflateStep(): i32 {
  if (failed != OK) return failed;
  slide();
  const status = makeBytes();
  if (status < 0) failed = status;
  giveBack();
  return status;
}

function makeBytes(): i32 {
  const limit = outputEnd();
  while (state != OVER) {
    if (writeAt >= limit) return OUTPUT;
    const enough = state == HEADER ? HEADER_BYTES : state == STORED ? 1 : SYMBOL_BYTES;
    if (!ended && inputEnd - readAt < enough) return OK;
    const status = state == WRAPPER ? readWrapper() : state == HEADER ? readHeader() : state == STORED ? copyStored() : readSymbols();
    if (status < 0) return status;
    if (status == BLOCK_END) state = HEADER;
    if (overrun()) return DAMAGED;
  }
  return DONE;
}

/** RFC 1950, section 2.2. A dictionary of its own is nothing that a file could bring along. */
function readWrapper(): i32 {
  refill();
  const method = <u32>(bits & 255), flags = <u32>(bits >> 8) & 255;
  if ((method & 15) != 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 != 0 || flags & 32) return DAMAGED;
  drop(16);
  state = HEADER;
  return OK;
}

function readHeader(): i32 {
  if (isLast) {
    state = OVER;
    return OK;
  }
  if (++blocks > FREE_BLOCKS + made / BYTES_A_BLOCK) return DAMAGED;
  refill();
  isLast = (bits & 1) != 0;
  const kind = <u32>(bits >> 1) & 3;
  drop(3);
  if (kind == 3) return DAMAGED;
  if (kind == 0) return startStored();
  state = SYMBOLS;
  if (kind == 1) {
    buildFixed();
    return OK;
  }
  giveBack();
  // The byte that is partly used is read again, from its first unused bit.
  const start = bitCount > 0 ? readAt - 1 : readAt;
  const used = readTables(start, bitCount);
  if (used == 0) return DAMAGED;
  setInput(start + (used >> 3), 0, 0);
  refill();
  drop(<u32>used & 7);
  return OK;
}

function startStored(): i32 {
  // To the next whole byte (section 3.2.4).
  drop(bitCount & 7);
  refill();
  const length = <u32>bits & 0xffff, check = <u32>(bits >> 16) & 0xffff;
  if (length != (check ^ 0xffff)) return DAMAGED;
  drop(32);
  giveBack();
  storedLeft = length;
  state = length > 0 ? STORED : HEADER;
  return OK;
}

function copyStored(): i32 {
  const room = outputEnd() - writeAt;
  const count = min(min(<usize>storedLeft, inputEnd - readAt), room);
  if (count == 0) return DAMAGED;
  memory.copy(writeAt, readAt, count);
  setOutput(writeAt + count);
  setInput(readAt + count, bits, bitCount);
  storedLeft -= <u32>count;
  if (storedLeft == 0) state = HEADER;
  return OK;
}
