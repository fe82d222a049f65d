// Faxes: CCITT groups 3 and 4 and their relatives (TIFF 6.0, sections 10 and 11). A line with a code that is none ends the strip: what
// follows stays white, as on paper.
import { Damage } from "../../../../formats/damage.ts";
import { FaxBits } from "./fax-bits.ts";
import { type FaxCodes, faxCodes } from "./fax-codes.ts";
import { type Changes, paintLine, readDifferences, readRuns, roomFor } from "./fax-line.ts";
import type { Unpacker } from "./unpacker.ts";

/** `runs`: lines begin at whole bytes or words and nothing stands between them. */
export type FaxKind =
  | { readonly kind: "runs"; readonly alignBits: 8 | 16 }
  | { readonly kind: "group 3"; readonly isTwoDimensional: boolean }
  | { readonly kind: "group 4" };

/** Eleven zeros and a one end a line; any number of zeros may stand before them. */
const END_BITS = 12;
/** Longer than any line can be: 16 bits a pixel and filling bits for the slowest machine. */
const mostLineBytes = (width: number) => 2 * width + 65_536;

export class Fax implements Unpacker {
  readonly #kind: FaxKind;
  readonly #width: number;
  readonly #codes: FaxCodes = faxCodes();
  readonly #bits = new FaxBits();
  #above: Changes;
  #line: Changes;
  #lines = 0;
  #isOver = false;

  constructor(kind: FaxKind, width: number) {
    this.#kind = kind;
    this.#width = width;
    this.#above = roomFor(width);
    this.#line = roomFor(width);
  }

  start(): void {
    this.#bits.start();
    this.#above.fill(this.#width);
    this.#lines = 0;
    this.#isOver = false;
  }

  feed(bytes: Uint8Array | null): void {
    this.#bits.feed(bytes);
  }

  /** Whole lines only. */
  fill(target: Uint8Array, start: number): number {
    const rowBytes = Math.ceil(this.#width / 8);
    let at = start;
    while (at + rowBytes <= target.length) {
      const lineStart = this.#bits.at;
      if (!this.#isOver && !this.#readLine()) {
        if (this.#bits.isShort) {
          this.#bits.at = lineStart;
          if (this.#bits.waiting > mostLineBytes(this.#width)) throw new Damage("its fax codes are damaged");
          return at;
        }
        // The strip is over, or damaged from here on.
        if (this.#lines === 0) throw new Damage("its fax codes are damaged");
        this.#isOver = true;
      }
      const row = target.subarray(at, at + rowBytes).fill(0);
      if (!this.#isOver) {
        paintLine(this.#line, this.#width, row);
        [this.#above, this.#line] = [this.#line, this.#above];
        this.#lines++;
      }
      at += rowBytes;
    }
    return at;
  }

  /** False where there is no line, or not all of it yet. */
  #readLine(): boolean {
    const bits = this.#bits;
    const kind = this.#kind;
    if (kind.kind === "group 4") return this.#readBy(true);
    if (kind.kind === "runs") {
      bits.align(kind.alignBits);
      return this.#readBy(false);
    }
    const ends = this.#passEnds();
    if (ends > 1 || bits.isShort) return false;
    let isByDifference = false;
    if (kind.isTwoDimensional && ends > 0) {
      isByDifference = bits.peek(1) === 0;
      bits.skip(1);
    }
    return this.#readBy(isByDifference) || this.#isNextFound();
  }

  #readBy(isByDifference: boolean): boolean {
    const isGood = isByDifference
      ? readDifferences(this.#bits, this.#codes, this.#width, this.#above, this.#line)
      : readRuns(this.#bits, this.#codes, this.#width, this.#line);
    return isGood && !this.#bits.isShort;
  }

  /** Passes over ends of lines and the bits that fill them up; answers how many: more than one end the page. */
  #passEnds(): number {
    const bits = this.#bits;
    let ends = 0;
    while (bits.peek(END_BITS - 1) === 0 && !bits.isShort && !bits.isOver) {
      while (bits.peek(1) === 0 && !bits.isShort && !bits.isOver) bits.skip(1);
      bits.skip(1);
      ends++;
      // The sixth of six ends is followed by nothing, and those before by a bit for the next line's kind.
      if (this.#kind.kind === "group 3" && this.#kind.isTwoDimensional && bits.peek(END_BITS) === 2048)
        bits.skip(1);
    }
    return ends;
  }

  /** A damaged line of group 3 costs that line alone: the next one begins behind an end. */
  #isNextFound(): boolean {
    const bits = this.#bits;
    while (!bits.isShort && !bits.isOver) {
      if (bits.peek(END_BITS - 1) === 0) return true;
      bits.skip(1);
    }
    return false;
  }
}
