// The frames of a GIF that is here as a whole, without their pixels: colours, loop count, where each frame's codes lie.
import { ByteReader, finish } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import type { Outcome } from "../damage.ts";
import { Damage, refuse } from "../damage.ts";
import {
  type Control,
  controlOf,
  type Descriptor,
  gifLabels,
  isGif,
  isLoop,
  noControl,
  passSubBlocks,
  readBlock,
  readImageHead,
  readPlays,
  screenBytes,
  screenOf,
} from "./blocks.ts";

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

export interface GifFrame extends Control, Pick<Descriptor, "x" | "y" | "width" | "height" | "isInterlaced"> {
  readonly kind: "frame";
  readonly colours: ColourTable | null;
  readonly minimumCodeSize: number;
  /** Where its first sub-block of LZW codes starts. */
  readonly codesAt: number;
}

export type GifBlock = GifFrame | { readonly kind: "plays"; readonly plays: number };

export function readScreen(bytes: Uint8Array): Outcome<GifScreen> {
  if (!isGif(bytes)) return refuse("damaged", "it is no GIF file");
  if (bytes.length < screenBytes) return refuse("truncated", "it ends inside its header");
  const { paletteBytes } = screenOf(bytes);
  const value = { colours: tableAt(screenBytes, paletteBytes), firstBlockAt: screenBytes + paletteBytes };
  return { ok: true, value };
}

/** Null where the file stops before its codes. */
function readFrame(
  reader: ByteReader,
  descriptor: Descriptor,
  control: Control,
  count: PieceCount,
): GifFrame | null {
  const { x, y, width, height, isInterlaced, paletteBytes } = descriptor;
  const colours = tableAt(reader.position, paletteBytes);
  const head = finish(readImageHead(reader, descriptor));
  if (!head) return null;
  const minimumCodeSize = head[paletteBytes] ?? 0;
  const codesAt = reader.position;
  finish(passSubBlocks(reader, count));
  return { kind: "frame", x, y, width, height, ...control, colours, isInterlaced, minimumCodeSize, codesAt };
}

const tableAt = (at: number, bytes: number): ColourTable | null => (bytes ? { at, count: bytes / 3 } : null);

/** The blocks in order, each read when asked for. What is cut off is read as far as it goes; no file is refused for its end. */
export function* readBlocks(
  bytes: Uint8Array,
  { firstBlockAt }: GifScreen,
): Generator<Outcome<GifBlock>, void> {
  const reader = new ByteReader();
  reader.feed(bytes);
  reader.end();
  reader.now(Math.min(firstBlockAt, bytes.length));
  const count = new PieceCount();
  let control = noControl;
  for (;;) {
    try {
      const block = finish(readBlock(reader));
      if (block.kind === "end") return;
      if (block.kind === "image") {
        const frame = readFrame(reader, block, control, count);
        if (!frame) return;
        yield { ok: true, value: frame };
        control = noControl;
        continue;
      }
      if (block.label === gifLabels.control) control = controlOf(block.body);
      if (block.body.length === 0) continue;
      if (!isLoop(block)) finish(passSubBlocks(reader, count));
      else {
        const plays = finish(readPlays(reader, count));
        if (plays !== null) yield { ok: true, value: { kind: "plays", plays } };
      }
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return yield { ok: false, error };
    }
  }
}
