// The blocks of a GIF: a screen, then extensions and images, each in sub-blocks, then a trailer (GIF89a, sections 18 to 27).
import { ascii, startsWith } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { word } from "../bytes/numbers.ts";
import type { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";

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

const descriptorBytes = 9;

/** What begins next, with memory of its own. */
export function* readBlock(
  reader: ByteReader,
): Reading<Descriptor | Extension | { readonly kind: "trailer" }> {
  const block = yield* reader.byte();
  if (block === gifBlocks.trailer) return { kind: "trailer" };
  if (block === gifBlocks.image) return descriptorOf(yield* reader.keep(descriptorBytes));
  if (block !== gifBlocks.extension) throw new Damage("it holds a block of no known kind");
  const label = yield* reader.byte();
  return { kind: "extension", label, body: yield* reader.keep(yield* reader.byte()) };
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

/** Of the body of a control extension. */
export function controlOf(body: Uint8Array): Control {
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
    const length = yield* reader.byte();
    if (length === 0) return plays;
    const block = yield* reader.take(length);
    if (length !== 3 || block[0] !== 1) continue;
    const repeats = word(block, 1);
    plays = repeats === 0 ? 0 : repeats + 1;
    found?.(block);
  }
}

/** Through a run of sub-blocks to its end, as many at once as are at hand; `pass` gets them as they lie there. */
export function* passSubBlocks(
  reader: ByteReader,
  count: PieceCount,
  pass?: (bytes: Uint8Array) => void,
): Reading<void> {
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
    if (isOver) return;
    yield* reader.need(1);
    yield* reader.need(1 + reader.at(0));
  }
}
