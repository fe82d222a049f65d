// Kernel instances: one is kept and reused, because fresh ones cost memory until the collector runs.
//
// An instance is dropped after any trap: its state can't be trusted. Before it waits for the next job it clears what
// this one has written.

import { type Outcome, refuse } from "../../../formats/damage.ts";
import { KERNEL_MEMORY } from "../../plan/claims.ts";
import { isKernel, type KernelExports } from "./exports.ts";
import { leaveToCollector, Shelf, whileLent } from "./shelf.ts";

export class KernelPool {
  readonly #module: WebAssembly.Module;
  readonly #shelf = new Shelf<KernelExports>(KERNEL_MEMORY);

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /**
   * Lends an instance whose job may take up to `memoryBytes` of WASM memory: what needs more ends as `too-large`. Jobs
   * that overlap get instances of their own: how many may is the caller's to decide (see kernel-memory.ts).
   */
  async use<T>(
    memoryBytes: number,
    work: (kernel: KernelExports) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const kernel = await this.#shelf.take(() => this.#instantiate());
    kernel.setMemoryLimit(memoryBytes);
    try {
      const answer = await whileLent(kernel, memoryBytes, () => work(kernel));
      this.#putBack(kernel);
      return answer;
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError)) {
        // The file's stream failed, or whoever takes the bytes; the kernel itself is well.
        this.#putBack(kernel);
        throw cause;
      }
      leaveToCollector(kernel);
      return refuse("trapped", `the kernel broke down: ${cause.message}`);
    }
  }

  #putBack(kernel: KernelExports): void {
    kernel.reset();
    this.#shelf.put(kernel);
  }

  #instantiate(): KernelExports {
    const { exports } = new WebAssembly.Instance(this.#module, {});
    if (!isKernel(exports))
      throw new TypeError("kernel.wasm is of another version: run `npm run build:kernel`");
    exports.reset();
    return exports;
  }
}
