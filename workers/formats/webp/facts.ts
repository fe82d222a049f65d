// WebP: walks the RIFF chunks; the picture's own header gives the size where no VP8X does. No browser turns one by its EXIF, so nor do we.
//
// The header's length, its flags and the last chunk are often wrong: a download broke off, a tool forgot to count. What is there is believed.
import type { Size } from "../../../schema/facts.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import {
  type BitstreamId,
  bitstreamHeaderBytes,
  bytesBeforePixels,
  isBitstream,
  sizeInBitstream,
} from "./bitstream.ts";
import { animationBytes, canvasBytes, canvasFlags, canvasOf, playsOf } from "./canvas.ts";
import { type FrameHeader, frameHeaderBytes, frameHeaderOf } from "./frame.ts";
import { endOfRiff, headBytes, headOf, padded, passUpTo, readHead, riffHeaderBytes } from "./riff.ts";

export function* readWebp(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const riffEnd = endOfRiff(yield* reader.take(riffHeaderBytes));
  const found = new Found();
  const count = new PieceCount();
  let pictureEnd = riffHeaderBytes;
  let isCut = false;
  // Until there is a picture the header's length is not believed.
  while (!found.hasPixels || reader.position + headBytes <= riffEnd) {
    const head = yield* reader.takeUpTo(headBytes);
    if (head.length < headBytes) {
      isCut = found.moves && reader.position < riffEnd;
      break;
    }
    count.piece();
    const { id, length } = headOf(head);
    const start = reader.position;
    const end = start + length;
    const isPart = isBitstream(id) || id === "ANMF";
    if (found.hasPixels && end > riffEnd && !isPart) break;
    // One that is too short for a frame is shown by nobody.
    if (id === "ANMF" && !found.isStill && length >= frameHeaderBytes) {
      const isFirst = !found.hasPixels;
      const isWhole = yield* readFrame(reader, end, found, count);
      if (!isWhole) {
        if (!found.hasPixels) throw new Damage("it ends before its first frame does");
        isCut = true;
        break;
      }
      if (isFirst) publish({ ...found.facts(count), frames: null });
    } else if (isBitstream(id) && !found.hasPixels) {
      const { needed, ...picture } = yield* readPicture(reader, id, length);
      found.still(id, picture);
      publish(found.facts(count));
      isCut = !(yield* passUpTo(reader, end));
      if (reader.position < start + needed) throw new Damage("it ends before its first row");
      pictureEnd = padded(reader.position);
      if (isCut) break;
    } else yield* found.chunk(reader, id, length, start === riffHeaderBytes + headBytes);
    if (!(yield* passUpTo(reader, end))) break;
    pictureEnd = padded(end);
    // The last chunk's padding byte is often missing, and missed by no one.
    if (end < riffEnd) yield* passUpTo(reader, pictureEnd);
  }
  if (!found.hasPixels) throw new Damage("it holds no picture");
  const facts = found.facts(count);
  const told = pictureEnd === riffEnd ? facts : { ...facts, pictureEnd };
  return isCut ? { ...told, alpha: true, damaged: true } : told;
}

type Picture = Size & { readonly alpha: boolean; readonly samplesPerPixel: number };

/** What the chunks so far have told. */
class Found {
  hasPixels = false;
  #canvas: Size | null = null;
  #size: Size = { width: 0, height: 0 };
  #alpha = false;
  #hasAlphaChunk = false;
  #samples = 1.5;
  #hasIcc = false;
  #plays: number | null = null;
  #frames = 0;
  /** The frame before leaves its place clear. */
  #hasCleared = false;

  /** It has frames, whatever its flags say. */
  get moves(): boolean {
    return this.#frames > 0;
  }

  get isStill(): boolean {
    return this.hasPixels && !this.moves;
  }

  /** One that holds no pixels. */
  *chunk(reader: ByteReader, id: string, length: number, isFirst: boolean): Reading<void> {
    // Decoders look for the canvas here and nowhere else.
    if (isFirst && id !== "VP8X") throw new Damage("its first chunk is no picture");
    if (isFirst) {
      if (length !== canvasBytes) throw new Damage("its canvas is told in another way than it must be");
      const { flags, width, height } = canvasOf(yield* reader.take(canvasBytes));
      this.#canvas = this.#size = { width, height };
      this.#alpha = (flags & canvasFlags.alpha) !== 0;
      this.#samples = this.#alpha ? 2.5 : 1.5;
      this.#hasIcc = (flags & canvasFlags.icc) !== 0;
    } else if (id === "ANIM" && length >= animationBytes) {
      this.#plays = playsOf(yield* reader.take(animationBytes));
    } else if (id === "ALPH" && !this.hasPixels) this.#hasAlphaChunk = true;
  }

