// A WebP as an animation (RFC 9649, section 2.7.1): its frames decoded one by one and drawn on one canvas.

import type { Size } from "../../../../../schema/facts.ts";
import { Damage, type Outcome, refuse } from "../../../../formats/damage.ts";
import { canvasOf, playsOf } from "../../../../formats/webp/canvas.ts";
import { type FrameHeader, frameHeaderBytes, frameHeaderOf } from "../../../../formats/webp/frame.ts";
import { openWebpFile } from "../../../../formats/webp/open.ts";
import { asStillFile, findPicture, type PictureChunks } from "../../../../formats/webp/picture-chunks.ts";
import { readChunks } from "../../../../formats/webp/riff.ts";
import { type Box, type Pixels, release } from "../../../geometry/pixels.ts";
import { type AnimationLimits, overLimits } from "../../../plan/animation-limits.ts";
import { Canvas } from "../canvas.ts";
import type { Animation, Frame } from "../frames.ts";
import { makeOpaque } from "./opaque.ts";

/** Decodes a still WebP; null when it is damaged. */
export type DecodeStill = (file: Uint8Array<ArrayBuffer>) => Promise<Pixels | null>;

interface WebpFrame extends Pick<FrameHeader, "delayMs" | "blends" | "clearsAfter"> {
  readonly box: Box;
  readonly picture: PictureChunks;
}

interface WebpStructure {
  readonly width: number;
  readonly height: number;
  readonly plays: number;
  readonly frames: readonly WebpFrame[];
}

/**
 * Reads the structure of the whole file, and refuses what is over the limits before a frame is decoded. `canvas` is the size
 * that was planned for; a file that turns out different is refused.
 */
export function openWebp(
  bytes: Uint8Array,
  limits: AnimationLimits,
  canvas: Size,
  decode: DecodeStill,
): Outcome<Animation> {
  const structure = readStructure(bytes, limits, canvas, Number.POSITIVE_INFINITY);
  if (!structure.ok) return structure;
  const { width, height, plays, frames } = structure.value;
  const animation = {
    width,
    height,
    plays,
    frameCount: frames.length,
    frames: () => drawFrames(structure.value, decode),
  };
  return { ok: true, value: animation };
}

/** The first frame alone; the frames after it are not looked at. */
export async function readFirstWebpFrame(
  bytes: Uint8Array,
  limits: AnimationLimits,
  canvas: Size,
  decode: DecodeStill,
): Promise<Outcome<Frame>> {
  const structure = readStructure(bytes, limits, canvas, 1);
  if (!structure.ok) return structure;
  for await (const frame of drawFrames(structure.value, decode)) return frame;
  return refuse("damaged", "it has no frame");
}

function readStructure(
  bytes: Uint8Array,
  limits: AnimationLimits,
  canvas: Size,
  frameCount: number,
): Outcome<WebpStructure> {
  const opened = insideOf(bytes);
  if (!opened.ok) return opened;
  const inside = opened.value;
  let plays = 1;
  const frames: WebpFrame[] = [];
  for (const chunk of readChunks(inside)) {
    if (!chunk) return refuse("damaged", "it is cut into too many pieces");
    const { id, payload } = chunk;
    if (id === "VP8X") {
      if (!isSameSize(canvasOf(payload), canvas)) return refuse("damaged", "it has two canvases");
    } else if (id === "ANIM") plays = playsOf(payload);
    else if (id === "ANMF") {
      const frame = readFrame(payload, canvas.width, canvas.height);
      if (frame && "code" in frame) return { ok: false, error: frame };
      if (frame) frames.push(frame);
    } else if ((id === "VP8 " || id === "VP8L") && frames.length === 0) {
      const picture = findPicture(inside);
      if (!picture) return refuse("damaged", "its picture has no header");
      if (!isSameSize(picture, canvas))
        return refuse("damaged", "its picture is not of the size that its canvas claims");
      frames.push({
        box: { x: 0, y: 0, width: canvas.width, height: canvas.height },
        delayMs: 0,
        blends: false,
        clearsAfter: false,
        picture,
      });
    }
    const over = overLimits(limits, frames.length, frames.length * canvas.width * canvas.height);
    if (over) return { ok: false, error: over };
    if (frames.length >= frameCount) break;
  }
  if (frames.length === 0) return refuse("damaged", "it has no frame");
  return { ok: true, value: { width: canvas.width, height: canvas.height, plays, frames } };
}

function insideOf(bytes: Uint8Array): Outcome<Uint8Array> {
  try {
    return { ok: true, value: openWebpFile(bytes).inside };
  } catch (error) {
    if (error instanceof Damage) return { ok: false, error };
    throw error;
  }
}

const isSameSize = (one: Size, other: Size) => one.width === other.width && one.height === other.height;

/** Null for a frame without a picture: nobody shows it. */
function readFrame(payload: Uint8Array, width: number, height: number): WebpFrame | Damage | null {
  const picture = findPicture(payload.subarray(frameHeaderBytes));
  if (!picture) return null;
  const { delayMs, blends, clearsAfter, ...box } = frameHeaderOf(payload);
  if (box.x + box.width > width || box.y + box.height > height)
    return new Damage("a frame of it lies outside the canvas");
  // The attack: a frame of ten pixels whose bitstream unpacks to a gigabyte.
  if (picture.width !== box.width || picture.height !== box.height)
    return new Damage("a frame of it is not of the size it claims");
  return { box, delayMs, blends, clearsAfter, picture };
}

async function* drawFrames(
  { width, height, frames }: WebpStructure,
  decode: DecodeStill,
): AsyncGenerator<Outcome<Frame>, void> {
  const canvas = new Canvas(width, height);
  for (const [index, { box, picture, blends, clearsAfter, delayMs }] of frames.entries()) {
    const pixels = await decode(asStillFile(picture));
    const isRead = pixels && pixels.width === box.width && pixels.height === box.height;
    // A broken one ends it: what is there of the picture has been shown.
    if (!isRead) return index === 0 ? yield refuse("damaged", "its first frame is damaged") : undefined;
    makeOpaque(picture, pixels);
    if (blends) canvas.blend(box.x, box.y, pixels);
    else
      canvas.paste(box, new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, box.width * box.height));
    release(pixels);
    yield { ok: true, value: { pixels: canvas.pixels, delayMs, index } };
    // The file's background colour is a hint that browsers ignore: they clear to transparent.
    if (clearsAfter) canvas.clear(box);
  }
}
