// A GIF as an animation: its frames drawn one after another on one canvas.

import type { Size } from "../../../../../schema/facts.ts";
import type { Outcome } from "../../../../formats/damage.ts";
import { refuse } from "../../../../formats/damage.ts";
import { type ColourTable, type GifFrame, readBlocks, readScreen } from "../../../../formats/gif/frames.ts";
import type { Box } from "../../../geometry/pixels.ts";
import type { AnimationLimits } from "../../../plan/animation-limits.ts";
import { overLimits } from "../../../plan/animation-limits.ts";
import { Canvas, clipBox } from "../canvas.ts";
import type { Animation, Frame } from "../frames.ts";
import { type LzwEnd, unpackIndices } from "./lzw-in.ts";
import { drawWindow } from "./lzw-window.ts";

/**
 * Reads the structure of the whole file and refuses what is over the limits before a pixel is unpacked. `canvas` is the size
 * that was planned for; frames are clipped to it, whatever the file says.
 */
export function openGif(bytes: Uint8Array, limits: AnimationLimits, canvas: Size): Outcome<Animation> {
  const screen = readScreen(bytes);
  if (!screen.ok) return screen;
  const { width, height } = canvas;
  const frames: GifFrame[] = [];
  let plays = 1;
  let pixelSum = 0;
  for (const block of readBlocks(bytes, screen.value)) {
    if (!block.ok) return block;
    if (block.value.kind === "plays") {
      plays = block.value.plays;
      continue;
    }
    frames.push(block.value);
    pixelSum += Math.max(width * height, block.value.width * block.value.height);
    const over = overLimits(limits, frames.length, pixelSum);
    if (over) return { ok: false, error: over };
  }
  if (frames.length === 0) return refuse("damaged", "it has no frame");
  const animation = {
    width,
    height,
    frameCount: frames.length,
    plays,
    frames: () => drawFrames(bytes, canvas, screen.value.colours, frames),
  };
  return { ok: true, value: animation };
}

/** The first frame alone; what follows it in the file is not even looked at. */
export function readFirstGifFrame(bytes: Uint8Array, limits: AnimationLimits, canvas: Size): Outcome<Frame> {
  const screen = readScreen(bytes);
  if (!screen.ok) return screen;
  for (const block of readBlocks(bytes, screen.value)) {
    if (!block.ok) return block;
    const frame = block.value;
    if (frame.kind !== "frame") continue;
    const { width, height } = canvas;
    const over = overLimits(limits, 1, Math.max(width * height, frame.width * frame.height));
    if (over) return { ok: false, error: over };
    for (const drawn of drawFrames(bytes, canvas, screen.value.colours, [frame])) return drawn;
  }
  return refuse("damaged", "it has no frame");
}

function* drawFrames(
  bytes: Uint8Array,
  { width, height }: Size,
  sharedColours: ColourTable | null,
  frames: readonly GifFrame[],
): Generator<Outcome<Frame>, void> {
  const canvas = new Canvas(width, height);
  let indices = new Uint8Array(0);
  for (const [index, frame] of frames.entries()) {
    const box = clipBox(frame, width, height);
    if (!box) {
      // Browsers let the time pass and draw nothing.
      yield { ok: true, value: { pixels: canvas.pixels, delayMs: frame.delayMs, index } };
      continue;
    }
    if (frame.minimumCodeSize < 1 || frame.minimumCodeSize > 8)
      return yield refuse("damaged", `frame ${index} has an impossible code size`);
    const kept = frame.disposal === "restore" ? canvas.copy(box) : null;
    const colours = coloursOf(bytes, frame.colours ?? sharedColours, frame.transparentIndex);
    let end: LzwEnd;
    if (box.width < frame.width || box.height < frame.height)
      end = drawClipped(bytes, canvas, frame, box, colours);
    else {
      const size = frame.width * frame.height;
      if (indices.length < size) indices = new Uint8Array(size);
      const unpacked = unpackIndices(bytes, frame.codesAt, frame.minimumCodeSize, indices.subarray(0, size));
      end = unpacked.end;
      if (isShown(end)) drawIndices(canvas, frame, box, colours, indices, unpacked.written);
    }
    if (end === "garbage") return yield refuse("damaged", `frame ${index} holds impossible codes`);
    if (end === "ran-out") return yield refuse("truncated", `frame ${index} ends too early`);

    yield { ok: true, value: { pixels: canvas.pixels, delayMs: frame.delayMs, index } };
    if (kept) canvas.paste(box, kept);
    // The specification says "background colour", every browser clears to transparent.
    else if (frame.disposal === "clear") canvas.clear(box);
  }
}

const isShown = (end: LzwEnd) => end === "full" || end === "stopped";

function drawClipped(
  bytes: Uint8Array,
  canvas: Canvas,
  frame: GifFrame,
  box: Box,
  colours: Uint32Array,
): LzwEnd {
  const shownRow = (stored: number) => (frame.isInterlaced ? interlacedRow(stored, frame.height) : stored);
  return drawWindow(bytes, frame.codesAt, frame.minimumCodeSize, {
    frameWidth: frame.width,
    // What lies below the canvas is not even unpacked, unless its rows come in turns.
    frameHeight: frame.isInterlaced ? frame.height : box.height,
    columns: box.width,
    place(stored) {
      const row = shownRow(stored);
      return row < box.height ? (box.y + row) * canvas.pixels.width + box.x : -1;
    },
    target: canvas.words,
    colours,
  });
}

/** Draws the first `written` indices; the rest, where a writer stopped early, leaves the canvas as it is. */
function drawIndices(
  canvas: Canvas,
  frame: GifFrame,
  box: Box,
  colours: Uint32Array,
  indices: Uint8Array,
  written: number,
) {
  const columns = box.x + box.width - frame.x;
  for (let row = 0; row < frame.height; row++) {
    const y = frame.y + (frame.isInterlaced ? interlacedRow(row, frame.height) : row);
    if (y >= box.y + box.height) continue;
    let from = row * frame.width;
    let to = y * canvas.pixels.width + frame.x;
    for (const end = Math.min(from + columns, written); from < end; from++, to++) {
      const colour = colours[indices[from] ?? 0] ?? 0;
      if (colour !== 0) canvas.words[to] = colour;
    }
  }
}

/** Where the n-th stored row of an interlaced frame is shown: every 8th, every 8th from 4, every 4th from 2, the odd. */
function interlacedRow(stored: number, height: number): number {
  let row = stored;
  for (const [first, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const) {
    const rows = Math.max(0, Math.ceil((height - first) / step));
    if (row < rows) return first + row * step;
    row -= rows;
  }
  return height;
}

/** 256 colours as canvas words; 0 (transparent) for the see-through index, black for indices the table lacks. */
function coloursOf(bytes: Uint8Array, table: ColourTable | null, transparentIndex: number): Uint32Array {
  const colours = new Uint32Array(256).fill(0xff000000);
  for (let i = 0; i < (table?.count ?? 0); i++) {
    const at = (table?.at ?? 0) + i * 3;
    const [red = 0, green = 0, blue = 0] = bytes.subarray(at, at + 3);
    colours[i] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  }
  if (transparentIndex >= 0) colours[transparentIndex] = 0;
  return colours;
}
