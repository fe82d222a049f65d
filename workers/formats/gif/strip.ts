// GIF: drops comments, texts and application blocks, and keeps of those only how often the animation plays.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { copy, type Emit } from "../bytes/stripper.ts";
import { Damage } from "../damage.ts";
import { gifBlocks, gifLabels, isLoopExtension, paletteBytes, passSubBlocks } from "./facts.ts";

const screenBytes = 13;
const descriptorBytes = 9;

export function* stripGif(reader: ByteReader, emit: Emit): Reading<void> {
  const screen = Uint8Array.from(yield* reader.take(screenBytes));
  emit(screen);
  yield* copy(reader, emit, paletteBytes(screen[10] ?? 0));
  // A control block belongs to the next image or text: it leaves with the text.
  let control: Uint8Array | null = null;
  const count = new PieceCount();
  for (;;) {
    count.piece();
    const block = yield* reader.byte();
    if (block === gifBlocks.trailer) return emit(Uint8Array.of(block));
    if (block === gifBlocks.image) {
      const descriptor = Uint8Array.from(yield* reader.take(descriptorBytes));
      if (control) emit(control);
      control = null;
      emit(Uint8Array.of(block));
      emit(descriptor);
      yield* copy(reader, emit, paletteBytes(descriptor[8] ?? 0) + 1);
      yield* passSubBlocks(reader, count, emit);
    } else if (block === gifBlocks.extension) {
      const label = yield* reader.byte();
      const body = Uint8Array.from(yield* reader.take(yield* reader.byte()));
      if (label === gifLabels.control) control = Uint8Array.of(block, label, body.length, ...body, 0);
      if (label === gifLabels.plainText) control = null;
      const isLoop = label === gifLabels.application && isLoopExtension(body);
      if (body.length > 0 && isLoop)
        yield* passLoopCount(reader, (block) => emit(loopExtension(body, block)), count);
      else if (body.length > 0) yield* passSubBlocks(reader, count);
    } else throw new Damage("it holds a block of no known kind");
  }
}

/** Through the sub-blocks of an extension; `found` gets the one that holds a loop count. */
function* passLoopCount(reader: ByteReader, found: Emit, count: PieceCount): Reading<void> {
  for (;;) {
    count.piece();
    const length = yield* reader.byte();
    if (length === 0) return;
    const block = yield* reader.take(length);
    if (length === 3 && block[0] === 1) found(block);
  }
}

const loopExtension = (name: Uint8Array, count: Uint8Array) =>
  Uint8Array.of(gifBlocks.extension, gifLabels.application, name.length, ...name, count.length, ...count, 0);
