// The parts of jSquash that we call; the packages' own types name a namespace that they do not ship.

interface EmscriptenOverrides {
  readonly noInitialRun: boolean;
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
}

interface JsquashPicture {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

type JsquashOptions = Readonly<Record<string, number | boolean>>;

interface JsquashEncoder {
  encode(
    rgba: Uint8ClampedArray,
    width: number,
    height: number,
    options: JsquashOptions,
  ): Uint8Array<ArrayBuffer> | null;
}

declare module "@jsquash/webp/meta.js" {
  export const defaultOptions: JsquashOptions;
}
declare module "@jsquash/avif/meta.js" {
  export const defaultOptions: JsquashOptions;
}

declare module "@jsquash/webp/codec/dec/webp_dec.js" {
  const factory: (
    overrides: EmscriptenOverrides,
  ) => Promise<{ decode(file: Uint8Array): JsquashPicture | null }>;
  export default factory;
}
declare module "@jsquash/avif/codec/dec/avif_dec.js" {
  const factory: (
    overrides: EmscriptenOverrides,
  ) => Promise<{ decode(file: Uint8Array, bitDepth: 8): JsquashPicture | null }>;
  export default factory;
}
declare module "@jsquash/webp/codec/enc/webp_enc_simd.js" {
  const factory: (overrides: EmscriptenOverrides) => Promise<JsquashEncoder>;
  export default factory;
}
declare module "@jsquash/avif/codec/enc/avif_enc.js" {
  const factory: (overrides: EmscriptenOverrides) => Promise<JsquashEncoder>;
  export default factory;
}
