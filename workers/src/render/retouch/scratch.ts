// Arrays of numbers that strip after strip uses again: left to the collector, those of one picture would stand beside it, ten times its size.

export class Scratch {
  readonly #all: Float32Array<ArrayBuffer>[] = [];
  #taken = 0;

  /** Of that length, with whatever numbers the last one left in it. */
  take(length: number): Float32Array<ArrayBuffer> {
    const at = this.#taken++;
    let array = this.#all[at];
    if (!array || array.length < length) {
      array = new Float32Array(length);
      this.#all[at] = array;
    }
    return array.length === length ? array : array.subarray(0, length);
  }

  /** All that was taken is free again. */
  reuse(): void {
    this.#taken = 0;
  }

  /** Gives the memory back. */
  release(): void {
    for (const { buffer } of this.#all) buffer.transfer(0);
    this.#all.length = 0;
    this.#taken = 0;
  }
}

/** Gives the memory back when the work is done, or has failed. */
export async function withScratch(work: (scratch: Scratch) => Promise<void>): Promise<void> {
  const scratch = new Scratch();
  try {
    await work(scratch);
  } finally {
    scratch.release();
  }
}
