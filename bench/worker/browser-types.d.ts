// Two names that jSquash's declarations take from the browser, and what importing WASM gives in workerd.

interface ImageData {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: "srgb" | "display-p3";
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

/** For packages that declare the WASM's exports beside it, which is not what workerd gives. */
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
