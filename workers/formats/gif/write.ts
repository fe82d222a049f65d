// The blocks of a GIF, written.
import type { ByteSink } from "../bytes/byte-sink.ts";
import { gifBlocks, gifLabels } from "./blocks.ts";

/** A screen whose colour table follows: 2^bits colours, told as of eight bits each. */
export function writeScreen(sink: ByteSink, width: number, height: number, colourBits: number): void {
  sink.text("GIF89a");
  sink.word(width);
  sink.word(height);
  sink.byte(0xf0 | (colourBits - 1));
  sink.byte(0);
  sink.byte(0);
}

/** For how often the frames are shown: 0 = for ever. Netscape's extension counts the repeats after the first showing. */
export function writePlays(sink: ByteSink, plays: number): void {
  sink.byte(gifBlocks.extension);
  sink.byte(gifLabels.application);
  sink.byte(11);
  sink.text("NETSCAPE2.0");
  sink.byte(3);
  sink.byte(1);
  sink.word(plays === 0 ? 0 : Math.min(65_535, plays - 1));
  sink.byte(0);
}

/** One index of the next image is see-through. */
export function writeControl(
  sink: ByteSink,
  control: { readonly delayMs: number; readonly clearsAfter: boolean; readonly transparentIndex: number },
): void {
  sink.byte(gifBlocks.extension);
  sink.byte(gifLabels.control);
  sink.byte(4);
  sink.byte(((control.clearsAfter ? 2 : 1) << 2) | 1);
  sink.word(Math.min(65_535, Math.round(control.delayMs / 10)));
  sink.byte(control.transparentIndex);
  sink.byte(0);
}

/** An image's place, and of how many bits its own colour table is, which then follows; null: it has none. */
export function writeDescriptor(
  sink: ByteSink,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colourBits: number | null,
): void {
  sink.byte(gifBlocks.image);
  for (const value of [box.x, box.y, box.width, box.height]) sink.word(value);
  sink.byte(colourBits === null ? 0 : 0x80 | (colourBits - 1));
}

export const writeTrailer = (sink: ByteSink): void => sink.byte(gifBlocks.trailer);

/** An extension of one or two short sub-blocks. */
export function extension(label: number, ...blocks: readonly Uint8Array[]): Uint8Array {
  const body = blocks.flatMap((block) => [block.length, ...block]);
  return Uint8Array.of(gifBlocks.extension, label, ...body, 0);
}
