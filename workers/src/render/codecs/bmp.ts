// BMP in: rows as they stream by. Most files lie from the bottom to the top: those are read as their own reflection, and turned back
// when they are small.
import { type BmpPicture, bmpFrontBytes, bmpPicture } from "../../../formats/bmp/picture.ts";
import { Seeking } from "../../../formats/bytes/seeking.ts";
import type { Bytes } from "../../../formats/bytes/source.ts";
import { Damage } from "../../../formats/damage.ts";
import { thenTurn } from "../../geometry/orientation.ts";
import { breathe } from "../../kernel/host/breath.ts";
import { paintOf } from "../bmp/paint.ts";
import { unpackRuns } from "../bmp/runs.ts";
import type { Reader } from "./codec.ts";
import { renderWanted } from "./kernel.ts";

/** Upside down, as orientations have it. */
const REFLECTED = 4;

export const bmpReader: Reader = {
  async decode(bytes, wanted) {
    const picture = bmpPicture(await bytes.range(0, bmpFrontBytes));
    if (picture.width !== wanted.stored.width || picture.height !== wanted.stored.height)
      throw new Damage("its size is not the one that its header claims");
    const hasAlpha = await isAnythingSeen(picture, bytes);
    let isDamaged = false;
    const rows = pixelRows(picture, bytes, hasAlpha, () => {
      isDamaged = true;
    });
    const turn = picture.isTopDown ? wanted.turn : thenTurn(REFLECTED, wanted.turn);
    const source = { kind: "rows", rows, hasAlpha, isDamaged: () => isDamaged } as const;
    return renderWanted(source, { ...wanted, turn });
  },
};

/** Many files have a mask for alpha and nothing behind it: those are opaque, as browsers show them. */
async function isAnythingSeen(picture: BmpPicture, bytes: Bytes): Promise<boolean> {
  if (picture.masks[3] === 0) return false;
  const pixels = new Uint32Array(picture.width);
  const paint = paintOf(picture, true);
  for await (const row of storedRows(picture, bytes)) {
    paint(row, pixels, 0);
    if (pixels.some((pixel) => pixel > 0xff_ffff)) return true;
  }
  return false;
}

const BLACK = 0xff00_0000;

/** `cut` is told that the file breaks off: what is missing is clear, black where nothing of the picture is. */
async function* pixelRows(
  picture: BmpPicture,
  bytes: Bytes,
  hasAlpha: boolean,
  cut: () => void,
): AsyncGenerator<Uint8ClampedArray, void> {
  const rows = picture.isInRuns ? unpackRuns(picture, bytes) : paintedRows(picture, bytes, hasAlpha);
  let count = 0;
  for await (const row of rows) {
    count++;
    yield new Uint8ClampedArray(row.buffer);
  }
  if (count === 0) throw new Damage("its bytes end too early", { code: "truncated" });
  if (count === picture.height) return;
  cut();
  const missing = new Uint32Array(picture.width).fill(hasAlpha ? 0 : BLACK);
  const shown = new Uint8ClampedArray(missing.buffer);
  for (; count < picture.height; count++) {
    const pause = breathe(picture.rowBytes / 100_000);
    if (pause) await pause;
    yield shown;
  }
}

/** Their pixels, each row's written over by the next one's. */
async function* paintedRows(picture: BmpPicture, bytes: Bytes, hasAlpha: boolean) {
  const pixels = new Uint32Array(picture.width);
  const paint = paintOf(picture, hasAlpha);
  for await (const row of storedRows(picture, bytes)) {
    paint(row, pixels, 0);
    yield pixels;
  }
}

/** As they lie in the file, those that are there as a whole; each is written over by the next. */
async function* storedRows(
  { height, rowBytes, pixelsAt }: BmpPicture,
  bytes: Bytes,
): AsyncGenerator<Uint8Array, void> {
  const file = new Seeking(bytes);
  const row = new Uint8Array(rowBytes);
  try {
    await file.seek(pixelsAt);
    for (let y = 0; y < height; y++) {
      for (let at = 0; at < rowBytes; ) {
        const part = await file.next(rowBytes - at);
        if (!part) return;
        row.set(part, at);
        at += part.length;
      }
      const pause = breathe(rowBytes / 100_000);
      if (pause) await pause;
      yield row;
    }
  } finally {
    await file.close();
  }
}
