// HEIC in, through libheif. A phone's picture is a grid of tiles: one row of tiles is held, never the frame.
import libheif from "libheif-js/libheif-wasm/libheif.js";
import libheifModule from "libheif-js/libheif-wasm/libheif.wasm";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { iccProfileOf } from "../../../formats/icc/find.ts";
import type { Size } from "../../../shared/size.ts";
import type { RowSource } from "../../kernel/host/job.ts";
import { CodecError } from "../codec-error.ts";
import type { Reader } from "./codec.ts";
import { type Instance, keepInstance, startEmscripten } from "./instance.ts";
import { renderWanted } from "./kernel.ts";
import { type HeifPicture, openHeif } from "./libheif.ts";

const withLibheif = keepInstance(async (): Promise<Instance<Instance<LibheifExports>>> => {
  // The loader takes a Worker with `nodejs_compat` for Node and asks in which folder it lies. It reads nothing there.
  Reflect.set(globalThis, "__dirname", "/");
  const instance = await startEmscripten(async (overrides) => libheif(overrides), libheifModule);
  return { codec: instance, memory: instance.memory };
});

/** A tile larger than this is no phone's: libheif would hold it three times over. */
const MAX_TILE_PIXELS = 6_000_000;
/** A row of tiles: 200 megapixels are 16,320 pixels wide, in tiles of 512. */
const MAX_STRIP_PIXELS = 9_000_000;

export const heicReader: Reader = {
  decode: (bytes, wanted) => withHeicRows(bytes, wanted.stored, (source) => renderWanted(source, wanted)),
};

/** Hands the stored picture's rows to `use`, which may send them on to pixels or straight into a file. */
export async function withHeicRows<Result>(
  bytes: Bytes,
  stored: Size,
  use: (source: RowSource) => Promise<Result>,
): Promise<Result> {
  const file = await bytes.whole();
  const picture = await withLibheif((instance) => openHeif(instance, file));
  try {
    const { grid, hasAlpha } = picture;
    if (grid.width !== stored.width || grid.height !== stored.height)
      throw new CodecError("The picture's size is not the one that its header claims.");
    const stripPixels = grid.width * Math.min(grid.tileHeight, grid.height);
    if (grid.tileWidth * grid.tileHeight > MAX_TILE_PIXELS || stripPixels > MAX_STRIP_PIXELS)
      throw new CodecError("The HEIC is not tiled, and too large to be decoded in one piece.");
    const profile = iccProfileOf("heic", file);
    return await use({ kind: "rows", rows: stripsOf(picture), hasAlpha, profile });
  } finally {
    // As work, too: after a trap the C side cannot even be closed, and that must not hide the first error.
    await withLibheif(() => picture.close());
  }
}

/** The picture's rows of RGBA, as many at a time as a tile is high. The strip is reused. */
async function* stripsOf(picture: HeifPicture): AsyncGenerator<Uint8ClampedArray, void> {
  const { columns, rows, tileHeight, width, height } = picture.grid;
  const strip = new Uint8ClampedArray(width * Math.min(tileHeight, height) * 4);
  for (let row = 0; row < rows; row++) {
    const visible = strip.subarray(0, Math.min(tileHeight, height - row * tileHeight) * width * 4);
    // One visit a strip: other jobs get their turn in between, and a trap costs the instance.
    await withLibheif(() => {
      for (let column = 0; column < columns; column++) picture.drawTile(column, row, visible);
    });
    yield visible;
  }
}
