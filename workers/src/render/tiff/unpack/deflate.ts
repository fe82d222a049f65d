// Deflate, by the kernel's inflate: it makes no byte more than there is room for.
import { Damage } from "../../../../formats/damage.ts";
import { pushBytes } from "../../../kernel/host/png/inflate.ts";
import type { ProfileExports } from "../../../kernel/host/png/profile.ts";
import { noBytes, type Unpacker } from "./unpacker.ts";

/** What a kernel takes that does nothing but inflate: its own tables and two windows. */
export const inflaterBytes = 512 << 10;

// What the kernel's inflate answers.
const wantsBytes = 0;
const streamEnded = 1;

export class Deflate implements Unpacker {
  readonly #kernel: ProfileExports;
  #bytes: Uint8Array = noBytes;
  /** What the kernel has made and nobody has taken: in its memory, until its next step. */
  #made: Uint8Array = noBytes;

  /** `kernel`: one whose inflate is open, and that does nothing else meanwhile. */
  constructor(kernel: ProfileExports) {
    this.#kernel = kernel;
  }

  start(): void {
    this.#kernel.inflateStart();
    this.#bytes = noBytes;
    this.#made = noBytes;
  }

  feed(bytes: Uint8Array | null): void {
    this.#bytes = bytes ?? noBytes;
    if (bytes === null) this.#kernel.inflateEnd();
    this.#push();
  }

  fill(target: Uint8Array, start: number): number {
    let at = this.#take(target, start);
    while (at < target.length) {
      const kernel = this.#kernel;
      const status = kernel.inflateStep();
      if (status < 0) throw new Damage("its pixels don't inflate");
      this.#made = new Uint8Array(kernel.memory.buffer, kernel.inflateBytes(), kernel.inflateTake());
      const isOver = status === streamEnded && this.#made.length === 0;
      at = this.#take(target, at);
      if (isOver || (status === wantsBytes && this.#bytes.length === 0)) break;
      this.#push();
    }
    return at;
  }

  #push(): void {
    if (this.#bytes.length > 0) this.#bytes = this.#bytes.subarray(pushBytes(this.#kernel, this.#bytes));
  }

  #take(target: Uint8Array, at: number): number {
    const part = this.#made.subarray(0, target.length - at);
    target.set(part, at);
    this.#made = this.#made.subarray(part.length);
    return at + part.length;
  }
}
