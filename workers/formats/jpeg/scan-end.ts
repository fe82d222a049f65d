// Where the data of a sequential scan end. Of a file without EOI nothing else tells: what follows, a phone's trailer say, looks like scan data.
import type { HuffmanCode, HuffmanCodes } from "./huffman.ts";

export interface ScanFrame {
  readonly width: number;
  readonly height: number;
  /** By component: its name, sampling factors. */
  readonly components: readonly { readonly id: number; readonly across: number; readonly down: number }[];
}

interface Block {
  readonly dc: HuffmanCode;
  readonly ac: HuffmanCode;
}

/** The body of a frame header (T.81, B.2.2). */
export function scanFrame(body: Uint8Array): ScanFrame {
  const count = body[5] ?? 0;
  return {
    height: (body[1] ?? 0) * 256 + (body[2] ?? 0),
    width: (body[3] ?? 0) * 256 + (body[4] ?? 0),
    components: Array.from({ length: count }, (_, index) => {
      const factors = body[7 + 3 * index] ?? 0;
      return { id: body[6 + 3 * index] ?? 0, across: factors >> 4, down: factors & 15 };
    }),
  };
}

/** Counts a scan's blocks while its bytes, markers of restarts included, pass by. */
export class ScanEnd {
  readonly #blocks: readonly Block[];
  readonly #interval: number;
  /** MCUs still to come in all, and in this interval. */
  #left: number;
  #leftInInterval: number;
  #restarts = 0;
  #block = 0;
  /** The next coefficient of the block. */
  #next = 0;
  #bits = 0;
  #count = 0;
  /** Bits of a value, which say nothing here. */
  #skip = 0;
  #isAfterFf = false;
  #isLost = false;

  private constructor(blocks: readonly Block[], mcus: number, interval: number) {
    this.#blocks = blocks;
    this.#left = mcus;
    this.#interval = interval;
    this.#leftInInterval = interval || Number.POSITIVE_INFINITY;
  }

  /** `header` is the body of SOS (B.2.3); null where it names what there is not, or Annex K's tables are meant. */
  static of(header: Uint8Array, frame: ScanFrame, codes: HuffmanCodes, interval: number): ScanEnd | null {
    const blocks: Block[] = [];
    const count = header[0] ?? 0;
    const most = (side: "across" | "down") => Math.max(...frame.components.map((one) => one[side]));
    let mcus = Math.ceil(frame.width / (8 * most("across"))) * Math.ceil(frame.height / (8 * most("down")));
    for (let index = 0; index < count; index++) {
      const component = frame.components.find(({ id }) => id === header[1 + 2 * index]);
      const slots = header[2 + 2 * index] ?? 0;
      const dc = codes.get(slots >> 4);
      const ac = codes.get(16 + (slots & 15));
      if (!component || !dc || !ac) return null;
      const { across, down } = component;
      if (count === 1) {
        const wide = Math.ceil(Math.ceil((frame.width * across) / most("across")) / 8);
        mcus = wide * Math.ceil(Math.ceil((frame.height * down) / most("down")) / 8);
      }
      for (let block = count === 1 ? 1 : across * down; block > 0; block--) blocks.push({ dc, ac });
    }
    return blocks.length > 0 && mcus > 0 ? new ScanEnd(blocks, mcus, interval) : null;
  }

  get isReached(): boolean {
    return this.#left <= 0;
  }

  /** How many of these bytes belong to the scan. */
  take(bytes: Uint8Array): number {
    for (let at = 0; at < bytes.length; at++) {
      if (this.isReached) return at;
      this.#takeByte(bytes[at] ?? 0);
    }
    return bytes.length;
  }

  #takeByte(byte: number): void {
    if (this.#isAfterFf) {
      if (byte === 0xff) return;
      this.#isAfterFf = false;
      if (byte === 0) this.#takeBits(0xff);
      else this.#meet(byte);
    } else if (byte === 0xff) this.#isAfterFf = true;
    else this.#takeBits(byte);
  }

  /** A restart; another marker costs what is left of the interval. */
  #meet(marker: number): void {
    this.#isLost = true;
    if (this.#interval === 0 || marker < 0xd0 || marker > 0xd7) return;
    const ahead = (marker - 0xd0 - this.#restarts) & 7;
    if (ahead >= 6) return;
    const intervals = ahead > 2 ? 1 : 1 + ahead;
    this.#left -= this.#leftInInterval + (intervals - 1) * this.#interval;
    this.#restarts += intervals;
    this.#leftInInterval = this.#interval;
    this.#isLost = false;
    this.#block = 0;
    this.#next = 0;
    this.#bits = 0;
    this.#count = 0;
    this.#skip = 0;
  }

  #takeBits(byte: number): void {
    // Between an interval's last block and its restart stand no bits.
    if (this.#isLost || this.#leftInInterval === 0) return;
    this.#bits = ((this.#bits << 8) | byte) & 0xffffff;
    this.#count += 8;
    while (this.#count > 0 && this.#left > 0 && this.#leftInInterval > 0) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, this.#count);
        this.#skip -= skipped;
        this.#count -= skipped;
      } else if (!this.#takeSymbol()) return;
      if (this.#skip === 0 && this.#next > 63) this.#endBlock();
    }
  }

  /** False where more bits are wanted. */
  #takeSymbol(): boolean {
    const block = this.#blocks[this.#block];
    if (!block) return false;
    const ahead = this.#count >= 16 ? this.#bits >> (this.#count - 16) : this.#bits << (16 - this.#count);
    const found = (this.#next === 0 ? block.dc : block.ac).find(ahead & 0xffff);
    const length = found >> 8;
    if (length > this.#count) return false;
    this.#count -= length;
    const size = found & 15;
    const run = (found >> 4) & 15;
    this.#skip = size;
    if (this.#next === 0) this.#next = 1;
    else if (size === 0 && run < 15) this.#next = 64;
    else this.#next += run + 1;
    return true;
  }

  #endBlock(): void {
    this.#next = 0;
    if (++this.#block < this.#blocks.length) return;
    this.#block = 0;
    this.#left--;
    this.#leftInInterval--;
  }
}
