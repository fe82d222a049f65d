// HEIC in, through libheif. A phone's picture is a grid of tiles: one row of tiles is held, never the frame. One of a single piece is held as its
// decoder leaves it, and coloured row by row.

import libheif from "libheif-js/libheif-wasm/libheif.js";
import type { Size } from "../../../../schema/facts.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { inOurContainer } from "../../../formats/heif/ours.ts";
import { iccProfileOf } from "../../../formats/icc/find.ts";
import type { RowSource } from "../../kernel/host/job.ts";
import { noPlan } from "../../plan/caps.ts";
import { memoryOfReader } from "../../plan/claims.ts";
import { onePiecePixels } from "../../plan/traits.ts";
import type { Reader } from "./codec.ts";
import { startEmscripten } from "./emscripten.ts";
import { type Instance, keepInstance } from "./instance.ts";
import { renderWanted } from "./kernel.ts";
import { type HeifGrid, type HeifPicture, openHeif } from "./libheif.ts";
import libheifModule from "./wasm/libheif.wasm";
import { rowsOfYuv } from "./yuv-rows.ts";

const withLibheif = keepInstance(
  memoryOfReader("heic"),
  async (): Promise<Instance<Instance<LibheifExports>>> => {
    // The loader takes a Worker with `nodejs_compat` for Node and asks in which folder it lies. It reads nothing there.
    Reflect.set(globalThis, "__dirname", "/");
    const instance = await startEmscripten(async (overrides) => libheif(overrides), libheifModule);
    return { ...instance, codec: instance };
  },
);

/** A tile with alpha that is larger than this would lie in libheif three times over. */
const MAX_TILE_PIXELS = 6_000_000;
/** A row of tiles: 200 megapixels are 16,320 pixels wide, in tiles of 512. */
const MAX_STRIP_PIXELS = 9_000_000;

export const heicReader: Reader = {
  decode: (bytes, wanted, { reader } = noPlan) =>
    withHeicRows(bytes, wanted.stored, reader, (source) => renderWanted(source, wanted)),
};

/** Hands the stored picture's rows to `use`, which may send them on to pixels or straight into a file. */
export async function withHeicRows<Result>(
  bytes: Bytes,
  stored: Size,
  maxBytes: number,
  use: (source: RowSource) => Promise<Result>,
): Promise<Result> {
  const file = await bytes.whole();
  // Lent for as long as the picture is open: its memory is nobody else's, and a trap costs no other picture its instance.
  return withLibheif(maxBytes, async (instance) => {
    const { grid, hasAlpha, drawTile, decodePlanes } = openHeif(instance, inOurContainer(file, "heic"));
    if (grid.width !== stored.width || grid.height !== stored.height)
      throw new Damage("its size is not the one that its header claims");
    const profile = iccProfileOf("heic", file);
    if (isOnePiece(grid) && !hasAlpha) {
      const rows = rowsOfYuv(decodePlanes(), () => instance.memory.buffer);
      return use({ kind: "rows", rows, hasAlpha, profile });
    }
    const stripPixels = grid.width * Math.min(grid.tileHeight, grid.height);
    if (grid.tileWidth * grid.tileHeight > MAX_TILE_PIXELS || stripPixels > MAX_STRIP_PIXELS)
      throw new Damage("it is not tiled, and too large to be decoded in one piece");
    return use({ kind: "rows", rows: stripsOf(grid, drawTile), hasAlpha, profile });
  });
}

/** Tiles of a phone, and what is not much larger, come as libheif colours them. */
const isOnePiece = ({ columns, rows, width, height }: HeifGrid) =>
  columns * rows === 1 && width * height > onePiecePixels;

/** The picture's rows of RGBA, as many at a time as a tile is high. The strip is reused. */
function* stripsOf(
  { columns, rows, tileHeight, width, height }: HeifGrid,
  drawTile: HeifPicture["drawTile"],
): Generator<Uint8ClampedArray, void> {
  const strip = new Uint8ClampedArray(width * Math.min(tileHeight, height) * 4);
  for (let row = 0; row < rows; row++) {
    const visible = strip.subarray(0, Math.min(tileHeight, height - row * tileHeight) * width * 4);
    for (let column = 0; column < columns; column++) drawTile(column, row, visible);
    yield visible;
  }
}
