// The part of libheif's C interface that we call. The package's own types leave out its factory and the memory.
// A function that can fail writes a `heif_error` (code, subcode, message: three words) to its first argument.

interface LibheifExports {
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    file: number,
    bytes: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handleOut: number): void;
  _heif_image_handle_get_image_tiling(
    error: number,
    handle: number,
    transformed: number,
    tilingOut: number,
  ): void;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_is_premultiplied_alpha(handle: number): number;
  _heif_decoding_options_alloc(): number;
  _heif_image_handle_decode_image_tile(
    error: number,
    handle: number,
    imageOut: number,
    colourSpace: number,
    chroma: number,
    options: number,
    column: number,
    row: number,
  ): void;
  _heif_decode_image(
    error: number,
    handle: number,
    imageOut: number,
    colourSpace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_get_colorspace(image: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
  _heif_image_get_nclx_color_profile(error: number, image: number, profileOut: number): void;
  _heif_image_release(image: number): void;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_plane_readonly2(image: number, channel: number, strideOut: number): number;
}

declare module "libheif-js/libheif-wasm/libheif.js" {
  /** Answers at once, not with a promise. */
  const factory: (overrides: {
    readonly noInitialRun: boolean;
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ): WebAssembly.Exports;
  }) => LibheifExports;
  export default factory;
}
