// Inflate (RFC 1950, 1951): as much as there is room for, and no byte more. Whoever holds the output decides the pace.
//
//   inflateOpen() once a job, inflateStart() at each stream
//   write bytes at inflateBuffer(), at most inflateRoom() of them, then inflatePush(how many); inflateEnd() after the last
//   inflateStep() until it says OK (push more) or DONE; at every OUTPUT inflateTake() bytes lie at inflateBytes()
//
// The check at the stream's end is not read: a PNG's chunks have their own.

import { alloc } from "../memory";
import { DAMAGED, DONE, OK, OUTPUT } from "../status";
import { readTables } from "./header";
import { copyMatch } from "./copy";
import {
  BASE, buildFixed, DISTANCE_BITS, DISTANCES, END, LITERAL, LITERAL_BITS, LITERALS, searchCode,
} from "./tables";

const INPUT: usize = 64 << 10;
/** The byte before the next one may have bits that are not used yet, so it is kept in front. */
const BEFORE: usize = 16;
/** Zeros behind the last byte: the bit buffer reads past it, and the end is seen by count. */
const PADDING: usize = 64;
const HISTORY: usize = 32 << 10;
const FRESH: usize = 64 << 10;
/** A match runs over the end by its length, and is copied by vectors. */
const OVERRUN: usize = 258 + 64;
/** What the tables of a block take at most (14 + 19 * 3 + 316 * 14 bits), and a symbol with its match. */
const HEADER_BYTES: usize = 640;
const SYMBOL_BYTES: usize = 16;
/** The attack: a stream of nothing but tables. Real blocks hold kilobytes. */
const FREE_BLOCKS: u64 = 4096;
const BYTES_A_BLOCK: u64 = 64;

const WRAPPER = 0, HEADER = 1, STORED = 2, SYMBOLS = 3, OVER = 4;

let input: usize = 0, readAt: usize = 0, inputEnd: usize = 0;
let ended: bool = false;
/** Bits not used yet, least significant first. `bitCount` may be more than 56 never. */
let bits: u64 = 0;
let bitCount: u32 = 0;

let output: usize = 0;
/** The next byte, the first not taken, and the first that a match may reach back to. */
let writeAt: usize = 0, takenTo: usize = 0, oldest: usize = 0;

let state: i32 = WRAPPER;
let isLast: bool = false;
let storedLeft: u32 = 0;
/** The stream can't be read any further; what was made before can be taken. */
let failed: i32 = OK;
let blocks: u64 = 0, made: u64 = 0;

/** False when the memory is not enough. */
export function inflateOpen(): i32 {
  input = alloc(BEFORE + INPUT + PADDING) + BEFORE;
  output = alloc(HISTORY + FRESH + OVERRUN);
  return input > BEFORE && output > 0 ? 1 : 0;
}

export function inflateStart(): void {
  readAt = input;
  inputEnd = input;
  ended = false;
  bits = 0;
  bitCount = 0;
  writeAt = output + HISTORY;
  takenTo = writeAt;
  oldest = writeAt;
  state = WRAPPER;
  isLast = false;
  failed = OK;
  blocks = 0;
  made = 0;
}

/** Where fresh bytes go. Moves what is left to the front. */
export function inflateBuffer(): usize {
  if (readAt > input) {
    const left = inputEnd - readAt;
    memory.copy(input - 1, readAt - 1, left + 1);
    readAt = input;
    inputEnd = input + left;
  }
  return inputEnd;
}

export function inflateRoom(): i32 {
  return <i32>(INPUT - (inputEnd - readAt));
}

export function inflatePush(bytes: i32): void {
  if (bytes > 0 && <usize>bytes <= input + INPUT - inputEnd) inputEnd += bytes;
}

/** No byte follows: what is at hand must do. */
export function inflateEnd(): void {
  ended = true;
  const at = inflateBuffer();
  memory.fill(at, 0, PADDING);
}

export function inflateBytes(): usize {
  return takenTo;
}

/** How many bytes lie there; they are the caller's until the next step. */
export function inflateTake(): i32 {
  const length = writeAt - takenTo;
  takenTo = writeAt;
  return <i32>length;
}

/** Bytes that are made and not taken. */
export function inflateWaits(): usize {
  return writeAt - takenTo;
}

/** Takes what fits into `room` bytes at `to`; answers how many. */
export function inflateInto(to: usize, room: usize): usize {
  const length = min(room, inflateWaits());
  memory.copy(to, takenTo, length);
  takenTo += length;
  return length;
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
  while (state != OVER) {
    const limit = output + HISTORY + FRESH;
    if (writeAt >= limit) return OUTPUT;
    const enough = state == HEADER ? HEADER_BYTES : state == STORED ? 1 : SYMBOL_BYTES;
    if (!ended && inputEnd - readAt < enough) return OK;
    const status = state == WRAPPER ? readWrapper() : state == HEADER ? readHeader() : state == STORED ? copyStored() : readSymbols();
    if (status < 0) return status;
    if (overrun()) return DAMAGED;
  }
  return DONE;
}