  still(id: BitstreamId, picture: Picture): void {
    if (id === "VP8L" && this.#hasAlphaChunk) throw new Damage("its alpha is told twice");
    // Where there is a canvas its flag alone says whether there is alpha: so browsers and libvips have it.
    if (this.#canvas) refuseOther(picture, this.#canvas);
    else this.#alpha = picture.alpha;
    this.#size = { width: picture.width, height: picture.height };
    this.#samples = Math.max(picture.samplesPerPixel, this.#samples);
    this.hasPixels = true;
  }

  /** Refuses a frame that does not lie on the canvas, and one before it is said how they play: browsers refuse the file. */
  place({ x, y, width, height }: FrameHeader): void {
    if (this.#plays === null) throw new Damage("it has frames, and does not say how they play");
    const isOutside = x + width > this.#size.width || y + height > this.#size.height;
    if (isOutside) throw new Damage("a frame reaches out of the canvas");
  }

  frame({ x, y, width, height, clearsAfter }: FrameHeader, { alpha, samplesPerPixel }: Picture): void {
    const isCovering = x === 0 && y === 0 && width === this.#size.width && height === this.#size.height;
    // What no frame covers stays clear.
    this.#alpha ||= alpha || (!isCovering && (this.#frames === 0 || this.#hasCleared));
    this.#hasCleared = clearsAfter;
    this.#samples = Math.max(samplesPerPixel, this.#samples);
    this.#frames++;
    this.hasPixels = true;
  }

  facts({ pieces }: PieceCount): StoredFacts {
    const { moves } = this;
    return {
      ...plainStill,
      format: "webp",
      ...this.#size,
      alpha: this.#alpha,
      samplesPerPixel: this.#samples,
      hasIcc: this.#hasIcc,
      animated: moves,
      frames: moves ? this.#frames : 1,
      plays: this.#plays,
      pieces,
    };
  }
}

/**
 * A frame of an animation: it lies on the canvas, and its picture is as large as it says. One without a picture is shown by nobody, and
 * not counted. False where the file ends before the frame does.
 */
function* readFrame(reader: ByteReader, end: number, found: Found, count: PieceCount): Reading<boolean> {
  try {
    const header = frameHeaderOf(yield* reader.take(frameHeaderBytes));
    found.place(header);
    let picture: Picture | null = null;
    let hasAlpha = false;
    while (reader.position + headBytes <= end) {
      count.piece();
      const { id, length } = yield* readHead(reader, end);
      const next = Math.min(end, reader.position + padded(length));
      if (id === "ALPH") hasAlpha = true;
      if (!picture && isBitstream(id)) {
        picture = yield* readPicture(reader, id, length);
        refuseOther(picture, header);
      }
      yield* reader.skip(next - reader.position);
    }
    yield* reader.skip(end - reader.position);
    if (picture) found.frame(header, { ...picture, alpha: picture.alpha || hasAlpha });
    return true;
  } catch (error) {
    if (error instanceof Damage && reader.isCutOff) return false;
    throw error;
  }
}

/** The attack: a canvas of 64 pixels around a bitstream that unpacks to a gigabyte. */
function refuseOther(picture: Size, claimed: Size): void {
  if (picture.width !== claimed.width || picture.height !== claimed.height)
    throw new Damage("a picture in it is not of the size that it claims");
}

function* readPicture(reader: ByteReader, id: BitstreamId, length: number) {
  const header = yield* reader.take(bitstreamHeaderBytes[id]);
  const size = sizeInBitstream(id, header);
  const needed = bytesBeforePixels(id, header);
  if (!size || needed > length) throw new Damage("its frame header is broken");
  const { width, height, hasAlpha: alpha } = size;
  return { width, height, alpha, samplesPerPixel: id === "VP8 " ? 1.5 : alpha ? 4 : 3, needed };
}
