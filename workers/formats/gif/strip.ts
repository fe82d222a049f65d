// GIF: drops comments, texts and application blocks, and keeps of those only how often the animation plays.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { copy, type Emit } from "../bytes/stripper.ts";
import {
  controlBytes,
  gifBlocks,
  gifLabels,
  isLoop,
  passSubBlocks,
  readBlock,
  readImageHead,
  readPlays,
  screenBytes,
  screenOf,
} from "./blocks.ts";
import { extension } from "./write.ts";

export function* stripGif(reader: ByteReader, emit: Emit): Reading<void> {
  const screen = yield* reader.keep(screenBytes);
  emit(screen);
  yield* copy(reader, emit, screenOf(screen).paletteBytes);
  // A control block belongs to the next image or text: it leaves with the text.
  let control: Uint8Array | null = null;
  const count = new PieceCount();
  for (;;) {
    count.piece();
    const block = yield* readBlock(reader);
    // Behind the first byte that begins no block nobody looks: nothing of it is served.
    if (block.kind === "end") return emit(trailer());
    if (block.kind === "image") {
      const head = yield* readImageHead(reader, block);
      if (!head) return emit(trailer());
      if (control) emit(control);
      control = null;
      emit(Uint8Array.of(gifBlocks.image));
      emit(block.bytes);
      emit(head);
      yield* passSubBlocks(reader, count, emit);
      continue;
    }
    const { label, body } = block;
    if (label === gifLabels.control) control = controlBlock(body);
    if (label === gifLabels.plainText) control = null;
    if (body.length === 0) continue;
    if (isLoop(block)) yield* readPlays(reader, count, (repeats) => emit(extension(label, body, repeats)));
    else yield* passSubBlocks(reader, count);
  }
}

const trailer = () => Uint8Array.of(gifBlocks.trailer);

/** Browsers refuse the whole file for one of another length. */
function controlBlock(body: Uint8Array): Uint8Array | null {
  return body.length < controlBytes ? null : extension(gifLabels.control, body.subarray(0, controlBytes));
}
