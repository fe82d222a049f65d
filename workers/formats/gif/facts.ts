// GIF: walks the blocks to the end and counts the frames.
import type { Size } from "../../../schema/facts.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";
import {
  type Control,
  controlOf,
  type Descriptor,
  gifLabels,
  isLoop,
  noControl,
  passSubBlocks,
  readBlock,
  readImageHead,
  readPlays,
  screenBytes,
  screenOf,
} from "./blocks.ts";

export function* readGif(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const screen = screenOf(yield* reader.take(screenBytes));
  const found = new Found(screen);
  const count = new PieceCount();
  yield* reader.skip(screen.paletteBytes);
  for (;;) {
    count.piece();
    const block = yield* readBlock(reader);
    if (block.kind === "end") return found.facts(count, block.isCut);
    if (block.kind === "image") {
      const isFirst = found.frames === 0;
      const hasCodes = (yield* readImageHead(reader, block)) !== null;
      if (!hasCodes) return found.facts(count, true);
      found.image(block);
      if (isFirst) publish(found.early);
      if (!(yield* passSubBlocks(reader, count))) return found.facts(count, true);
      continue;
    }
    if (block.label === gifLabels.control) found.control(controlOf(block.body));
    if (block.body.length === 0) continue;
    if (isLoop(block)) found.plays = (yield* readPlays(reader, count)) ?? found.plays;
    else yield* passSubBlocks(reader, count);
  }
}

/** What the blocks so far have told. */
class Found {
  frames = 0;
  plays: number | null = null;
  #size: Size;
  #pixels = 0;
  #progressive = false;
  #alpha = false;
  #control = noControl;
  /** The frame before leaves its place clear: as the canvas was before there was anything, or as it asks for. */
  #hasCleared = false;

  constructor({ width, height }: Size) {
    this.#size = { width, height };
  }

  control(control: Control): void {
    this.#control = control;
    this.#alpha ||= control.transparentIndex >= 0;
  }

  image(image: Descriptor): void {
    const isFirst = this.frames++ === 0;
    if (isFirst) this.#size = canvasAround(this.#size, image);
    const { width, height } = this.#size;
    const isCovering = image.x === 0 && image.y === 0 && image.width >= width && image.height >= height;
    this.#alpha ||= !isCovering && (isFirst || this.#hasCleared);
    const { disposal } = this.#control;
    this.#hasCleared = disposal === "clear" || (disposal === "restore" && isFirst);
    this.#control = noControl;
    this.#progressive ||= image.isInterlaced;
    this.#pixels += Math.max(width * height, image.width * image.height);
  }

  /** When its first frame begins. */
  get early(): StoredFacts {
    return { ...this.#known, frames: null, animated: this.plays !== null };
  }

  facts({ pieces }: PieceCount, isCut: boolean): StoredFacts {
    const { frames } = this;
    if (frames === 0) throw new Damage(isCut ? "it ends before its first frame" : "it holds no frame");
    const coded = codedBeyond({ ...this.#size, frames }, this.#pixels);
    const facts = { ...this.#known, frames, animated: frames > 1, coded, pieces };
    return isCut ? { ...facts, alpha: true, damaged: true } : facts;
  }

  get #known() {
    return {
      ...plainStill,
      format: "gif",
      ...this.#size,
      colour: "palette",
      samplesPerPixel: 1,
      alpha: this.#alpha,
      progressive: this.#progressive,
      plays: this.plays,
    } as const;
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
