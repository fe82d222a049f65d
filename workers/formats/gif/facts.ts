// GIF: walks the blocks to the trailer and counts the frames.
import { ascii } from "../bytes/ascii.ts";
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { PieceCount } from "../bytes/pieces.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

export const gifBlocks = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;
export const gifLabels = { plainText: 0x01, control: 0xf9, comment: 0xfe, application: 0xff } as const;

export function* readGif(reader: ByteReader, publish: (facts: StoredFacts) => void): Reading<StoredFacts> {
  const screen = yield* reader.view(13);
  let base: StoredFacts = {
    ...plainStill,
    format: "gif",
    width: screen.getUint16(6, true),
    height: screen.getUint16(8, true),
    colour: "palette",
    samplesPerPixel: 1,
  };
  const count = new PieceCount();
  yield* reader.skip(paletteBytes(screen.getUint8(10)));
  let frames = 0;
  let alpha = false;
  let plays: number | null = null;
  let progressive = false;
  for (;;) {
    count.piece();
    const block = yield* reader.byte();
    if (block === gifBlocks.trailer) {
      if (frames === 0) throw new Damage("it holds no frame");
      return { ...base, alpha, progressive, frames, animated: frames > 1, plays, pieces: count.pieces };
    }
    if (block === gifBlocks.image) {
      const box = yield* reader.view(9);
      const packed = box.getUint8(8);
      progressive ||= (packed & 0x40) !== 0;
      if (frames === 0) {
        base = { ...base, ...canvasAround(base, box) };
        publish({ ...base, alpha, progressive, frames: null, animated: plays !== null, plays });
      }
      yield* reader.skip(paletteBytes(packed) + 1);
      yield* passSubBlocks(reader, count);
      frames++;
    } else if (block === gifBlocks.extension) {
      const label = yield* reader.byte();
      const body = yield* reader.take(yield* reader.byte());
      if (label === gifLabels.control) alpha ||= ((body[0] ?? 0) & 1) === 1;
      if (label === gifLabels.application && body.length > 0 && isLoopExtension(body))
        plays = yield* readPlays(reader, plays, count);
      else if (body.length > 0) yield* passSubBlocks(reader, count);
    } else throw new Damage("it holds a block of no known kind");
  }
}

/** Browsers widen the screen to its first frame (and no other), which also mends one of no size. */
function canvasAround(screen: Size, box: DataView): Size {
  const right = box.getUint16(0, true) + box.getUint16(4, true);
  const bottom = box.getUint16(2, true) + box.getUint16(6, true);
  return { width: Math.max(screen.width, right), height: Math.max(screen.height, bottom) };
}

type Size = Pick<StoredFacts, "width" | "height">;

/** Bytes of the colour table that a packed field announces. */
export const paletteBytes = (packed: number) => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

export function isLoopExtension(body: Uint8Array): boolean {
  const name = ascii(body, 0, 11);
  return name === "NETSCAPE2.0" || name === "ANIMEXTS1.0";
}

/** The extension counts repeats: 0 is endless, n means n more rounds. Facts count rounds, as browsers play them. */
function* readPlays(reader: ByteReader, known: number | null, count: PieceCount): Reading<number | null> {
  let plays = known;
  for (;;) {
    count.piece();
    const length = yield* reader.byte();
    if (length === 0) return plays;
    const block = yield* reader.take(length);
    const repeats = (block[1] ?? 0) + (block[2] ?? 0) * 256;
    if (block[0] === 1 && length === 3) plays = repeats === 0 ? 0 : repeats + 1;
  }
}

/** Through a run of sub-blocks to its end, as many at once as are at hand; `pass` gets them as they lie there. */
export function* passSubBlocks(
  reader: ByteReader,
  count: PieceCount,
  pass?: (bytes: Uint8Array) => void,
): Reading<void> {
  for (;;) {
    let whole = 0;
    let isOver = false;
    while (!isOver && whole < reader.left) {
      const length = reader.at(whole);
      if (whole + length >= reader.left) break;
      whole += length + 1;
      count.subBlock();
      isOver = length === 0;
    }
    if (whole > 0) {
      const run = reader.now(whole);
      pass?.(run);
    }
    if (isOver) return;
    yield* reader.need(1);
    yield* reader.need(1 + reader.at(0));
  }
}
