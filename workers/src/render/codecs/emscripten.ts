// Starts Emscripten modules on WebAssembly that was compiled at deploy time, and holds them to a limit of memory.
/// <reference path="./jsquash.d.ts" />
import type { Instance } from "./instance.ts";

export async function startEmscripten<Codec>(
  factory: (overrides: EmscriptenOverrides) => Promise<Codec>,
  module: WebAssembly.Module,
): Promise<Instance<Codec>> {
  let memory: WebAssembly.Memory | undefined;
  const codec = await factory({
    noInitialRun: true,
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(module, imports);
      memory = memoryOf(instance);
      done(instance);
      return instance.exports;
    },
  });
  if (!memory) throw new Error("The codec did not start.");
  return { codec, memory, ...limited(memory) };
}

/** The one memory that a codec exports, under whatever short name its linker gave it. */
function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory | undefined {
  return Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
}

const PAGE_BYTES = 65_536;

/** A fifth more than is needed, then a tenth, then a twentieth. */
const ATTEMPTS = 3;

/**
 * An Emscripten module has no instruction that grows its memory: it asks its JavaScript, which calls `grow` on this very
 * object, up to three times for one want; its `malloc` fails only when all are refused.
 */
function limited(memory: WebAssembly.Memory): Pick<Instance<unknown>, "limit" | "wasRefused"> {
  let maxBytes = Number.POSITIVE_INFINITY;
  let refusals = 0;
  let wants = 0;
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + Math.floor(pages) * PAGE_BYTES > maxBytes) {
      if (++refusals % ATTEMPTS === 0) wants++;
      throw new RangeError("The job's plan has no more memory.");
    }
    refusals = 0;
    return grow(pages);
  };
  return {
    limit(bytes) {
      maxBytes = bytes;
      refusals = 0;
      wants = 0;
    },
    wasRefused: () => wants > 0,
  };
}
