// Writes a GIF frame by frame: each frame stores only what changed, with an earlier palette where that one will do.

import { ByteSink } from "../../../../formats/bytes/byte-sink.ts";
import {
  writeControl,
  writeDescriptor,
  writePlays,
  writeScreen,
  writeTrailer,
} from "../../../../formats/gif/write.ts";
import type { Box, Pixels } from "../../../geometry/pixels.ts";
import type { FrameEncoder } from "../frames.ts";
import { ColourMemory } from "./colour-memory.ts";
import { packIndices } from "./lzw-out.ts";
import { paintIndices } from "./paint-indices.ts";
import { type Palette, PaletteChooser } from "./palette.ts";
import { extendRuns, INVISIBLE_CHANGE, keepChanges } from "./unchanged.ts";

export interface GifOptions {
  readonly width: number;
  readonly height: number;
  /** 0 = for ever, 1 = once. */
  readonly plays: number;
  /** 0 = flat colours, 1 = full error diffusion. Frames whose colours the palette holds are not dithered. */
  readonly dither: number;
}

/** One index is kept for "see-through", which is also how "as before" is written. */
const MAX_COLOURS = 255;
const HALF_ALPHA = 128;

/** A frame that waits: how its box is disposed of depends on the frame after it. */
interface Waiting {
  readonly palette: Palette;
  readonly box: Box;
  readonly delayMs: number;
}

/** Holds 9 bytes for a pixel of one frame and 3 MB of tables, and of the file what was not taken yet. */
export class GifEncoder implements FrameEncoder {
  private readonly options: GifOptions;
  private readonly sink = new ByteSink();
  /** What a viewer shows now. */
  private readonly shown: Uint32Array<ArrayBuffer>;
  /** What the frame at hand paints over it; 0 = leave as it is. */
  private readonly painted: Uint32Array<ArrayBuffer>;
  private readonly indices: Uint8Array<ArrayBuffer>;
  private readonly canvasBox: Box;
  private readonly chooser = new PaletteChooser();
  private readonly memory = new ColourMemory();
  /** The palette of the file's one shared colour table: the first frame's. */
  private shared: Palette | null = null;
  private last: Palette | null = null;
  /** The frame before had more colours than a palette can hold. */
  private isPhotographic = false;
  private waiting: Waiting | null = null;
  private hasHeader = false;

  constructor(options: GifOptions) {
    this.options = options;
    const size = options.width * options.height;
    this.shown = new Uint32Array(size);
    this.painted = new Uint32Array(size);
    this.indices = new Uint8Array(size);
    this.canvasBox = { x: 0, y: 0, width: options.width, height: options.height };
  }

  add(pixels: Pixels, delayMs: number): void {
    const { width } = this.options;
    const hasToClear = this.takeOver(pixels);
    this.writeWaiting(hasToClear);
    if (hasToClear) this.shown.fill(0);

    // In a photograph that moves, the few pixels that stay alike by chance would only break up its runs.
    const changed = keepChanges(this.painted, this.shown, width, this.isPhotographic ? 0 : INVISIBLE_CHANGE);
    const { palette, isVisiblyOff } = this.chooser.choose(this.painted, MAX_COLOURS, this.earlierPalettes());
    const { colours } = palette.nearest;
    const dither = isVisiblyOff ? this.options.dither : 0;
    paintIndices(this.painted, width, palette, colours.length, dither, this.memory, this.indices);
    extendRuns(this.indices, this.painted, this.shown, colours, colours.length);

    // GIF cannot say "nothing changed", so a frame without changes paints one see-through pixel.
    const box = this.shared === null ? this.canvasBox : (changed ?? { x: 0, y: 0, width: 1, height: 1 });
    this.waiting = { palette, box, delayMs };
    this.shared ??= palette;
    this.last = palette;
    this.isPhotographic = isVisiblyOff;
  }

  take(): readonly Uint8Array<ArrayBuffer>[] {
    return [this.sink.drain()];
  }

  finish(): readonly Uint8Array<ArrayBuffer>[] {
    this.writeWaiting(false);
    writeTrailer(this.sink);
    return this.take();
  }

  /** Copies the frame with its alpha cut to yes or no; says whether something shown now has to become see-through. */
  private takeOver(pixels: Pixels): boolean {
    const words = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, this.painted.length);
    let hasToClear = false;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      const isOpaque = word >>> 24 >= HALF_ALPHA;
      this.painted[i] = isOpaque ? (word | 0xff000000) >>> 0 : 0;
      if (!isOpaque && this.shown[i] !== 0) hasToClear = true;
    }
    return hasToClear;
  }

  private earlierPalettes(): Palette[] {
    return [...new Set([this.shared, this.last])].filter((palette) => palette !== null);
  }

  private writeWaiting(clearAfter: boolean): void {
    const frame = this.waiting;
    if (!frame) return;
    if (!this.hasHeader) this.writeHeader(frame.palette);
    this.hasHeader = true;
    const { palette } = frame;
    // What is cleared is a frame's own box, so a box that something must be cleared from is the whole canvas.
    const box = clearAfter ? this.canvasBox : frame.box;
    const transparentIndex = palette.nearest.colours.length;
    writeControl(this.sink, { delayMs: frame.delayMs, clearsAfter: clearAfter, transparentIndex });
    const hasOwnColours = palette.nearest !== this.shared?.nearest;
    writeDescriptor(this.sink, box, hasOwnColours ? bitsFor(palette) : null);
    if (hasOwnColours) this.writeColours(palette);
    packIndices(this.sink, this.indices, this.options.width, box, Math.max(2, bitsFor(palette)));
    this.waiting = null;
  }

  private writeHeader(palette: Palette): void {
    const { width, height, plays } = this.options;
    writeScreen(this.sink, width, height, bitsFor(palette));
    this.writeColours(palette);
    if (plays !== 1) writePlays(this.sink, plays);
  }

  private writeColours(palette: Palette): void {
    const { colours } = palette.nearest;
    for (let i = 0; i < 1 << bitsFor(palette); i++) this.sink.triple((colours[i] ?? 0) & 0xffffff);
  }
}

/** Bits that hold every colour and the see-through index. */
const bitsFor = ({ nearest }: Palette): number => Math.max(1, 32 - Math.clz32(nearest.colours.length));
