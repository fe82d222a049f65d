// The blocks of a GIF: a screen, then extensions and images, each in sub-blocks, then a trailer (GIF89a, sections 18 to 27).
import { ascii, startsWith } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { word } from "../bytes/numbers.ts";
import type { PieceCount } from "../bytes/pieces.ts";

export const gifBlocks = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;
export const gifLabels = { plainText: 0x01, control: 0xf9, comment: 0xfe, application: 0xff } as const;

/** With the signature in front of it. */
export const screenBytes = 13;

export const isGif = (file: Uint8Array): boolean => startsWith(file, "GIF87a") || startsWith(file, "GIF89a");

export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Of the colour table behind it, three for each colour. */
  readonly paletteBytes: number;
}

export function screenOf(bytes: Uint8Array): Screen {
  return { width: word(bytes, 6), height: word(bytes, 8), paletteBytes: paletteBytes(bytes[10] ?? 0) };
}

/** Bytes of the colour table that a packed field announces. */
const paletteBytes = (packed: number) => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** Where an image lies; its colour table comes next, then a byte of code size, then sub-blocks. */
export interface Descriptor {
  readonly kind: "image";
  /** As they stand in the file. */
  readonly bytes: Uint8Array;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isInterlaced: boolean;
  readonly paletteBytes: number;
}

/** Its first sub-block is the body; others follow unless that is empty. */
export interface Extension {
  readonly kind: "extension";
  readonly label: number;
  readonly body: Uint8Array;
}

/** No blocks follow; it was cut off where it stops inside one. */
interface End {
  readonly kind: "end";
  readonly isCut: boolean;
}

const descriptorBytes = 9;

/**
 * What begins next, with memory of its own. The file is over at its trailer, and as browsers have it at the first byte that begins no
 * block, or where it just stops.
 */
export function* readBlock(reader: ByteReader): Reading<Descriptor | Extension | End> {
  const [block] = yield* reader.takeUpTo(1);
  if (block === gifBlocks.image) {
    const bytes = yield* reader.takeUpTo(descriptorBytes);
    return bytes.length < descriptorBytes ? { kind: "end", isCut: true } : descriptorOf(bytes.slice());
  }
  if (block !== gifBlocks.extension) return { kind: "end", isCut: false };
  const head = yield* reader.takeUpTo(2);
  const [label, length] = head;
  if (label === undefined || length === undefined) return { kind: "end", isCut: true };
  const body = yield* reader.takeUpTo(length);
  if (body.length === length) return { kind: "extension", label, body: body.slice() };
  // Behind a control block there was to be a picture; a comment hides none.
  return { kind: "end", isCut: label === gifLabels.control };
}

function descriptorOf(bytes: Uint8Array): Descriptor {
  const packed = bytes[8] ?? 0;
  return {
    kind: "image",
    bytes,
    x: word(bytes, 0),
    y: word(bytes, 2),
    width: word(bytes, 4),
    height: word(bytes, 6),
    isInterlaced: (packed & 0x40) !== 0,
    paletteBytes: paletteBytes(packed),
  };
}

/** Colour table and code size of an image, in memory of their own; null where the file stops before the first of its codes. */
export function* readImageHead(
  reader: ByteReader,
  { paletteBytes }: Descriptor,
): Reading<Uint8Array<ArrayBuffer> | null> {
  const head = Uint8Array.from(yield* reader.takeUpTo(paletteBytes + 1));
  const [length, code] = yield* reader.peek(2);
  const hasCodes = length === 0 || code !== undefined;
  return head.length > paletteBytes && hasCodes ? head : null;
}

/** How the next image is shown. */
export interface Control {
  readonly delayMs: number;
  /** What happens to its box before the next frame. */
  readonly disposal: "keep" | "clear" | "restore";
  /** -1 when no index is see-through. */
  readonly transparentIndex: number;
}

const disposals = ["keep", "keep", "clear", "restore"] as const;
export const noControl: Control = { delayMs: 0, disposal: "keep", transparentIndex: -1 };

export const controlBytes = 4;

/** Of the body of a control extension; one that is too short says nothing. */
export function controlOf(body: Uint8Array): Control {
  if (body.length < controlBytes) return noControl;
  const flags = body[0] ?? 0;
  return {
    delayMs: word(body, 1) * 10,
    disposal: disposals[(flags >> 2) & 7] ?? "keep",
    transparentIndex: flags & 1 ? (body[3] ?? 0) : -1,
  };
}

/** Netscape's application extension, and a later name for it. */
export function isLoop({ label, body }: Extension): boolean {
  const name = ascii(body, 0, 11);
  return label === gifLabels.application && (name === "NETSCAPE2.0" || name === "ANIMEXTS1.0");
}

/**
 * Through the sub-blocks of a loop extension; how often the file plays by the last of them, null where none says it. The file
 * counts repeats: 0 is endless, n means n more rounds. Answers rounds, as browsers play them. `found` gets each that says it.
 */
export function* readPlays(
  reader: ByteReader,
  count: PieceCount,
  found?: (block: Uint8Array) => void,
): Reading<number | null> {
  let plays: number | null = null;
  for (;;) {
    count.piece();
    const [length = 0] = yield* reader.takeUpTo(1);
    if (length === 0) return plays;
    const block = yield* reader.takeUpTo(length);
    if (block.length !== 3 || block[0] !== 1) continue;
    const repeats = word(block, 1);
    plays = repeats === 0 ? 0 : repeats + 1;
    found?.(block);
  }
}

/**
 * Through a run of sub-blocks to its end, as many at once as are at hand; `pass` gets them as they lie there. False where the file stops
 * before: then what is there of the last one was passed as a shorter one, and the end of the run.
 */
export function* passSubBlocks(
  reader: ByteReader,
  count: PieceCount,
  pass?: (bytes: Uint8Array) => void,
): Reading<boolean> {
  for (;;) {
    let whole = 0;
    let isOver = false;
    while (!isOver && whole < reader.left) {
      const length = reader.at(whole);
      if (whole + length >= reader.left) break;
      whole += length + 1;
      count.subBlock();
      isOver = length === 0;
    }
    if (whole > 0) {
      const run = reader.now(whole);
      pass?.(run);
    }
    if (isOver) return true;
    const [length = 0] = yield* reader.peek(1);
    const block = yield* reader.peek(1 + length);
    if (block.length > length) continue;
    const rest = Uint8Array.from(reader.now(block.length));
    if (rest.length > 1) pass?.(Uint8Array.of(rest.length - 1, ...rest.subarray(1)));
    pass?.(Uint8Array.of(0));
    return false;
  }
}
