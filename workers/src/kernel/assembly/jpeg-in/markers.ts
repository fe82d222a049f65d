// The marker segments of a JPEG, read byte by byte as they arrive.
//
// `readMarkers` goes on until something needs the driver's attention: a frame header, a scan, the end.
// Segments that matter are collected into a buffer first, because they may be cut anywhere by a push.

import { alloc } from "../memory";
import { rawAt, rawEnd, skipRaw } from "./bits";
import { readQuantisers } from "./dequant";
import { componentCount, readFrame } from "./frame";
import { readTables } from "./huffman";
import { readScan } from "./scan";
import { readProfilePart } from "./profile";
import { DAMAGED, OK, UNSUPPORTED } from "../status";

/** Answers of `readMarkers`, besides OK (all bytes read) and errors. */
export const FRAME: i32 = 10;
export const SCAN: i32 = 11;
export const END: i32 = 12;

export const M_SOF0: i32 = 0xc0;
const M_SOF1: i32 = 0xc1;
const M_SOF2: i32 = 0xc2;
const M_DHT: i32 = 0xc4;
const M_JPG: i32 = 0xc8;
const M_DAC: i32 = 0xcc;
const M_SOF15: i32 = 0xcf;
export const M_RST0: i32 = 0xd0;
export const M_RST7: i32 = 0xd7;
const M_SOI: i32 = 0xd8;
export const M_EOI: i32 = 0xd9;
const M_SOS: i32 = 0xda;
const M_DQT: i32 = 0xdb;
const M_DNL: i32 = 0xdc;
const M_DRI: i32 = 0xdd;
const M_APP0: i32 = 0xe0;
const M_APP2: i32 = 0xe2;
const M_APP14: i32 = 0xee;
const M_TEM: i32 = 0x01;

// Where in the stream we are.
const START: i32 = 0;
const SEEK_FF: i32 = 1;
const MARKER: i32 = 2;
const LENGTH: i32 = 3;
const COLLECT: i32 = 4;
const PASS: i32 = 5;

let state: i32 = START;
let marker: i32 = 0;
let wanted: i32 = 0;
let collected: i32 = 0;
let buffer: usize = 0;

/** MCUs between restart markers; 0 for none. */
export let restartInterval: i32 = 0;
/** The Adobe marker's transform: -1 no marker, 0 none (RGB, CMYK), 1 YCbCr, 2 YCCK. */
export let adobeTransform: i32 = -1;
export let hasJfif: bool = false;

export function beginMarkers(): bool {
  state = START;
  restartInterval = 0;
  adobeTransform = -1;
  hasJfif = false;
  collected = 0;
  buffer = alloc(65536);
  return buffer != 0;
}

/** Goes on with a marker that the entropy-coded bytes ran into. */
export function resumeAt(met: i32): i32 {
  return begin(met);
}

function isFrame(m: i32): bool {
  return m >= M_SOF0 && m <= M_SOF15 && m != M_DHT && m != M_JPG && m != M_DAC;
}

/** What to do on meeting marker `met`. */
function begin(met: i32): i32 {
  marker = met;
  collected = 0;
  wanted = 2;
  if (met == M_EOI) {
    state = SEEK_FF;
    return END;
  }
  // Markers without a segment; stray restarts are passed over.
  if (met == M_SOI || met == M_TEM || met == 0 || (met >= M_RST0 && met <= M_RST7)) state = SEEK_FF;
  else state = LENGTH;
  return OK;
}

function isWanted(): bool {
  if (isFrame(marker) || marker == M_APP0 || marker == M_APP2 || marker == M_APP14) return true;
  return marker == M_DHT || marker == M_SOS || marker == M_DQT || marker == M_DRI || marker == M_DAC || marker == M_DNL;
}

/** Reads markers from the raw bytes. */
export function readMarkers(): i32 {
  while (rawAt < rawEnd) {
    const byte = <i32>load<u8>(rawAt);
    if (state == PASS || state == COLLECT) {
      const n = min(<i32>(rawEnd - rawAt), wanted - collected);
      if (state == COLLECT) memory.copy(buffer + collected, rawAt, n);
      skipRaw(n);
      collected += n;
      if (collected < wanted) return OK;
      const passed = state == PASS;
      state = SEEK_FF;
      const answer = passed ? OK : readSegment();
      if (answer != OK) return answer;
      continue;
    }
    skipRaw(1);
    if (state == LENGTH) {
      store<u8>(buffer + collected++, <u8>byte);
      if (collected < 2) continue;
      wanted = ((<i32>load<u8>(buffer) << 8) | load<u8>(buffer, 1)) - 2;
      if (wanted < 0) return DAMAGED;
      collected = 0;
      state = isWanted() ? COLLECT : PASS;
      if (wanted == 0) state = SEEK_FF;
    } else if (state == START) {
      // FF D8 and nothing else begins a JPEG.
      if (byte != (collected == 0 ? 0xff : M_SOI)) return DAMAGED;
      if (++collected == 2) state = SEEK_FF;
    } else if (state == SEEK_FF) {
      if (byte == 0xff) state = MARKER;
    } else if (byte != 0xff) {
      const answer = begin(byte);
      if (answer != OK) return answer;
    }
  }
  return OK;
}

/** A whole segment lies in `buffer`. */
function readSegment(): i32 {
  if (marker == M_DQT) return readQuantisers(buffer, wanted) ? OK : DAMAGED;
  if (marker == M_DHT) return readTables(buffer, wanted);
  if (marker == M_DRI) {
    if (wanted < 2) return DAMAGED;
    restartInterval = (<i32>load<u8>(buffer) << 8) | load<u8>(buffer, 1);
    return OK;
  }
  if (marker == M_SOS) {
    if (componentCount == 0) return DAMAGED;
    const status = readScan(buffer, wanted);
    return status == OK ? SCAN : status;
  }
  if (marker == M_APP0) {
    if (wanted >= 5 && load<u32>(buffer) == 0x4649464a) hasJfif = true; // "JFIF"
    return OK;
  }
  if (marker == M_APP14) {
    if (wanted >= 12 && load<u32>(buffer) == 0x626f6441) adobeTransform = load<u8>(buffer, 11); // "Adob"
    return OK;
  }
  if (marker == M_APP2) return readProfilePart(buffer, wanted);
  if (isFrame(marker)) return readSof();
  // DAC conditions arithmetic coding; DNL gives the height after the fact. Neither is seen in the wild.
  return marker == M_DAC ? UNSUPPORTED : OK;
}

function readSof(): i32 {
  // Lossless, hierarchical and arithmetic-coded frames; 12-bit samples; a height that only DNL tells.
  if (marker > M_SOF2) return UNSUPPORTED;
  if (componentCount != 0 || wanted < 6) return DAMAGED;
  if (load<u8>(buffer) != 8 || load<u16>(buffer, 1) == 0) return UNSUPPORTED;
  const status = readFrame(buffer, wanted, marker == M_SOF2);
  return status == OK ? FRAME : status;
}
