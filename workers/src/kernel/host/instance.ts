// Kernel instances: one is kept and reused, because fresh ones cost memory until the collector runs.
//
// An instance is dropped after any trap (its state can't be trusted) and when its memory, which never
// shrinks, has grown past what is worth keeping.

import { fail, type KernelResult } from "./errors.ts";
import { isKernel, type KernelExports } from "./exports.ts";

/** Larger memories are left to the collector. */
export const keptMemoryBytes = 32 << 20;

export class KernelPool {
  readonly #module: WebAssembly.Module;
  #idle: KernelExports | undefined;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /**
   * Lends an instance whose job may take up to `memoryBytes` of WASM memory. Jobs that overlap get
   * instances of their own: how many may is the caller's to decide (see memory-plan.ts).
   */
  async use<T>(
    memoryBytes: number,
    work: (kernel: KernelExports) => Promise<KernelResult<T>>,
  ): Promise<KernelResult<T>> {
    const kernel = this.#idle ?? this.#instantiate();
    this.#idle = undefined;
    kernel.reset();
    kernel.setMemoryLimit(memoryBytes);
    let trapped = false;
    try {
      return await work(kernel);
    } catch (cause) {
      trapped = true;
      if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
      return fail({ code: "trapped", reason: `The kernel broke down: ${cause.message}` });
    } finally {
      if (!trapped && kernel.memory.buffer.byteLength <= keptMemoryBytes) this.#idle = kernel;
    }
  }

  #instantiate(): KernelExports {
    const { exports } = new WebAssembly.Instance(this.#module, {});
    if (!isKernel(exports))
      throw new TypeError("kernel.wasm is of another version: run `npm run build:kernel`");
    return exports;
  }
}
