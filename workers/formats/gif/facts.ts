// GIF: walks the blocks to the trailer and counts the frames.
import type { Size } from "../../../schema/facts.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import {
  controlOf,
  type Descriptor,
  gifLabels,
  isLoop,
  passSubBlocks,
  readBlock,
  readPlays,
  screenBytes,
  screenOf,
} from "./blocks.ts";

export function* readGif(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const screen = screenOf(yield* reader.take(screenBytes));
  let base: StoredFacts = {
    ...plainStill,
    format: "gif",
    width: screen.width,
    height: screen.height,
    colour: "palette",
    samplesPerPixel: 1,
  };
  const count = new PieceCount();
  yield* reader.skip(screen.paletteBytes);
  let frames = 0;
  let pixels = 0;
  let alpha = false;
  let plays: number | null = null;
  let progressive = false;
  for (;;) {
    count.piece();
    const block = yield* readBlock(reader);
    if (block.kind === "trailer") {
      if (frames === 0) throw new Damage("it holds no frame");
      const facts = { ...base, alpha, progressive, frames, animated: frames > 1, plays };
      return { ...facts, coded: codedBeyond(facts, pixels), pieces: count.pieces };
    }
    if (block.kind === "image") {
      progressive ||= block.isInterlaced;
      if (frames === 0) {
        base = { ...base, ...canvasAround(base, block) };
        publish({ ...base, alpha, progressive, frames: null, animated: plays !== null, plays });
      }
      yield* reader.skip(block.paletteBytes + 1);
      yield* passSubBlocks(reader, count);
      pixels += Math.max(base.width * base.height, block.width * block.height);
      frames++;
      continue;
    }
    if (block.label === gifLabels.control) alpha ||= controlOf(block.body).transparentIndex >= 0;
    if (block.body.length === 0) continue;
    if (isLoop(block)) plays = (yield* readPlays(reader, count)) ?? plays;
    else yield* passSubBlocks(reader, count);
  }
}

/** Browsers widen the screen to its first frame (and no other), which also mends one of no size. */
function canvasAround(screen: Size, { x, y, width, height }: Descriptor): Size {
  return { width: Math.max(screen.width, x + width), height: Math.max(screen.height, y + height) };
}

/** What is unpacked of frames that are larger than the canvas, where there are such. */
function codedBeyond({ width, height, frames }: Size & { readonly frames: number }, pixels: number) {
  return pixels > frames * width * height ? { width, height, pixels } : null;
}
