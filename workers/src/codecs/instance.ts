// Keeps one live instance of a WebAssembly codec: made on first use, dropped when it can't be trusted or has grown too far.
/// <reference path="./jsquash.d.ts" />
import { CodecError } from "../codec-error.ts";

/** A codec and the memory it lives in. */
export interface Instance<Codec> {
  readonly codec: Codec;
  readonly memory: WebAssembly.Memory;
}

/** WebAssembly memory never shrinks; an instance that grew past this is left to the garbage collector. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
/** What all idle instances may take together of the isolate, beside the jobs. */
const MAX_IDLE_BYTES = 36 * 1024 * 1024;

/** The idle instances of all codecs, least recently used first. */
const idle = new Map<symbol, { readonly bytes: number; drop(): void }>();

/** Lends `work` a codec. Whatever it throws becomes a `CodecError`, and the instance that threw is never used again. */
export function keepInstance<Codec>(create: () => Promise<Instance<Codec>>) {
  const name = Symbol("codec");
  let kept: Promise<Instance<Codec>> | undefined;
  const drop = () => {
    kept = undefined;
    idle.delete(name);
  };

  return async function withInstance<Result>(work: (codec: Codec) => Result): Promise<Result> {
    kept ??= create();
    const current = kept;
    try {
      const { codec, memory } = await current;
      // No await between these: nobody else can be inside the instance meanwhile.
      const result = work(codec);
      const bytes = memory.buffer.byteLength;
      drop();
      if (bytes <= MAX_KEPT_BYTES) {
        kept = current;
        idle.set(name, { bytes, drop });
      }
      dropOldest();
      return result;
    } catch (cause) {
      // A trap leaves half-finished state behind, and the next picture would be read into it.
      drop();
      throw new CodecError("The picture's bytes are damaged or not supported.", { cause });
    }
  };
}

function dropOldest(): void {
  for (const { drop } of idle.values()) {
    const sum = [...idle.values()].reduce((total, { bytes }) => total + bytes, 0);
    if (sum <= MAX_IDLE_BYTES) return;
    drop();
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
