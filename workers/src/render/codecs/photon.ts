// Photon without its wrapper: the wrapper starts once for ever, and an instance that trapped must be replaceable.

import type { Pixels } from "../../geometry/pixels.ts";
import { seededRandom } from "../retouch/chance.ts";
import { type Instance, keepInstance } from "./instance.ts";
import { LIMIT_EXPORT, SIZE_EXPORT } from "./wasm/limit-export.ts";
import photonModule from "./wasm/photon.wasm";

export interface Photon {
  /** Decodes PNG, GIF (first frame), BMP, ICO or TIFF. */
  decode(file: Uint8Array): Pixels;
  encodePng(pixels: Pixels): Uint8Array<ArrayBuffer>;
  /**
   * Has one of its functions change rows of RGBA in place. It traps on what its documentation does not foresee, and a trap ends the
   * render: check arguments before. Where it asks for chance, it gets numbers that hang on `seed` alone.
   */
  change(rows: Pixels, call: PhotonCall, seed?: number): void;
}

/** One of Photon's exports that take a picture and change it, and what it is told besides. */
export interface PhotonCall {
  readonly name: string;
  readonly told: readonly PhotonArgument[];
}

/** A number or a flag, a colour (0..255 each), or a text. */
export type PhotonArgument = number | readonly [red: number, green: number, blue: number] | string;

export const withPhoton = keepInstance("photon", startPhoton);

async function startPhoton(): Promise<Instance<Photon>> {
  const chance: Chance = { next: seededRandom(0) };
  const { exports }: WebAssembly.Instance = new WebAssembly.Instance(
    photonModule,
    importsOf(photonModule, () => exports, chance),
  );
  const memory = exports.memory;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("Photon did not start.");
  call(exports, "__wbindgen_start");

  const bytesAt = (pointer: number, length: number) => new Uint8Array(memory.buffer, pointer, length);

  /** Copies bytes in; Photon takes ownership of them. */
  function give(bytes: Uint8Array | Uint8ClampedArray): [pointer: number, length: number] {
    const pointer = number(call(exports, "__wbindgen_malloc", bytes.length, 1));
    bytesAt(pointer, bytes.length).set(bytes);
    return [pointer, bytes.length];
  }

  /** Copies bytes out and gives their memory back. */
  function take(answer: unknown): Uint8Array<ArrayBuffer> {
    const [pointer, length] = placeOf(answer);
    const copy = bytesAt(pointer, length).slice();
    call(exports, "__wbindgen_free", pointer, length, 1);
    return copy;
  }

  /** As the exports take it; colours and texts are Photon's from then on. */
  function told(argument: PhotonArgument): readonly number[] {
    if (typeof argument === "number") return [argument];
    if (typeof argument === "string") return give(new TextEncoder().encode(argument));
    return [number(call(exports, "rgb_new", ...argument))];
  }

  return {
    memory,
    ...limited(exports),
    codec: {
      decode(file) {
        const image = number(call(exports, "photonimage_new_from_byteslice", ...give(file)));
        const width = number(call(exports, "photonimage_get_width", image));
        const height = number(call(exports, "photonimage_get_height", image));
        const rgba = take(call(exports, "photonimage_get_raw_pixels", image));
        call(exports, "__wbg_photonimage_free", image, 0);
        return { width, height, data: new Uint8ClampedArray(rgba.buffer) };
      },
      encodePng({ data, width, height }) {
        const image = number(call(exports, "photonimage_new", ...give(data), width, height));
        const file = take(call(exports, "photonimage_get_bytes", image));
        call(exports, "__wbg_photonimage_free", image, 0);
        return file;
      },
      change({ data, width, height }, { name, told: words }, seed = 0) {
        chance.next = seededRandom(seed);
        const image = number(call(exports, "photonimage_new", ...give(data), width, height));
        call(exports, name, image, ...words.flatMap(told));
        const changed = call(exports, "photonimage_get_raw_pixels", image);
        const [pointer, length] = placeOf(changed);
        if (length !== data.length) throw new Error(`Photon's ${name} gave a picture of another size.`);
        data.set(bytesAt(pointer, length));
        call(exports, "__wbindgen_free", pointer, length, 1);
        call(exports, "__wbg_photonimage_free", image, 0);
      },
    },
  };
}

function placeOf(answer: unknown): readonly [pointer: number, length: number] {
  if (!Array.isArray(answer)) throw new Error("Photon gave no bytes.");
  const [pointer, length] = answer.map(number);
  if (pointer === undefined || length === undefined) throw new Error("Photon gave no bytes.");
  return [pointer, length];
}

interface Chance {
  next: () => number;
}

const PAGE_BYTES = 65_536;

/** Rust takes a refusal for the end of the world: Photon traps, and is never used again. */
function limited(exports: WebAssembly.Exports): Pick<Instance<Photon>, "limit" | "wasRefused" | "renewed"> {
  const limit = globalOf(exports, LIMIT_EXPORT);
  const size = globalOf(exports, SIZE_EXPORT);
  // What it has come to have while it started is in the memory of a new one.
  const newPages: unknown = size.value;
  return {
    limit(bytes: number) {
      limit.value = Math.floor(bytes / PAGE_BYTES);
    },
    wasRefused: () => false,
    // Its allocator has forgotten all that it had, and would ask for as much again with every picture.
    renewed() {
      size.value = newPages;
    },
  };
}

function globalOf(exports: WebAssembly.Exports, name: string): WebAssembly.Global {
  const global = exports[name];
  if (!(global instanceof WebAssembly.Global))
    throw new TypeError("photon.wasm is not the one that was made for us: run `npm run build:kernel`");
  return global;
}

/** What Photon may call. All but four reach for a browser's canvas, which pictures in memory never do. */
function importsOf(
  module: WebAssembly.Module,
  exports: () => WebAssembly.Exports,
  chance: Chance,
): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    const room = imports[from];
    if (name.startsWith("__wbindgen_init_externref_table")) room[name] = () => initReferences(exports());
    else if (name.startsWith("__wbg_random_")) room[name] = () => chance.next();
    else
      room[name] = () => {
        // No `Damage`: Photon is cut off in the midst of its work, and may never be used again.
        throw new Error(`Photon called ${name}.`);
      };
  }
  return imports;
}

/** wasm-bindgen's table of JavaScript values: undefined, null, true and false are always in it. */
function initReferences(exports: WebAssembly.Exports): void {
  const table = exports.__wbindgen_externrefs;
  if (!(table instanceof WebAssembly.Table)) return;
  const offset = table.grow(4);
  table.set(0, undefined);
  [undefined, null, true, false].forEach((value, index) => {
    table.set(offset + index, value);
  });
}

function call(exports: WebAssembly.Exports, name: string, ...args: number[]): unknown {
  const callee: unknown = exports[name];
  if (typeof callee !== "function") throw new Error(`Photon has no ${name}.`);
  return callee(...args);
}

function number(value: unknown): number {
  if (typeof value !== "number") throw new Error("Photon did not answer with a number.");
  return value >>> 0;
}
