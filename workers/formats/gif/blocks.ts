// The block structure of a GIF file, without its pixels: colours, loop count, where each frame's codes lie.
// GIF89a specification, sections 18 to 27; the loop count is Netscape's application extension.
import { type Outcome, refuse } from "../damage.ts";

/** Where a colour table lies: `count` entries of three bytes. */
export interface ColourTable {
  readonly at: number;
  readonly count: number;
}

/** Its size is no more than a hint: see the facts. */
export interface GifScreen {
  readonly colours: ColourTable | null;
  readonly firstBlockAt: number;
}

export interface GifFrame {
  readonly kind: "frame";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly delayMs: number;
  /** What happens to its box before the next frame. */
  readonly disposal: "keep" | "clear" | "restore";
  /** -1 when no index is see-through. */
  readonly transparentIndex: number;
  readonly colours: ColourTable | null;
  readonly isInterlaced: boolean;
  readonly minimumCodeSize: number;
  /** Where its first sub-block of LZW codes starts. */
  readonly codesAt: number;
}

export type GifBlock = GifFrame | { readonly kind: "plays"; readonly plays: number };

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const disposals = ["keep", "keep", "clear", "restore"] as const;

export function readScreen(bytes: Uint8Array): Outcome<GifScreen> {
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  if (magic !== "GIF87a" && magic !== "GIF89a") return refuse("damaged", "it is no GIF file");
  if (bytes.length < 13) return refuse("truncated", "it ends inside its header");
  const colours = tableAt(bytes[10] ?? 0, 13);
  return { ok: true, value: { colours, firstBlockAt: endOf(colours, 13) } };
}

/**
 * The blocks in order, each read when asked for. A file that stops between two blocks counts as ended, because many
 * writers leave out the trailer; one that stops inside a block is truncated.
 */
export function* readBlocks(bytes: Uint8Array, screen: GifScreen): Generator<Outcome<GifBlock>, void> {
  let at = screen.firstBlockAt;
  let control = noControl;
  while (at < bytes.length && bytes[at] !== TRAILER) {
    if (bytes[at] === EXTENSION) {
      const label = bytes[at + 1] ?? 0;
      const end = skipSubBlocks(bytes, at + 2);
      if (end === -1) return yield refuse("truncated", "it ends inside an extension");
      if (label === 0xf9) control = readControl(bytes, at + 3);
      const plays = label === 0xff ? readPlays(bytes, at + 2) : null;
      if (plays !== null) yield { ok: true, value: { kind: "plays", plays } };
      at = end;
    } else if (bytes[at] === IMAGE) {
      const colours = tableAt(bytes[at + 9] ?? 0, at + 10);
      const codeSizeAt = endOf(colours, at + 10);
      const end = skipSubBlocks(bytes, codeSizeAt + 1);
      if (end === -1) return yield refuse("truncated", "it ends inside a frame");
      const frame = {
        kind: "frame",
        x: word(bytes, at + 1),
        y: word(bytes, at + 3),
        width: word(bytes, at + 5),
        height: word(bytes, at + 7),
        ...control,
        colours,
        isInterlaced: ((bytes[at + 9] ?? 0) & 0x40) !== 0,
        minimumCodeSize: bytes[codeSizeAt] ?? 0,
        codesAt: codeSizeAt + 1,
      } as const;
      yield { ok: true, value: frame };
      control = noControl;
      at = end;
    } else {
      return yield refuse("damaged", "it holds an unknown block");
    }
  }
}

const noControl: Pick<GifFrame, "delayMs" | "disposal" | "transparentIndex"> = {
  delayMs: 0,
  disposal: "keep",
  transparentIndex: -1,
};

function readControl(bytes: Uint8Array, at: number): typeof noControl {
  const flags = bytes[at] ?? 0;
  return {
    delayMs: word(bytes, at + 1) * 10,
    disposal: disposals[(flags >> 2) & 7] ?? "keep",
    transparentIndex: flags & 1 ? (bytes[at + 3] ?? 0) : -1,
  };
}

/** Netscape counts repeats after the first showing; 0 = for ever. */
function readPlays(bytes: Uint8Array, at: number): number | null {
  const name = String.fromCharCode(...bytes.subarray(at + 1, at + 12));
  if (name !== "NETSCAPE2.0" && name !== "ANIMEXTS1.0") return null;
  if (bytes[at + 12] !== 3 || bytes[at + 13] !== 1) return null;
  const repeats = word(bytes, at + 14);
  return repeats === 0 ? 0 : repeats + 1;
}

/** The offset after the terminator of a run of sub-blocks; -1 when the file ends first. */
function skipSubBlocks(bytes: Uint8Array, at: number): number {
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += length + 1;
    if (length === 0) return at;
  }
  return -1;
}

const tableAt = (flags: number, at: number): ColourTable | null =>
  flags & 0x80 ? { at, count: 2 << (flags & 7) } : null;

const endOf = (table: ColourTable | null, start: number): number =>
  table ? table.at + table.count * 3 : start;

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
