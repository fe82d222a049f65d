// A HEIC file in libheif: opened, asked for its grid, decoded tile by tile. It is never closed: the memory it lies in is cleared as a whole.
/// <reference path="./libheif.d.ts" />
import { Damage } from "../../../formats/damage.ts";
import { lengthOf } from "../../../formats/heif/write.ts";
import { MemoryError } from "../memory-error.ts";
import type { Instance } from "./instance.ts";
import type { Plane, YuvPicture } from "./yuv-rows.ts";

export interface HeifGrid {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Size as stored: no rotation, mirroring or clean aperture applied. */
  readonly width: number;
  readonly height: number;
}

export interface HeifPicture {
  readonly grid: HeifGrid;
  readonly hasAlpha: boolean;
  /** The picture of one piece as its decoder leaves it: a third of the memory that RGBA takes. Once. */
  decodePlanes(): YuvPicture;
  /** Copies one tile's RGBA into a strip of whole rows; what reaches past the picture's right edge is left out. */
  drawTile(column: number, row: number, strip: Uint8ClampedArray): void;
}

// Values of libheif's enums.
const RGB = 1;
const INTERLEAVED_RGBA = 11;
const INTERLEAVED = 10;
const [LUMA, BLUE, RED] = [0, 1, 2];
const GRAY = 2;
const YCBCR = 0;
const AS_CODED = 99;
/** Offset of `ignore_transformations` in `heif_decoding_options`: the plan turns the picture, once, for every format. */
const IGNORE_TRANSFORMATIONS_AT = 1;

/** `file` comes in pieces, which are put together where libheif reads them. */
export function openHeif(
  { codec, memory }: Instance<LibheifExports>,
  file: readonly Uint8Array[],
): HeifPicture {
  // Views die whenever the memory grows, so each look makes its own.
  const word = (at: number) => new DataView(memory.buffer).getUint32(at, true);
  const bytes = () => new Uint8Array(memory.buffer);
  // One block for everything that C writes to: an error, a pointer or size, a grid description.
  const scratch = codec._malloc(128);
  const out = scratch + 16;
  const check = () => {
    if (word(scratch) !== 0)
      throw new Damage(`libheif can't read it (${word(scratch)}.${word(scratch + 4)})`);
  };

  const fileBytes = lengthOf(file);
  const stored = codec._malloc(fileBytes);
  if (scratch === 0 || stored === 0) throw new MemoryError();
  let at = stored;
  for (const piece of file) {
    bytes().set(piece, at);
    at += piece.length;
  }
  const context = codec._heif_context_alloc();
  const options = codec._heif_decoding_options_alloc();
  bytes()[options + IGNORE_TRANSFORMATIONS_AT] = 1;
  codec._heif_context_read_from_memory_without_copy(scratch, context, stored, fileBytes, 0);
  check();
  codec._heif_context_get_primary_image_handle(scratch, context, out);
  check();
  const handle = word(out);
  codec._heif_image_handle_get_image_tiling(scratch, handle, 0, out);
  check();
  // struct heif_image_tiling: its version, then these.
  const [columns, rows, tileWidth, tileHeight, width, height] = [1, 2, 3, 4, 5, 6].map((field) =>
    word(out + field * 4),
  );
  const grid = {
    columns: columns ?? 0,
    rows: rows ?? 0,
    tileWidth: tileWidth ?? 0,
    tileHeight: tileHeight ?? 0,
    width: width ?? 0,
    height: height ?? 0,
  };

  function drawTile(column: number, row: number, strip: Uint8ClampedArray): void {
    codec._heif_image_handle_decode_image_tile(
      scratch,
      handle,
      out,
      RGB,
      INTERLEAVED_RGBA,
      options,
      column,
      row,
    );
    check();
    const image = word(out);
    const plane = codec._heif_image_get_plane_readonly2(image, INTERLEAVED, out);
    const stride = word(out);
    const left = column * grid.tileWidth * 4;
    const width = Math.min(grid.tileWidth * 4, grid.width * 4 - left);
    const height = Math.min(grid.tileHeight, strip.length / (grid.width * 4));
    // A smaller tile would leave in the strip what lay there, the tiles of the row above.
    if (
      plane === 0 ||
      codec._heif_image_get_width(image, INTERLEAVED) * 4 < width ||
      codec._heif_image_get_height(image, INTERLEAVED) < height
    )
      throw new Damage("a tile of it is smaller than its grid says");
    for (let y = 0; y < height; y++) {
      const from = plane + y * stride;
      strip.set(bytes().subarray(from, from + width), y * grid.width * 4 + left);
    }
    codec._heif_image_release(image);
  }

  function decodePlanes(): YuvPicture {
    codec._heif_decode_image(scratch, handle, out, AS_CODED, AS_CODED, options);
    check();
    const image = word(out);
    const space = codec._heif_image_get_colorspace(image);
    if (space !== YCBCR && space !== GRAY)
      throw new Damage("its colours are of a kind that is not supported");
    const planeOf = (channel: number): Plane => {
      const at = codec._heif_image_get_plane_readonly2(image, channel, out);
      const stride = word(out);
      const width = codec._heif_image_get_width(image, channel);
      const height = codec._heif_image_get_height(image, channel);
      if (at === 0) throw new Damage("a part of it is missing");
      return { at, stride, width, height };
    };
    const luma = planeOf(LUMA);
    const chroma = space === GRAY ? null : { blue: planeOf(BLUE), red: planeOf(RED) };
    const half = (side: number) => Math.ceil(side / 2);
    const isTooSmall =
      luma.width < grid.width ||
      luma.height < grid.height ||
      (chroma &&
        [chroma.blue, chroma.red].some(
          ({ width, height }) => width < half(grid.width) || height < half(grid.height),
        ));
    if (isTooSmall) throw new Damage("it is smaller than its header says");
    const bits = codec._heif_image_get_bits_per_pixel_range(image, LUMA);
    // What libheif takes where nothing is said: BT.601, full range.
    let [matrix, isFullRange] = [6, true];
    codec._heif_image_get_nclx_color_profile(scratch, image, out);
    if (word(scratch) === 0 && word(out) !== 0) {
      // struct heif_color_profile_nclx: a version, primaries, transfer, matrix, whether the range is full.
      matrix = word(word(out) + 12);
      isFullRange = bytes()[word(out) + 16] !== 0;
    }
    return { width: grid.width, height: grid.height, bits, luma, chroma, matrix, isFullRange };
  }

  return { grid, decodePlanes, hasAlpha: codec._heif_image_handle_has_alpha_channel(handle) !== 0, drawTile };
}
