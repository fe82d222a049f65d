// Zstandard, by fzstd: fed block by block, because it unpacks all that it is given at once (RFC 8878, section 3.1.1).
import { Decompress } from "fzstd";
import { long, triple } from "../../../../formats/bytes/numbers.ts";
import { Damage } from "../../../../formats/damage.ts";
import { noBytes, type Unpacker } from "./unpacker.ts";

const MAGIC = 0xfd2f_b528;
/** Of what matches may reach back to, which fzstd takes at once; for all planes together. */
const MOST_WINDOW_BYTES = 4 << 20;
const LEAST_WINDOW_BYTES = 128 << 10;
const BLOCK_HEADER_BYTES = 3;
const RLE = 1;
const RESERVED = 3;
/** fzstd looks at nothing before it has so many. */
const LEAST_BYTES = 18;

export class Zstd implements Unpacker {
  /** As the header of a frame tells it; level 22 asks for 128 MB, and no match reaches back behind the strip's beginning. */
  readonly #window: number;
  #decoder: Decompress | null = null;
  /** Packed bytes of a block or header that is not whole yet. */
  #waiting: Uint8Array = noBytes;
  #made: Uint8Array[] = [];
  #isLast = false;
  #pushed = 0;

  /** `pieceBytes`: what a strip or tile has, unpacked. */
  constructor(pieceBytes: number, planes: number) {
    const most = MOST_WINDOW_BYTES / planes;
    const exponent = Math.ceil(Math.log2(Math.min(Math.max(pieceBytes, LEAST_WINDOW_BYTES), most)));
    this.#window = (exponent - 10) << 3;
  }

  start(): void {
    this.#decoder = null;
    this.#waiting = noBytes;
    this.#made = [];
    this.#isLast = false;
    this.#pushed = 0;
  }

  feed(bytes: Uint8Array | null): void {
    if (bytes === null) return;
    const both = new Uint8Array(this.#waiting.length + bytes.length);
    both.set(this.#waiting);
    both.set(bytes, this.#waiting.length);
    this.#waiting = both;
  }

  fill(target: Uint8Array, start: number): number {
    let at = start;
    for (;;) {
      at = this.#take(target, at);
      if (at === target.length || !this.#step()) return at;
    }
  }

  /** Unpacks one block more; false where it is not there. */
  #step(): boolean {
    if (this.#isLast) return false;
    const length = this.#decoder ? this.#blockBytes() : headerLength(this.#waiting);
    if (length === null || this.#waiting.length < length) return false;
    const bytes = this.#waiting.slice(0, length);
    if (!this.#decoder && !isSingle(bytes)) bytes[5] = Math.min(bytes[5] ?? 0, this.#window);
    this.#decoder ??= new Decompress((made) => {
      if (made.length > 0) this.#made.push(made);
    });
    this.#pushed += length;
    try {
      this.#decoder.push(bytes);
      if (this.#isLast && this.#pushed < LEAST_BYTES)
        this.#decoder.push(new Uint8Array(LEAST_BYTES - this.#pushed));
    } catch (cause) {
      throw new Damage("its pixels don't unpack", { cause });
    }
    this.#waiting = this.#waiting.subarray(length);
    return true;
  }

  /** Section 3.1.1.2. */
  #blockBytes(): number | null {
    if (this.#waiting.length < BLOCK_HEADER_BYTES) return null;
    const header = triple(this.#waiting, 0);
    const kind = (header >> 1) & 3;
    if (kind === RESERVED) throw new Damage("its pixels don't unpack");
    const length = BLOCK_HEADER_BYTES + (kind === RLE ? 1 : header >> 3);
    if (this.#waiting.length >= length) this.#isLast = (header & 1) === 1;
    return length;
  }

  #take(target: Uint8Array, start: number): number {
    let at = start;
    for (let [made] = this.#made; made && at < target.length; [made] = this.#made) {
      const part = made.subarray(0, target.length - at);
      target.set(part, at);
      at += part.length;
      if (part.length === made.length) this.#made.shift();
      else this.#made[0] = made.subarray(part.length);
    }
    return at;
  }
}

/** Section 3.1.1.1; null where it is not all there yet. */
function headerLength(bytes: Uint8Array): number | null {
  if (bytes.length < 6) return null;
  if (long(bytes, 0) !== MAGIC) throw new Damage("its pixels don't unpack");
  const flags = bytes[4] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle(bytes) ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const sizeAt = 5 + (isSingle(bytes) ? 0 : 1) + dictionaryBytes;
  if (bytes.length < sizeAt + sizeBytes) return null;
  // Longer sizes than four bytes tell are refused with them.
  const told = sizeBytes === 1 ? (bytes[sizeAt] ?? 0) : sizeBytes === 2 ? 65_791 : long(bytes, sizeAt);
  const high = sizeBytes === 8 ? long(bytes, sizeAt + 4) : 0;
  const windowBytes = isSingle(bytes) ? told + high * 2 ** 32 : 0;
  if (dictionaryBytes > 0 || windowBytes > MOST_WINDOW_BYTES)
    throw new Damage("its parts are packed in too large pieces", { code: "unsupported" });
  return sizeAt + sizeBytes;
}

/** The frame's content is its window. */
const isSingle = (header: Uint8Array) => ((header[4] ?? 0) & 0x20) !== 0;
