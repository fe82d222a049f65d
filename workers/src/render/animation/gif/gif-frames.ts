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
import { coloursOf, hasCodes, interlacedRow, noCodes, refusalOf, unpackFrame } from "./frame-codes.ts";
import type { Unpacked } from "./lzw-in.ts";
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
    const kept = frame.disposal === "restore" ? canvas.copy(box) : null;
    const colours = coloursOf(bytes, frame.colours ?? sharedColours, frame.transparentIndex);
    let unpacked: Unpacked;
    if (box.width < frame.width || box.height < frame.height)
      unpacked = drawClipped(bytes, canvas, frame, box, colours);
    else {
      const size = frame.width * frame.height;
      if (indices.length < size) indices = new Uint8Array(size);
      unpacked = unpackFrame(bytes, frame, indices.subarray(0, size));
      drawIndices(canvas, frame, box, colours, indices, unpacked.written);
    }
    const refusal = index === 0 ? refusalOf(frame, unpacked) : null;
    if (refusal) return yield { ok: false, error: refusal };
    const isDamaged = unpacked.end === "garbage" || unpacked.end === "ran-out";
    yield { ok: true, value: { pixels: canvas.pixels, delayMs: frame.delayMs, index, isDamaged } };
    if (isDamaged) return;
    if (kept) canvas.paste(box, kept);
    // The specification says "background colour", every browser clears to transparent.
    else if (frame.disposal === "clear") canvas.clear(box);
  }
}

function drawClipped(
  bytes: Uint8Array,
  canvas: Canvas,
  frame: GifFrame,
  box: Box,
  colours: Uint32Array,
): Unpacked {
  const shownRow = (stored: number) => (frame.isInterlaced ? interlacedRow(stored, frame.height) : stored);
  if (!hasCodes(frame)) return noCodes;
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
