// Keeps the last instance of each WebAssembly codec for its next picture, as long as it can be trusted and there is room.
/// <reference path="./jsquash.d.ts" />
import { CodecError } from "../codec-error.ts";

/** A codec and the memory it lives in. */
export interface Instance<Codec> {
  readonly codec: Codec;
  readonly memory: WebAssembly.Memory;
}

/** WebAssembly memory never shrinks: an instance that grew past this is not held. */
const MAX_HELD_BYTES = 32 * 1024 * 1024;
/** What all idle instances may take together of the isolate, beside the jobs. */
const MAX_IDLE_BYTES = 36 * 1024 * 1024;

/** The idle instances that the collector may not have, least recently used first. */
const held = new Map<symbol, Instance<unknown>>();

/**
 * Lends `work` a codec that nobody else has. Whatever it throws becomes a `CodecError`; after anything but that, the instance is never used
 * again.
 */
export function keepInstance<Codec>(create: () => Promise<Instance<Codec>>) {
  const name = Symbol("codec");
  // Of an instance too large to hold, what the collector has not come to is as good as new, and better than a second one beside it.
  let idle: WeakRef<Instance<Codec>> | undefined;

  const take = () => {
    const instance = idle?.deref();
    idle = undefined;
    held.delete(name);
    return instance;
  };

  const keep = (instance: Instance<Codec>) => {
    idle = new WeakRef(instance);
    if (bytesOf(instance) <= MAX_HELD_BYTES) held.set(name, instance);
    releaseOldest();
  };

  return async function withInstance<Result>(
    work: (codec: Codec) => Result | Promise<Result>,
  ): Promise<Result> {
    const instance = take() ?? (await create());
    let isTrusted = true;
    try {
      return await work(instance.codec);
    } catch (cause) {
      if (cause instanceof CodecError) throw cause;
      // A trap leaves half-finished state behind, and the next picture would be read into it.
      isTrusted = false;
      throw new CodecError("The picture's bytes are damaged or not supported.", { cause });
    } finally {
      if (isTrusted) keep(instance);
    }
  };
}

const bytesOf = ({ memory }: Instance<unknown>) => memory.buffer.byteLength;

function releaseOldest(): void {
  for (const name of held.keys()) {
    const sum = [...held.values()].reduce((total, instance) => total + bytesOf(instance), 0);
    if (sum <= MAX_IDLE_BYTES) return;
    held.delete(name);
  }
}

/** Starts an Emscripten module on a WebAssembly module that was compiled at deploy time. */
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
  return { codec, memory };
}

/** The one memory that a codec exports, under whatever short name its linker gave it. */
function memoryOf(instance: WebAssembly.Instance): WebAssembly.Memory | undefined {
  return Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
}
