// Reads the strips or tiles of one plane: from their place in the file to rows of samples, unpacked and with their predictor undone.
import type { Seeking } from "../../../formats/bytes/seeking.ts";
import { Damage } from "../../../formats/damage.ts";
import type { Place, TiffPicture } from "../../../formats/tiff/picture.ts";
import { unpredictOf } from "./predictor.ts";
import type { Unpacker } from "./unpack/unpacker.ts";

/** At a time. */
const PACKED_BYTES = 65_536;

export class PlaneReader {
  readonly #file: Seeking;
  readonly #unpacker: Unpacker;
  readonly #unpredict: ReturnType<typeof unpredictOf>;
  readonly #isReversed: boolean;
  #left = 0;

  constructor(picture: TiffPicture, file: Seeking, unpacker: Unpacker) {
    this.#file = file;
    this.#unpacker = unpacker;
    this.#unpredict = unpredictOf(picture);
    this.#isReversed = picture.isReversed;
  }

  async begin({ offset, length }: Place): Promise<void> {
    await this.#file.seek(offset);
    this.#unpacker.start();
    this.#left = length;
  }

  /** Fills `target`, which is rows of `rowBytes`. Throws `Damage` where the strip ends before it is full. */
  async fill(target: Uint8Array, rowBytes: number): Promise<void> {
    let at = this.#unpacker.fill(target, 0);
    let isOver = false;
    while (at < target.length) {
      if (isOver) throw new Damage("its bytes end too early", { code: "truncated" });
      const packed = await this.#next();
      isOver = packed === null;
      this.#unpacker.feed(packed);
      at = this.#unpacker.fill(target, at);
    }
    if (!this.#unpredict) return;
    for (let row = 0; row < target.length; row += rowBytes)
      this.#unpredict(target.subarray(row, row + rowBytes));
  }

  async #next(): Promise<Uint8Array | null> {
    const packed = this.#left > 0 ? await this.#file.next(Math.min(this.#left, PACKED_BYTES)) : null;
    if (!packed) return null;
    this.#left -= packed.length;
    return this.#isReversed ? packed.map((byte) => reversed[byte] ?? 0) : packed;
  }
}

/** Bytes with their bits the other way round. */
const reversed = Uint8Array.from({ length: 256 }, (_, byte) => {
  let result = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) result |= 128 >> bit;
  return result;
});
