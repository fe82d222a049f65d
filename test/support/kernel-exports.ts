// A bare instance of the kernel's WASM for tests of its parts, without the job around them.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const path = join(here, "../../workers/src/kernel/kernel.wasm");

// The Workers' types rightly know no way to compile bytes; Node, where these tests run, has one.
const module: WebAssembly.Module = Reflect.construct(WebAssembly.Module, [readFileSync(path)]);

export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  reset(): void;
  alloc(bytes: number): number;
  setMemoryLimit(bytes: number): void;
  memoryUsed(): number;
}

/** `T` is a part's own list of exports; each of `names` must be there. */
export function instantiateKernel<T extends object>(names: readonly (keyof T & string)[]): T & KernelMemory {
  const { exports } = new WebAssembly.Instance(module, { env: { abort: refuseToAbort } });
  if (!has<T & KernelMemory>(exports, [...names, "memory", "reset", "alloc"])) {
    throw new Error("kernel.wasm is older than the test: npm run build:kernel");
  }
  return exports;
}

function refuseToAbort(): never {
  throw new Error("the kernel aborted");
}

function has<T extends object>(exports: object, names: readonly (keyof T & string)[]): exports is T {
  return names.every((name) => name in exports);
}
