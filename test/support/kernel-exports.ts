// A bare instance of the kernel's WASM for tests of its parts, without the job around them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../../workers/src/kernel/kernel.wasm", import.meta.url));

/** `T` is the part's own list of exports; each name in `names` must be there. */
export function instantiateKernel<T extends object>(names: readonly (keyof T & string)[]): T & KernelMemory {
  const imports = {
    env: {
      abort: () => {
        throw new Error("the kernel aborted");
      },
    },
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), imports);
  if (!has<T & KernelMemory>(exports, [...names, "memory", "reset", "alloc"])) {
    throw new Error("kernel.wasm is older than the test: npm run build:kernel");
  }
  return exports;
}

export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  reset(): void;
  alloc(bytes: number): number;
  setMemoryLimit(bytes: number): void;
  memoryUsed(): number;
}

function has<T extends object>(exports: object, names: readonly (keyof T & string)[]): exports is T {
  return names.every((name) => name in exports);
}