/** Keeps what matches may reach back to. */
function slide(): void {
  if (takenTo < writeAt || writeAt == output + HISTORY) return;
  const kept = min(writeAt - oldest, HISTORY);
  memory.copy(output + HISTORY - kept, writeAt - kept, kept);
  writeAt = output + HISTORY;
  takenTo = writeAt;
  oldest = writeAt - kept;
}

/** Whether bits were used that the stream does not have. */
function overrun(): bool {
  return ended && readAt - (bitCount >> 3) > inputEnd;
}

@inline
function refill(): void {
  bits |= load<u64>(readAt) << bitCount;
  readAt += (63 - bitCount) >> 3;
  bitCount |= 56;
}

@inline
function drop(count: u32): void {
  bits >>= count;
  bitCount -= count;
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
  if (bitCount > 0) readAt--;
  const used = readTables(readAt, bitCount);
  if (used == 0) return DAMAGED;
  readAt += used >> 3;
  bitCount = 0;
  bits = 0;
  refill();
  drop(<u32>used & 7);
  return OK;
}

/** Whole bytes go back to the input, so that between two steps 0 to 7 bits are all that is not there. */
function giveBack(): void {
  readAt -= bitCount >> 3;
  bitCount &= 7;
  bits &= (1 << bitCount) - 1;
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
  const room = output + HISTORY + FRESH - writeAt;
  const count = min(min(<usize>storedLeft, inputEnd - readAt), room);
  if (count == 0) return DAMAGED;
  memory.copy(writeAt, readAt, count);
  writeAt += count;
  readAt += count;
  made += count;
  storedLeft -= <u32>count;
  if (storedLeft == 0) state = HEADER;
  return OK;
}

/** Symbols until the block, the room or the input ends. */
function readSymbols(): i32 {
  const limit = output + HISTORY + FRESH;
  const start = writeAt;
  // With nothing to follow, zeros may be read behind the end: `overrun` finds out.
  const last = ended ? inputEnd + 8 : inputEnd - SYMBOL_BYTES;
  let buffer = bits, count = bitCount, from = readAt, to = writeAt;
  let status: i32 = OK;
  // Symbols made of bits that are not there are taken back.
  let sure = to;
  while (to < limit && from <= last) {
    if (ended) {
      if (from - (count >> 3) > inputEnd) break;
      sure = to;
    }
    buffer |= load<u64>(from) << count;
    from += (63 - count) >> 3;
    count |= 56;
    let entry = load<u32>(LITERALS + (<usize>(buffer & ((1 << LITERAL_BITS) - 1)) << 2));
    // Three short literals and their bits come from one refill.
    if ((entry & 0x30f) - 1 < 15 && (entry & 0x300) == LITERAL << 8) {
      store<u8>(to++, <u8>(entry >> 16));
      buffer >>= entry & 15;
      count -= entry & 15;
      entry = load<u32>(LITERALS + (<usize>(buffer & ((1 << LITERAL_BITS) - 1)) << 2));
      if ((entry & 15) != 0 && (entry & 0x300) == LITERAL << 8) {
        store<u8>(to++, <u8>(entry >> 16));
        buffer >>= entry & 15;
        count -= entry & 15;
        entry = load<u32>(LITERALS + (<usize>(buffer & ((1 << LITERAL_BITS) - 1)) << 2));
        if ((entry & 15) != 0 && (entry & 0x300) == LITERAL << 8) {
          store<u8>(to++, <u8>(entry >> 16));
          buffer >>= entry & 15;
          count -= entry & 15;
          continue;
        }
      }
      if (count < 48) continue;
    }
    if ((entry & 15) == 0) {
      entry = searchCode(LITERALS, LITERAL_BITS, buffer, false);
      if (entry == 0) { status = DAMAGED; break; }
    }
    buffer >>= entry & 15;
    count -= entry & 15;
    const kind = (entry >> 8) & 3;
    if (kind == LITERAL) {
      store<u8>(to++, <u8>(entry >> 16));
      continue;
    }
    if (kind == END) { state = HEADER; break; }
    if (kind != BASE) { status = DAMAGED; break; }
    let extra = (entry >> 4) & 15;
    const length = (entry >> 16) + (<u32>buffer & ((1 << extra) - 1));
    buffer >>= extra;
    count -= extra;

    entry = load<u32>(DISTANCES + (<usize>(buffer & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & 15) == 0) entry = searchCode(DISTANCES, DISTANCE_BITS, buffer, true);
    if (((entry >> 8) & 3) != BASE) { status = DAMAGED; break; }
    buffer >>= entry & 15;
    count -= entry & 15;
    extra = (entry >> 4) & 15;
    const distance = (entry >> 16) + (<u32>buffer & ((1 << extra) - 1));
    buffer >>= extra;
    count -= extra;
    if (distance > to - oldest) { status = DAMAGED; break; }
    copyMatch(to, distance, length);
    to += length;
  }
  if (ended && from - (count >> 3) > inputEnd) to = sure;
  made += to - start;
  bits = buffer;
  bitCount = count;
  readAt = from;
  writeAt = to;
  return status;
}
