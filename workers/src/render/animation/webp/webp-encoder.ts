// Writes an animated WebP frame by frame: each frame stores the box that changed, drawn over what was there.

import { canvasFlags, canvasFlagsAt, writeAnimation, writeCanvas } from "../../../../formats/webp/canvas.ts";
import { writeFrame } from "../../../../formats/webp/frame.ts";
import { pictureOf } from "../../../../formats/webp/picture-chunks.ts";
import { startRiff, writeChunks } from "../../../../formats/webp/riff.ts";
import type { Box, Pixels } from "../../../geometry/pixels.ts";
import { MemoryError } from "../../memory-error.ts";
import { changedBox } from "../changed-box.ts";
import type { FrameEncoder } from "../frames.ts";

/** Encodes one picture as a still WebP file. */
export type EncodeStill = (pixels: Pixels) => Promise<Uint8Array>;

export interface WebpOptions {
  readonly width: number;
  readonly height: number;
  /** 0 = for ever. */
  readonly plays: number;
  /** Of file: its head tells its length, so all of it is held until its end. */
  readonly mostBytes: number;
}

/** Holds 4 bytes for a pixel of one frame, a copy of its changed box, and the file itself. Refuses a file of more bytes than it may hold. */
export class WebpAnimationEncoder implements FrameEncoder {
  private readonly options: WebpOptions;
  private readonly encode: EncodeStill;
  private readonly sink = startRiff();
  private readonly pieces: Uint8Array<ArrayBuffer>[] = [];
  private heldBytes = 0;
  private hasAlpha = false;
  /** What a viewer shows now; null before the first frame. */
  private shown: Uint32Array<ArrayBuffer> | null = null;

  constructor(options: WebpOptions, encode: EncodeStill) {
    this.options = options;
    this.encode = encode;
    const { width, height, plays } = options;
    writeCanvas(this.sink, { flags: canvasFlags.animation, width, height });
    writeAnimation(this.sink, plays);
  }

  async add(pixels: Pixels, delayMs: number): Promise<void> {
    const box = this.takeOver(pixels);
    const picture = pictureOf(await this.encode(cut(pixels, box)));
    if (!picture) throw new Error("The encoder gave no WebP picture.");
    this.hasAlpha ||= picture.hasAlpha;

    // Without blending, alpha of the box comes out as it went in.
    writeFrame(this.sink, { ...box, delayMs, blends: false, clearsAfter: false }, () =>
      writeChunks(this.sink, picture.chunks),
    );
    this.hold(this.sink.drain());
  }

  take(): readonly Uint8Array<ArrayBuffer>[] {
    return [];
  }

  finish(): readonly Uint8Array<ArrayBuffer>[] {
    const [head] = this.pieces;
    if (head) {
      new DataView(head.buffer).setUint32(4, this.heldBytes - 8, true);
      if (this.hasAlpha) head[canvasFlagsAt] = canvasFlags.animation | canvasFlags.alpha;
    }
    return this.pieces.splice(0);
  }

  private hold(piece: Uint8Array<ArrayBuffer>): void {
    this.pieces.push(piece);
    this.heldBytes += piece.length;
    if (this.heldBytes > this.options.mostBytes)
      throw new MemoryError("it moves, and would be a longer file than can be held");
  }

  /** The box that this frame has to store; the frame becomes what is shown. */
  private takeOver(pixels: Pixels): Box {
    const { width, height } = this.options;
    const words = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, width * height);
    if (!this.shown) {
      this.shown = words.slice();
      return { x: 0, y: 0, width, height };
    }
    const changed = changedBox(this.shown, words, width, height);
    this.shown.set(words);
    // A frame can't be empty: one pixel as it is says "nothing changed".
    if (!changed) return { x: 0, y: 0, width: 1, height: 1 };
    // Offsets are stored halved.
    const x = changed.x & ~1;
    const y = changed.y & ~1;
    return { x, y, width: changed.x + changed.width - x, height: changed.y + changed.height - y };
  }
}

function cut(pixels: Pixels, box: Box): Pixels {
  if (box.width === pixels.width && box.height === pixels.height) return pixels;
  const data = new Uint8ClampedArray(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * pixels.width + box.x) * 4;
    data.set(pixels.data.subarray(from, from + box.width * 4), y * box.width * 4);
  }
  return { width: box.width, height: box.height, data };
}
