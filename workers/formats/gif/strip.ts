// GIF: drops comments, texts and application blocks, and keeps of those only how often the animation plays.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { copy, type Emit } from "../bytes/stripper.ts";
import {
  gifBlocks,
  gifLabels,
  isLoop,
  passSubBlocks,
  readBlock,
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
    if (block.kind === "trailer") return emit(Uint8Array.of(gifBlocks.trailer));
    if (block.kind === "image") {
      if (control) emit(control);
      control = null;
      emit(Uint8Array.of(gifBlocks.image));
      emit(block.bytes);
      yield* copy(reader, emit, block.paletteBytes + 1);
      yield* passSubBlocks(reader, count, emit);
      continue;
    }
    const { label, body } = block;
    if (label === gifLabels.control) control = extension(label, body);
    if (label === gifLabels.plainText) control = null;
    if (body.length === 0) continue;
    if (isLoop(block)) yield* readPlays(reader, count, (repeats) => emit(extension(label, body, repeats)));
    else yield* passSubBlocks(reader, count);
  }
}
